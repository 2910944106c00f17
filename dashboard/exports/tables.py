"""The rows of a page as CSV and JSON: codes, EDTF strings with both bounds, and the words beside them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from dashboard.exports.rows import csv_lines, json_rows, line, source_record
from restrictions.domain.cells import ANSWERS
from restrictions.domain.days import day_columns
from restrictions.domain.tallies import Tally
from restrictions.queries.bars import TimelineBar
from restrictions.queries.cells import Matrix, MatrixCell, MatrixRow
from restrictions.queries.reach import RegionRow, SupplierReach

COLUMNS = (
    *("position", "supplier", "supplier_name", "role", "recipient", "recipient_name", "weapon", "weapon_name"),
    *("track", "territory", "status", "label", "answered_by", "starts", "starts_earliest", "starts_latest"),
    *("open_start", "ends", "ends_earliest", "ends_latest", "limits", "limits_in_words", "attributions"),
    *("provisional", "practice", "contested", "announced", "last_confirmed", "first_used", "evidence"),
    *("weak_sources", "sources", "sentence"),
)
MATRIX_COLUMNS = (
    *("supplier", "supplier_name", "weapon", "weapon_name", "status", "label", "answered_by", "limits_in_words"),
    *("supply", "binding", "consents", "possible", "provisional", "disputed", "position"),
)


def timeline_csv(rows: Iterable[TimelineBar]) -> Iterator[str]:
    """One line a bar, the column names first. Lists stand in one cell, their items parted by a space or “; ”."""
    return csv_lines(COLUMNS, map(timeline_record, rows))


def timeline_json(rows: Iterable[TimelineBar], *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and the bars, each a flat object with its lists in full."""
    return json_rows(map(timeline_record, rows), about=about)


def timeline_record(bar: TimelineBar) -> dict[str, Any]:
    """A bar as a flat record of codes, days and words."""
    return {
        "position": bar.position,
        "supplier": bar.supplier,
        "supplier_name": bar.supplier_name,
        "role": bar.role,
        "recipient": bar.recipient,
        "recipient_name": bar.recipient_name,
        "weapon": bar.weapon,
        "weapon_name": bar.weapon_name,
        "track": bar.track,
        "territory": bar.territory,
        "status": bar.status,
        "label": bar.words.label,
        "answered_by": bar.answered_by,
        **day_columns("starts", bar.starts),
        "open_start": bar.open_start,
        **day_columns("ends", bar.ends),
        "limits": [asdict(limit) for limit in bar.limits],
        "limits_in_words": bar.words.limits,
        "attributions": list(bar.attributions),
        "provisional": bar.provisional,
        "practice": bar.practice,
        "contested": [asdict(stretch) for stretch in bar.contested],
        "announced": str(bar.announced) if bar.announced else None,
        "last_confirmed": bar.last_confirmed,
        "first_used": str(bar.first_used) if bar.first_used else None,
        "evidence": bar.evidence,
        "weak_sources": bar.weak_sources,
        "sources": [source_record(source) for source in bar.sources],
        "sentence": bar.words.sentence,
    }


def matrix_csv(shown: Matrix) -> Iterator[str]:
    """One line a supplier and weapon; an empty status means that nothing was looked up."""
    return csv_lines(MATRIX_COLUMNS, matrix_records(shown))


def matrix_json(shown: Matrix, *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and the cells, each a flat object."""
    return json_rows(matrix_records(shown), about=about)


def matrix_records(shown: Matrix) -> Iterator[dict[str, Any]]:
    """The cells of a matrix as flat records, row by row."""
    return (_matrix_record(row, cell) for row in shown.rows for cell in row.cells)


def _matrix_record(row: MatrixRow, cell: MatrixCell) -> dict[str, Any]:
    return {
        "supplier": row.supplier,
        "supplier_name": row.supplier_name,
        "weapon": cell.weapon,
        "weapon_name": cell.weapon_name,
        "status": cell.status,
        "label": cell.label,
        "answered_by": cell.answered_by,
        "limits_in_words": cell.limits,
        "supply": cell.supply,
        "binding": cell.binding,
        "consents": list(cell.consents),
        "possible": list(cell.possible),
        "provisional": cell.provisional,
        "disputed": cell.disputed,
        "position": cell.position,
    }


REACH_COLUMNS = ("region", "name", "status", "label", "defended", "far")


def reach_csv(rows: Iterable[RegionRow]) -> Iterator[str]:
    """One line a region; an empty status means that the rule says nothing of it."""
    return csv_lines(REACH_COLUMNS, map(asdict, rows))


def reach_json(shown: SupplierReach, *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for, the rule that answers, and one object a region."""
    rule = {
        "status": shown.status,
        "answered_by": shown.answered_by,
        "limits_in_words": shown.bar.words.limits if shown.bar else "",
        "depth_km": shown.depth_km,
        "binding": shown.binding,
        "consents": shown.consents,
        "position": shown.bar.position if shown.bar else None,
    }
    return json_rows(map(asdict, shown.regions), about={**about, **rule})


TALLY_COLUMNS = ("day", "governments", *ANSWERS, "confirmed_within_a_year")


def tallies_json(tallies: Iterable[Tally], *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and one object for each day on which the counts change."""
    return json_rows((dict(zip(TALLY_COLUMNS, _tally(tally), strict=True)) for tally in tallies), about=about)


def tallies_csv(tallies: Iterable[Tally]) -> Iterator[str]:
    """One line for each day on which the counts change: how many governments' general rules say what from then on."""
    yield line(TALLY_COLUMNS)
    for tally in tallies:
        yield line(map(str, _tally(tally)))


def _tally(tally: Tally) -> tuple[str | int, ...]:
    counts = (tally.of(status) for status in ANSWERS)
    return (tally.day.isoformat(), tally.governments, *counts, tally.confirmed)
