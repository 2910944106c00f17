"""Who moved first as CSV and JSON: a line a supplier, and a line a step of the curve."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.exports.rows import csv_lines
from restrictions.domain.days import day_columns
from restrictions.domain.survival import Step
from restrictions.queries.movers import MoverRow, Movers, Stand

MOVER_COLUMNS = (
    *("supplier", "supplier_name", "group", "rank", "before", "before_label", "before_position"),
    *("moved", "moved_earliest", "moved_latest", "days_behind", "least_days_behind", "most_days_behind"),
    *("after", "after_label", "limits_in_words", "weapon", "position", "provisional", "disputed"),
)
CURVE_COLUMNS = ("days", "at_risk", "moved", "censored", "share_not_moved", "lower_95", "upper_95")


def movers_csv(found: Movers) -> Iterator[str]:
    """One line a supplier: those that moved in order, then those that have not, then those of unknown start."""
    return csv_lines(MOVER_COLUMNS, mover_records(found))


def curve_csv(steps: Iterable[Step]) -> Iterator[str]:
    """One line for each number of days on which somebody moved or was lost from sight."""
    return csv_lines(CURVE_COLUMNS, map(_step, steps))


def moves_json(found: Movers, *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for, the suppliers and the steps of the curve."""
    body = {**about, "rows": list(mover_records(found)), "curve": [_step(step) for step in found.steps]}
    return json.dumps(body, ensure_ascii=False, default=str)


def mover_records(found: Movers) -> Iterator[dict[str, Any]]:
    """The suppliers as flat records; ``group`` is `moved`, `waiting` or `undated`."""
    for group, rows in (("moved", found.moved), ("waiting", found.waiting), ("undated", found.undated)):
        yield from (_record(group, row) for row in rows)


def _record(group: str, row: MoverRow) -> dict[str, Any]:
    before, after = row.before, row.moved or row.undated
    return {
        "supplier": row.supplier,
        "supplier_name": row.supplier_name,
        "group": group,
        "rank": row.rank,
        "before": before.status if before else None,
        "before_label": before.label if before else None,
        "before_position": before.position if before else None,
        **day_columns("moved", row.moved.starts if row.moved else None),
        "days_behind": row.days,
        "least_days_behind": row.least,
        "most_days_behind": row.most,
        **_after(after),
    }


def _after(after: Stand | None) -> dict[str, Any]:
    return {
        "after": after.status if after else None,
        "after_label": after.label if after else None,
        "limits_in_words": after.limits if after else None,
        "weapon": after.weapon if after else None,
        "position": after.position if after else None,
        "provisional": after.provisional if after else None,
        "disputed": after.disputed if after else None,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "days": step.time,
        "at_risk": step.at_risk,
        "moved": step.moved,
        "censored": step.censored,
        "share_not_moved": round(step.share, 6),
        "lower_95": None if step.lower is None else round(step.lower, 6),
        "upper_95": None if step.upper is None else round(step.upper, 6),
    }
