"""What differs between two states of a dataset, row by row, in constant memory. Pure."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.exports.rows import line
from restrictions.domain.datasets import Dataset, Kind

csv.field_size_limit(10_000_000)

Cells = Mapping[str, str]
COLUMNS = ("dataset", "change", "key", "column", "old", "new")


class Fate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell of a row that is in both."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row, by its key; the cells that differ where it is in both."""

    key: str
    fate: Fate
    cells: tuple[CellDifference, ...] = ()


def row_differences(dataset: Dataset, old: Iterable[Cells], new: Iterable[Cells]) -> Iterator[RowDifference]:
    """The rows that came, went or changed, in the order of their key. Both states come in that order."""
    olds, news = iter(old), iter(new)
    before, after = next(olds, None), next(news, None)
    while before is not None or after is not None:
        left, right = _place(dataset, before), _place(dataset, after)
        if after is None or (before is not None and left < right):
            yield RowDifference(_key(dataset, before or {}), Fate.REMOVED)
            before = next(olds, None)
        elif before is None or right < left:
            yield RowDifference(_key(dataset, after), Fate.ADDED)
            after = next(news, None)
        else:
            if cells := _cells(dataset, before, after):
                yield RowDifference(_key(dataset, after), Fate.CHANGED, cells)
            before, after = next(olds, None), next(news, None)


def _place(dataset: Dataset, row: Cells | None) -> list[Any]:
    """Where a row stands among the others."""
    numbers = {column.name for column in dataset.columns if column.kind is Kind.NUMBER}
    return [int(row[name]) if name in numbers else row[name] for name in dataset.key] if row else []


def _key(dataset: Dataset, row: Cells) -> str:
    return " ".join(row[name] for name in dataset.key)


def _cells(dataset: Dataset, before: Cells, after: Cells) -> tuple[CellDifference, ...]:
    """What differs; a column that only one state has counts as empty in the other."""
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in dataset.names)
    return tuple(CellDifference(name, old, new) for name, old, new in pairs if old != new)


def differences_csv(found: Iterable[tuple[str, RowDifference]]) -> Iterator[str]:
    """A line for each row that came or went, and for each cell that changed, with the dataset that it is of."""
    yield line(COLUMNS)
    for dataset, row in found:
        if not row.cells:
            yield line((dataset, row.fate, row.key, "", "", ""))
        for cell in row.cells:
            yield line((dataset, row.fate, row.key, cell.column, cell.old, cell.new))
