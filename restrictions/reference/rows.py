"""Rows of a reference file whose every fault names its file, line and column."""

import csv
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

Value = TypeVar("Value")


class ReferenceFileError(ValueError):
    """A reference file says something that cannot be; the sentence names the place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file, with its place for the sentences about faults."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """What the cell holds, without blanks around it."""
        return self.cells[column].strip()

    def required(self, column: str) -> str:
        if not self.text(column):
            self.refuse(column, "must not be empty")
        return self.text(column)

    def read(self, column: str, convert: Callable[[str], Value]) -> Value:
        """The cell's value; what ``convert`` refuses is told with the place."""
        try:
            return convert(self.text(column))
        except ValueError as error:
            self.refuse(column, str(error))

    def read_if_any(self, column: str, convert: Callable[[str], Value]) -> Value | None:
        return self.read(column, convert) if self.text(column) else None

    def one_of(self, column: str, known: Collection[str], what: str) -> str:
        """The cell's code, which must be among ``known``."""
        if self.text(column) not in known:
            self.refuse(column, f"“{self.text(column)}” is no {what}")
        return self.text(column)

    def whole_number(self, column: str) -> int:
        if not self.text(column).isdecimal():
            self.refuse(column, f"“{self.text(column)}” is no whole number")
        return int(self.text(column))

    def codes(self, column: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """The cell's codes, separated by blanks or semicolons, each among ``known`` and named once."""
        codes = tuple(self.text(column).replace(";", " ").split())
        for code in codes:
            if code not in known:
                self.refuse(column, f"“{code}” is no {what}")
        if len(set(codes)) < len(codes):
            self.refuse(column, "names one code twice")
        return codes

    def flag(self, column: str) -> bool:
        """``yes`` is true, an empty cell false; anything else is refused."""
        if self.text(column) not in ("yes", ""):
            self.refuse(column, f"“{self.text(column)}” is neither “yes” nor empty")
        return self.text(column) == "yes"

    def refuse(self, column: str, sentence: str) -> NoReturn:
        raise ReferenceFileError(f"{self.file}, line {self.line}, column {column}: {sentence}.")


def read_rows(path: Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a CSV file with exactly these columns, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise ReferenceFileError(f"{path.name}, line 1: the columns must be {', '.join(columns)}.")
        return tuple(_row(path.name, reader.line_num, cells) for cells in reader)


def _row(file: str, line: int, cells: dict[str, str]) -> Row:
    # csv files surplus cells under the key None, and gives None for cells that are missing.
    if None in cells or None in cells.values():
        raise ReferenceFileError(f"{file}, line {line}: the number of cells differs from the number of columns.")
    return Row(file, line, cells)


def unique(rows: tuple[Row, ...], column: str) -> None:
    """Refuses a file in which two rows carry the same key."""
    first: dict[str, int] = {}
    for row in rows:
        key = row.required(column)
        if key in first:
            row.refuse(column, f"“{key}” already stands on line {first[key]}")
        first[key] = row.line
