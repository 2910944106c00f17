"""Many dispatches in one file: a JSON object a line, or a table whose first line names its columns. Pure."""

import codecs
import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from restrictions.domain.unreadable import Unreadable

FIELDS = {
    "title": "title",
    "body": "body",
    "address": "address",
    "url": "address",
    "publisher": "publisher",
    "published": "published",
    "date": "published",
    "language": "language",
    "lang": "language",
}
"""Names of fields and columns as files write them, and the fields that they are. Others are passed over."""

LONGEST_LINE = 6_000_000
"""Bytes of one line; more is no dispatch."""
_TOO_LONG = "\0"
"""Stands for such a line."""
_DELIMITERS = ",;\t"

Said = dict[str, str]
"""What is said of one dispatch, by field."""
_Line = TypeVar("_Line")

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One line's dispatch, or why it holds none; ``line`` counts from 1."""

    line: int
    said: Said | Unreadable


def read_lines(stream: BinaryIO) -> Iterator[Row]:
    """The dispatches of a file with a JSON object a line, empty lines left out. A broken line stops no other."""
    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            yield Row(number, _attempt(_said_on, line))


def read_table(stream: BinaryIO) -> Iterator[Row]:
    """The dispatches of a table; comma, semicolon or tab between its cells. A broken line stops no other."""
    lines = _Counted(_lines(stream))
    columns, delimiter = _header(next(lines, ""))
    if not {"title", "body"} & set(columns):
        yield Row(1, Unreadable("The first line names no column title or body"))
        return
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = lines.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, Unreadable("The line is no row of a table", str(error)))
            continue
        if any(cells):
            yield Row(number, _attempt(lambda found: _said_by(columns, found), cells))


def said_in(record: object) -> Said:
    """What an object says of a dispatch. Raises Unreadable where it is none, or a field is no text."""
    if not isinstance(record, dict):
        raise Unreadable("It is no object with the fields title and body")
    said: Said = {}
    for name, value in record.items():
        known = FIELDS.get(name.lower())
        if known is None or value is None:
            continue
        if not isinstance(value, str):
            raise Unreadable(f"The field {known} is no text", field=known)
        if said.setdefault(known, value) != value:
            raise Unreadable(f"The field {known} is given twice, and differently", field=known)
    return said


def _attempt(read: Callable[[_Line], Said], line: _Line) -> Said | Unreadable:
    try:
        return read(line)
    except Unreadable as refusal:
        return refusal


def _said_on(line: str) -> Said:
    _check_line(line)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable("The line is no JSON", str(error)) from error
    return said_in(record)


def _check_line(line: str) -> None:
    if line == _TOO_LONG:
        raise Unreadable(f"The line is longer than {LONGEST_LINE:,} bytes")
    if not line.isascii() and any("\ud800" <= letter <= "\udfff" for letter in line):
        raise Unreadable("The line is not UTF-8 text")


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of the text, none of which is held where it is too long; bytes that are no text stand as halves."""
    most = LONGEST_LINE + 1
    line = stream.readline(most).removeprefix(codecs.BOM_UTF8)
    while line:
        is_whole = len(line) < most or line.endswith(b"\n")
        while len(line) >= most and not line.endswith(b"\n"):
            line = stream.readline(most)
        yield line.decode("utf-8", "surrogateescape") if is_whole else _TOO_LONG
        line = stream.readline(most)


def _header(line: str) -> tuple[list[str], str]:
    """The fields of a table's columns in their order, empty for one that is passed over; and what parts its cells."""
    found = [([_field(name) for name in next(csv.reader([line], delimiter=sign), [])], sign) for sign in _DELIMITERS]
    return max(found, key=lambda columns: len(set(columns[0])))


def _field(column: str) -> str:
    return FIELDS.get(column.strip().lower(), "")


def _said_by(columns: list[str], cells: list[str]) -> Said:
    if len(cells) != len(columns):
        raise Unreadable("The line has more or fewer cells than the first", f"{len(cells)}, not {len(columns)}")
    for cell in cells:
        _check_line(cell)
    return {column: cell for column, cell in zip(columns, cells, strict=True) if column and cell}


class _Counted:
    """Lines, and how many were taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line
