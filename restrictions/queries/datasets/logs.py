"""The logs of claims and marks a stretch at a time, by a clock, in the order of their keys, which never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from restrictions.domain.datasets import CLAIMS, MARKS, Dataset
from restrictions.domain.vocabulary import Act
from restrictions.queries.claim_log import Fate, WantedClaims, fate_of
from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.stored import expressions, relation

Row = dict[str, Any]

_OF_FATE = {
    Fate.ACCEPTED: "(r.decision = 'accepted' AND NOT r.retracted)",
    Fate.RETRACTED: "(r.decision = 'accepted' AND r.retracted)",
    Fate.REJECTED: "r.decision = 'rejected'",
}
_OF_LINE = {
    "recipient": "r.recipient_id = %(recipient)s",
    "suppliers": "r.supplier_id = ANY(%(suppliers)s)",
    "weapons": "r.weapon_id = ANY(%(weapons)s)",
}
_ASKED: Mapping[Dataset, Mapping[str, str]] = {
    CLAIMS: {
        **_OF_LINE,
        "statuses": "r.status = ANY(%(statuses)s)",
        "first": "r.published_latest >= %(first)s",
        "last": "r.published_earliest <= %(last)s",
    },
    MARKS: {
        **_OF_LINE,
        "acts": "r.act = ANY(%(acts)s)",
        "first": "r.day_latest >= %(first)s",
        "last": "r.day_earliest <= %(last)s",
    },
}
"""What can be asked, by its name; what is empty asks for all."""


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
    fates = " OR ".join(_OF_FATE[fate] for fate in wanted.fates or tuple(Fate))
    found = _after(CLAIMS, key, limit, read=read, wanted=wanted, always=f"({fates})")
    return [{**row, "fate": fate_of(row["decision"], retracted=row["retracted"]).value} for row in found]


def marks_after(key: str, limit: int, *, wanted: WantedMarks, read: Wanted) -> list[Row]:
    """Accepted marks whose keys follow this one, by the codebook's names: one query."""
    return _after(MARKS, key, limit, read=read, wanted=wanted, always="true")


def _after(
    dataset: Dataset, key: str, limit: int, *, read: Wanted, wanted: WantedClaims | WantedMarks, always: str
) -> list[Row]:
    """Rows of a dataset behind a key that are wanted."""
    rows, of_clock = relation(dataset, read)
    asked = {name: value for name in _ASKED[dataset] if (value := getattr(wanted, name))}
    values = {**of_clock, "after": key, "limit": limit, **{name: _told(value) for name, value in asked.items()}}
    conditions = " AND ".join([always, 'r.key COLLATE "C" > %(after)s', *(_ASKED[dataset][name] for name in asked)])
    columns = ", ".join(f"{said} AS {name}" for name, said in expressions(dataset).items())
    said = f'SELECT {columns} FROM {rows} AND {conditions} ORDER BY r.key COLLATE "C" LIMIT %(limit)s'  # noqa: S608  ours
    with connection.cursor() as cursor:
        cursor.execute(said, values)
        return [dict(zip(dataset.names, row, strict=True)) for row in cursor.fetchall()]


def _told(value: Any) -> Any:
    """What is asked for as the database takes it: codes of a vocabulary as the text that they are."""
    return [str(code) for code in value] if isinstance(value, tuple) else value
