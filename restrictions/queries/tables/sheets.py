"""Tables as people keep them: CSV, XLSX and JSON files as rows of text, and back again to the letter."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from restrictions.domain.unreadable import Unreadable
from restrictions.extraction.decoding import decode_text

FORMS = ("csv", "xlsx", "json")
LARGEST = 10_000_000
"""Bytes of one file."""
MOST_ROWS = 20_000
MOST_COLUMNS = 100
_UNPACKED = 60_000_000
"""Bytes that an XLSX file may hold when unpacked: its parts say how many, and none is read past what it says."""
_LONGEST_CELL = 32_767
"""Characters that a cell of XLSX holds; openpyxl would cut a longer one without a word."""

csv.field_size_limit(LARGEST)

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NOT_HELD = re.compile("[\0\ud800-\udfff]")
_XML_NAME = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its line in the file (its place, in JSON), its cells by column; ``fault`` says why it has none."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was read: its columns in order, and its rows without the blank ones."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def form_of(name: str) -> str:
    """The form that a file's name says it has. Raises Unreadable for any other."""
    form = name.rpartition(".")[2].lower()
    if form not in FORMS:
        raise Unreadable("The name of the file ends neither in .csv nor in .xlsx nor in .json", field="file")
    return form


def read_sheet(raw: bytes, form: str) -> Sheet:
    """The table in a file. Raises Unreadable with a sentence that says what is wrong with the file as a whole."""
    if len(raw) > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST // 1_000_000} MB: split the table")
    readers: dict[str, Callable[[bytes], Iterator[tuple[int, list[str] | str]]]] = {
        "csv": _read_csv,
        "xlsx": _read_xlsx,
        "json": _read_json,
    }
    lines = readers[form](raw)
    columns = _columns(next(lines, (1, []))[1])
    rows = tuple(_row(line, cells, columns) for line, cells in lines if any(cells))
    return Sheet(columns, rows)


def guarded(text: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe stands in front of one. ``unguarded`` takes it away."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before it was guarded."""
    return text[1:] if _GUARDED.match(text) else text


def csv_sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table as CSV, line by line; the mark in front tells spreadsheets that it is UTF-8."""
    yield "\ufeff" + _csv_line(columns)
    for cells in rows:
        yield _csv_line([guarded(cell) for cell in cells])


def json_sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table as a JSON array, an object a row."""
    before = "["
    for cells in rows:
        yield before + json.dumps(dict(zip(columns, cells, strict=True)), ensure_ascii=False)
        before = ",\n"
    yield "[]" if before == "[" else "]\n"


def xlsx_sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as XLSX, every cell text. Raises Unreadable for a cell that is too long for one."""
    words = [[_xlsx_words(cell) for cell in cells] for cells in rows]  # a refusal leaves no half-written book behind
    book = Workbook(write_only=True)
    page = book.create_sheet("Table")
    page.append(list(columns))
    for said in words:
        page.append([_xlsx_cell(page, cell) for cell in said])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _xlsx_words(text: str) -> str:
    """Text as Excel itself writes it: what XML cannot hold stands there by its number."""
    said = _NOT_IN_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", guarded(text))
    if len(said) > _LONGEST_CELL:
        raise Unreadable("A cell is too long for XLSX: take CSV or JSON")
    return said


def _xlsx_cell(page: Any, said: str) -> Any:
    """A cell of text, whatever the text looks like."""
    cell = WriteOnlyCell(page, said)
    cell.data_type = "s"
    return cell


def _columns(names: list[str] | str) -> tuple[str, ...]:
    columns = tuple(name.strip() for name in names)
    if isinstance(names, str) or not any(columns):
        raise Unreadable("The table is empty: its first line names the columns")
    if len(columns) > MOST_COLUMNS:
        raise Unreadable(f"The table has more than {MOST_COLUMNS} columns")
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        raise Unreadable("Two columns bear one name", f"“{twice}”")
    return columns


def _row(line: int, cells: list[str] | str, columns: tuple[str, ...]) -> SheetRow:
    if isinstance(cells, str):
        return SheetRow(line, {}, cells)
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        return SheetRow(line, {}, "The row has more cells than there are columns.")
    if _NOT_HELD.search("".join(cells)):
        return SheetRow(line, {}, "The row holds a character that no text can hold.")
    filled = [*cells, *[""] * (len(columns) - len(cells))]
    return SheetRow(line, dict(zip(columns, filled, strict=False)))


def _counted(lines: Iterable[tuple[int, list[str] | str]]) -> Iterator[tuple[int, list[str] | str]]:
    for count, line in enumerate(lines):
        if count > MOST_ROWS:
            raise Unreadable(f"The table has more than {MOST_ROWS:,} rows: split it")
        yield line


def _read_csv(raw: bytes) -> Iterator[tuple[int, list[str] | str]]:
    """Lines of cells. Comma, semicolon or tab parts them, whichever the first line has most of."""
    text = decode_text(raw)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    return _counted(_csv_lines(reader))


def _csv_lines(reader: Any) -> Iterator[tuple[int, list[str] | str]]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"The line is no row of a table: {error}."
            continue
        yield line, [unguarded(cell) for cell in cells]


def _read_json(raw: bytes) -> Iterator[tuple[int, list[str] | str]]:
    """The names of all fields, then each object's values in that order."""
    try:
        records = json.loads(decode_text(raw))
    except (json.JSONDecodeError, RecursionError) as error:
        raise Unreadable("The file is no JSON") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Unreadable("The file holds no JSON array of objects, one a row")
    names = list(dict.fromkeys(name for record in records for name in record))
    lines = [(line, _json_cells(record, names)) for line, record in enumerate(records, 1)]
    return _counted(iter([(0, names), *lines]))


def _json_cells(record: Mapping[str, Any], names: Iterable[str]) -> list[str] | str:
    values = [record.get(name) for name in names]
    if any(isinstance(value, list | dict) for value in values):
        return "A value is a list or an object; write it as text, as an export does."
    return [_text(value) for value in values]


def _read_xlsx(raw: bytes) -> Iterator[tuple[int, list[str] | str]]:
    """The lines of the first sheet."""
    try:
        _refuse_bomb(raw)
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        page = book.worksheets[0]
        names = _xlsx_cells(next(page.iter_rows(max_row=1, max_col=MOST_COLUMNS + 1, values_only=True), ()))
        while names and not names[-1]:
            names.pop()  # columns that a spreadsheet keeps for their width alone
        # Bounded: a sheet may claim a cell in its millionth row, and all rows before it would be made up.
        grid = page.iter_rows(min_row=2, max_row=MOST_ROWS + 2, max_col=len(names) + 1, values_only=True)
        lines = [(1, names), *((line, _xlsx_cells(values)) for line, values in enumerate(grid, 2))]
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged archive provokes, of a dozen kinds
        raise Unreadable("The file is no XLSX table, or it is damaged") from error
    return _counted(iter(lines))


def _refuse_bomb(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _UNPACKED:
            raise Unreadable(f"The file holds more than {_UNPACKED // 1_000_000} MB when unpacked")


def _xlsx_cells(values: Iterable[Any]) -> list[str]:
    return [_xlsx_text(value) for value in values]


def _xlsx_text(value: Any) -> str:
    if isinstance(value, str):
        return unguarded(_XML_NAME.sub(lambda found: chr(int(found.group(1), 16)), value))
    return _text(value)


def _text(value: Any) -> str:
    """A value as the text that it was before a spreadsheet made a number or a day of it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
