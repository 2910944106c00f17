"""Rows as files, written as they come: CSV, lines of JSON, JSON, Parquet, XLSX. Pure, and in constant memory."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from dashboard.exports.rows import cell
from restrictions.domain.datasets import Column, Kind

Row = Sequence[Any]

CONTENT_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The forms that a table has, by the end of its address."""

GROUP = 5_000
"""Rows of one group of a Parquet file, and the most rows that are in memory at once."""
SHEET = 1_000_000
"""Rows of one sheet; a book holds no more than 1,048,576 in one."""
_LONGEST_CELL = 32_767
_LINES = 1_000
_BLOCK = 1 << 16
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_TYPES = {
    Kind.LIST: pa.list_(pa.string()),
    Kind.NUMBER: pa.int64(),
    Kind.SHARE: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
}


def csv_file(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """The column names, then a line a row; its cells as those of the pages' files."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for some in _batches(rows, _LINES):
        writer.writerows([cell(value) for value in row] for row in some)
        yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    said = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return said


def lines_file(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """An object a line."""
    names = [column.name for column in columns]
    for some in _batches(rows, _LINES):
        yield b"".join(orjson.dumps(dict(zip(names, row, strict=True))) + b"\n" for row in some)


def json_file(lines: Iterable[bytes], about: Mapping[str, Any]) -> Iterator[bytes]:
    """An object with what was asked for and the rows, from their lines in blocks of any size."""
    head = json.dumps({**about, "rows": []}, ensure_ascii=False, default=str)
    yield head.removesuffix("]}").encode() + b"\n"
    between = b""
    for block in lines:
        ends = block.endswith(b"\n")
        if body := block.removesuffix(b"\n"):
            yield between + body.replace(b"\n", b",\n")
            between = b""
        if ends:
            between = b",\n"
    yield b"\n]}\n"


def parquet_file(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """A Parquet file, group by group; days of EDTF and instants are text, lists are lists."""
    schema = pa.schema([(column.name, _TYPES.get(column.kind, pa.string())) for column in columns])
    sink = _Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for some in _batches(rows, GROUP):
            values = zip(*some, strict=True)
            arrays = [pa.array(list(one), part.type) for one, part in zip(values, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Where the writer writes: keeps what has not been taken, and counts."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since it was last taken."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def xlsx_file(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """A book; a sheet holds a million rows, and what is longer goes on in the next. It is made on disk, then read."""
    book = Workbook(write_only=True)
    names = [column.name for column in columns]
    kept = iter(rows)
    while True:
        page = book.create_sheet()
        page.append(names)
        if _filled(page, islice(kept, SHEET)) < SHEET:
            break
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _filled(page: Any, rows: Iterable[Row]) -> int:
    """How many rows were written on the sheet."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  counted
        page.append([_xlsx_cell(page, value) for value in row])
    return count


def _xlsx_cell(page: Any, value: Any) -> Any:
    """A number as one, everything else as text that is never a formula."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    found = WriteOnlyCell(page, _NOT_IN_XML.sub("\ufffd", cell(value))[:_LONGEST_CELL])
    found.data_type = "s"
    return found


_WRITTEN: Mapping[str, Callable[[Sequence[Column], Iterable[Row]], Iterator[bytes]]] = {
    "csv": csv_file,
    "ndjson": lines_file,
    "parquet": parquet_file,
    "xlsx": xlsx_file,
}


def file_of(form: str, columns: Sequence[Column], rows: Iterable[Row], about: Mapping[str, Any]) -> Iterator[bytes]:
    """The rows in one of the forms; ``about`` is what JSON says of them."""
    if form == "json":
        return json_file(lines_file(columns, rows), about)
    return _WRITTEN[form](columns, rows)


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    kept = iter(rows)
    while some := list(islice(kept, size)):
        yield some
