"""What differs between two sides as CSV and JSON: a line a difference."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.exports.rows import csv_lines, json_rows
from restrictions.queries.compared import DifferenceRow, Stated

COMPARISON_COLUMNS = (
    *("supplier", "supplier_name", "weapon", "weapon_name", "track", "difference"),
    *(f"{side}_{name}" for side in ("first", "second") for name in ("status", "label", "limits", "by", "position")),
)


def comparison_csv(rows: Iterable[DifferenceRow]) -> Iterator[str]:
    """One line a difference; a side on which nothing is on record is empty."""
    return csv_lines(COMPARISON_COLUMNS, map(_record, rows))


def comparison_json(rows: Iterable[DifferenceRow], *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and the differences, each a flat object."""
    return json_rows(map(_record, rows), about=about)


def _record(row: DifferenceRow) -> dict[str, Any]:
    return {
        "supplier": row.supplier,
        "supplier_name": row.supplier_name,
        "weapon": row.weapon,
        "weapon_name": row.weapon_name,
        "track": row.track,
        "difference": row.difference,
        **_side("first", row.first),
        **_side("second", row.second),
    }


def _side(name: str, said: Stated | None) -> dict[str, Any]:
    return {
        f"{name}_status": said.status if said else None,
        f"{name}_label": said.label if said else None,
        f"{name}_limits": said.limits if said else None,
        f"{name}_by": said.wider if said else None,
        f"{name}_position": said.position if said else None,
    }
