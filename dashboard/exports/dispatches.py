"""The list of dispatches as CSV and JSON; never a body."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.exports.rows import csv_lines, json_rows
from restrictions.queries.read_dispatches import DispatchRow

DISPATCH_COLUMNS = (
    *("id", "title", "publisher", "address", "published", "language", "outcome"),
    *("accepted", "decided", "proposed", "synthetic", "reprint"),
)


def dispatches_csv(rows: Iterable[DispatchRow]) -> Iterator[str]:
    """One line a dispatch, the column names first."""
    return csv_lines(DISPATCH_COLUMNS, map(dispatch_record, rows))


def dispatches_json(rows: Iterable[DispatchRow], *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and the dispatches."""
    return json_rows(map(dispatch_record, rows), about=about)


def dispatch_record(row: DispatchRow) -> dict[str, Any]:
    """A dispatch as a flat record."""
    return {name: getattr(row, name) for name in DISPATCH_COLUMNS}
