"""The logs of claims and marks a stretch at a time, by a clock, in the order of their keys, which never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from restrictions.domain.datasets import CLAIMS, MARKS, Dataset
from restrictions.domain.vocabulary import Act
from restrictions.queries.claim_log import Fate, WantedClaims
from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.stored import expressions, relation

Row = dict[str, Any]

_OF_FATE = {
    Fate.ACCEPTED: "(r.decision = 'accepted' AND NOT r.retracted)",
    Fate.RETRACTED: "(r.decision = 'accepted' AND r.retracted)",
    Fate.REJECTED: "r.decision = 'rejected'",
}


@dataclass(frozen=True, slots=True)
class WantedMarks:
    """Which marks are asked for; what is empty asks for all. ``first`` and ``last`` are days that one can lie on."""

    recipient: str = ""
    suppliers: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    first: date | None = None
    last: date | None = None


def claims_after(key: str, limit: int, *, wanted: WantedClaims, read: Wanted) -> list[Row]:
    """Decided claims whose keys follow this one, by the codebook's names, with their ``fate``: one query."""
    asked: dict[str, Any] = {
        "r.recipient_id = %(recipient)s": wanted.recipient,
        "r.supplier_id = ANY(%(suppliers)s)": wanted.suppliers,
        "r.weapon_id = ANY(%(weapons)s)": wanted.weapons,
        "r.status = ANY(%(statuses)s)": [status.value for status in wanted.statuses],
        "r.published_latest >= %(first)s": wanted.first,
        "r.published_earliest <= %(last)s": wanted.last,
    }
    fates = " OR ".join(_OF_FATE[fate] for fate in wanted.fates or tuple(Fate))
    found = _after(CLAIMS, key, limit, read=read, asked=asked, always=f"({fates})")
    return [{**row, "fate": _fate(row).value} for row in found]


def marks_after(key: str, limit: int, *, wanted: WantedMarks, read: Wanted) -> list[Row]:
    """Accepted marks whose keys follow this one, by the codebook's names: one query."""
    asked: dict[str, Any] = {
        "r.recipient_id = %(recipient)s": wanted.recipient,
        "r.supplier_id = ANY(%(suppliers)s)": wanted.suppliers,
        "r.weapon_id = ANY(%(weapons)s)": wanted.weapons,
        "r.act = ANY(%(acts)s)": [act.value for act in wanted.acts],
        "r.day_latest >= %(first)s": wanted.first,
        "r.day_earliest <= %(last)s": wanted.last,
    }
    return _after(MARKS, key, limit, read=read, asked=asked, always="true")


def _after(dataset: Dataset, key: str, limit: int, *, read: Wanted, asked: Mapping[str, Any], always: str) -> list[Row]:
    """Rows of a dataset behind a key. ``asked`` are conditions with the one value of each; empty ones ask for all."""
    rows, of_clock = relation(dataset, read)
    values: dict[str, Any] = {**of_clock, "after": key, "limit": limit}
    given = {condition: value for condition, value in asked.items() if value}
    for condition, value in given.items():
        values[condition.partition("%(")[2].partition(")")[0]] = list(value) if isinstance(value, tuple) else value
    conditions = " AND ".join([always, 'r.key COLLATE "C" > %(after)s', *given])
    columns = ", ".join(f"{said} AS {name}" for name, said in expressions(dataset).items())
    said = f'SELECT {columns} FROM {rows} AND {conditions} ORDER BY r.key COLLATE "C" LIMIT %(limit)s'  # noqa: S608  ours
    with connection.cursor() as cursor:
        cursor.execute(said, values)
        return [dict(zip(dataset.names, row, strict=True)) for row in cursor.fetchall()]


def _fate(row: Row) -> Fate:
    if row["decision"] == "rejected":
        return Fate.REJECTED
    return Fate.RETRACTED if row["retracted"] else Fate.ACCEPTED
