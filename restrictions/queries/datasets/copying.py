"""Stored datasets as the database's own bytes: COPY writes them, block by block, and nothing is held here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from restrictions.domain.datasets import Column, Dataset, Kind
from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.stored import expressions, relation

_TYPES = {Kind.LIST: "text[]", Kind.NUMBER: "int8", Kind.SHARE: "float8", Kind.FLAG: "bool", Kind.DATE: "date"}
# JSON holds no control character, so that nothing in it is ever quoted: the lines come out as they are.
_LINES = r"(FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')"
_BLOCK = 1 << 16
_FORMULA = r"'^''*[-=+@\t\r]'"


def copied_csv(dataset: Dataset, wanted: Wanted) -> Iterator[bytes]:
    """The dataset as CSV, column names first. What a spreadsheet would run as a formula has an apostrophe before it."""
    yield from _blocks(*csv_statement(dataset, wanted))


def csv_statement(dataset: Dataset, wanted: Wanted) -> tuple[str, dict[str, object]]:
    """What the database is told to copy as CSV, and the values in it."""
    said, values = _statement(dataset, wanted, text=True)
    return f"COPY ({said}) TO STDOUT (FORMAT csv, HEADER)", values


def copied_lines(dataset: Dataset, wanted: Wanted) -> Iterator[bytes]:
    """The dataset as lines of JSON, an object a row."""
    said, values = _statement(dataset, wanted)
    yield from _blocks(f"COPY (SELECT row_to_json(t) FROM ({said}) t) TO STDOUT {_LINES}", values)  # noqa: S608


def copied_rows(dataset: Dataset, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    """The dataset's rows, one by one: a moment's rows without a cursor that the server would keep open."""
    said, values = _statement(dataset, wanted)
    with _copying(f"COPY ({said}) TO STDOUT (FORMAT binary)", values) as copy:
        copy.set_types([_TYPES.get(column.kind, "text") for column in dataset.columns])
        yield from copy.rows()


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, whatever is committed meanwhile. Inside a transaction: of that one."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _copying(statement: str, values: dict[str, object]) -> Iterator[Any]:
    """The running copy. Asked of the driver itself: the wrapper that notes queries down takes no values for one."""
    with connection.cursor() as cursor, cursor.cursor.copy(statement, values) as copy:
        yield copy


def _blocks(statement: str, values: dict[str, object]) -> Iterator[bytes]:
    """The bytes in blocks that are worth a system call each."""
    block = bytearray()
    with _copying(statement, values) as copy:
        for data in copy:
            block += data
            if len(block) >= _BLOCK:
                yield bytes(block)
                block.clear()
    yield bytes(block)


def _statement(dataset: Dataset, wanted: Wanted, *, text: bool = False) -> tuple[str, dict[str, object]]:
    rows, values = relation(dataset, wanted)
    said = expressions(dataset)
    columns = ", ".join(f"{_cell(column, said[column.name], text=text)} AS {column.name}" for column in dataset.columns)
    order = ", ".join(_ordered(column, said[column.name]) for column in dataset.columns if column.name in dataset.key)
    return f"SELECT {columns} FROM {rows} ORDER BY {order}", values  # noqa: S608  names and words of ours


def _cell(column: Column, said: str, *, text: bool) -> str:
    """A column's value of its type, or as a cell of text."""
    if not text:
        return f"({said})::{_TYPES.get(column.kind, 'text')}"
    if column.kind is Kind.LIST:
        said = f"array_to_string({said}, '; ')"
    if column.kind is Kind.FLAG:
        return f"CASE WHEN {said} THEN 'yes' ELSE 'no' END"
    if column.kind in (Kind.TEXT, Kind.LIST):
        return f"CASE WHEN {said} ~ {_FORMULA} THEN '''' || ({said}) ELSE {said} END"
    return said


def _ordered(column: Column, said: str) -> str:
    """Text by code point, as every other program orders it too."""
    return said if column.kind is Kind.NUMBER else f'{said} COLLATE "C"'
