"""The log of changes as CSV and JSON: from what to what, since when, on whose word."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from dashboard.exports.rows import csv_lines, json_rows, source_record
from restrictions.domain.days import day_columns
from restrictions.queries.turns import Former, TurnRow

TURN_COLUMNS = (
    *("position", "supplier", "supplier_name", "role", "recipient", "recipient_name", "weapon", "weapon_name"),
    *("track", "territory", "kind", "before", "before_label", "before_limits", "before_by", "after", "after_label"),
    *("limits", "limits_in_words", "effective", "effective_earliest", "effective_latest"),
    *("announced", "announced_earliest", "announced_latest", "provisional", "disputed", "attributions", "evidence"),
    *("independent_sources", "quote", "summary", "attribution", "source", "sources", "sentence"),
)


def turns_csv(rows: Iterable[TurnRow]) -> Iterator[str]:
    """One line a turn, newest first, the column names before."""
    return csv_lines(TURN_COLUMNS, map(turn_record, rows))


def turns_json(rows: Iterable[TurnRow], *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and the turns, each a flat object with its lists in full."""
    return json_rows(map(turn_record, rows), about=about)


def turn_record(row: TurnRow) -> dict[str, Any]:
    """A turn as a flat record of codes, days and words. Where no quote is held, ``summary`` is ours."""
    return {
        **{name: getattr(row, name) for name in TURN_COLUMNS if hasattr(row, name)},
        **_former(row.former),
        "after": row.status,
        "after_label": row.label,
        "limits": [asdict(limit) for limit in row.limits],
        "limits_in_words": row.limits_words,
        **day_columns("effective", row.starts),
        **day_columns("announced", row.announced),
        "disputed": list(row.disputed),
        "attributions": list(row.attributions),
        "independent_sources": row.independent,
        "quote": row.said_so.quote,
        "summary": row.said_so.summary,
        "attribution": row.said_so.attribution,
        "source": next((source.url for source in row.said_so.sources if source.url), ""),
        "sources": [source_record(source) for source in row.sources],
    }


def _former(former: Former | None) -> dict[str, Any]:
    """What was before; all of it empty where nothing is recorded."""
    return {
        "before": former.status if former else None,
        "before_label": former.label if former else None,
        "before_limits": former.limits if former else None,
        "before_by": former.weapon if former else None,
    }
