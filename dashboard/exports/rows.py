"""Rows of a CSV file: one line of text each, safe to open in a spreadsheet. Pure."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from restrictions.queries.bars import SourceRow

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> str:
    """A value as one cell. Text that a spreadsheet would run as a formula is given an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)  # a number below zero is no formula
    if isinstance(value, list):
        value = "; ".join(_item(item) for item in value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _item(item: Any) -> str:
    """A limit as kind:value, a source as its address, contested days as what is said of them."""
    if not isinstance(item, dict):
        return str(item)
    if "kind" in item:
        return ":".join(filter(None, (item["kind"], item["area_role"], item["value"])))
    return str(item["url"] or item["title"]) if "url" in item else str(item["sentence"])


def line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def csv_lines(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The column names, then one line a record."""
    yield line(columns)
    for record in records:
        yield line([cell(record[column]) for column in columns])


def json_rows(records: Iterable[Mapping[str, Any]], *, about: Mapping[str, Any]) -> str:
    """An object with what was asked for and the records."""
    return json.dumps({**about, "rows": list(records)}, ensure_ascii=False, default=str)


def source_record(source: SourceRow) -> dict[str, Any]:
    """A source as a flat record."""
    return asdict(source)
