"""The log of claims as CSV and JSON: what each says, on whose word, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.exports.rows import csv_lines, json_rows, source_record
from restrictions.queries.claim_log import ClaimRow

_AS_THEY_STAND = (
    *("id", "key", "fate", "reason", "decided", "supplier", "supplier_name", "role", "recipient", "recipient_name"),
    *("weapon", "weapon_name", "track", "territory", "status", "label", "limits", "act", "attribution", "speaker"),
    *("effective", "published", "quote", "language", "summary", "weak", "synthetic", "dispatch", "merged_into"),
)
CLAIM_COLUMNS = (*_AS_THEY_STAND, "positions", "sources")


def claims_csv(rows: Iterable[ClaimRow]) -> Iterator[str]:
    """One line a claim, the column names first."""
    return csv_lines(CLAIM_COLUMNS, map(claim_record, rows))


def claims_json(rows: Iterable[ClaimRow], *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and the claims."""
    return json_rows(map(claim_record, rows), about=about)


def claim_record(row: ClaimRow) -> dict[str, Any]:
    """A claim as a flat record of codes, days and words."""
    flat = {name: getattr(row, name) for name in _AS_THEY_STAND}
    return {**flat, "positions": list(row.positions), "sources": [source_record(source) for source in row.sources]}
