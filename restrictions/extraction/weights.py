"""What the second reader has learned: a weight for each feature and each thing that a sentence can say.

`learned/shared.tsv` holds the features that all languages share, `learned/LANGUAGE.tsv` the words of one. The first
line names the columns; a number is a hundredth. `scripts/learn_coder.py` writes these files.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from restrictions.extraction.features import Feature, feature_of

FOLDER = Path(__file__).parent / "learned"
SHARED = "shared"
NONE = "none"
CLASSES = (NONE, "allowed", "conditional", "banned", "withheld", "undisclosed")
"""What a sentence can say of a state: nothing, or one of the statuses that a claim carries."""
BIAS = "=bias"
_HUNDREDTH = 100
_HEAVIEST = 1000


class BadWeights(ValueError):
    """A file of weights is wrong. The sentence names the file and the line."""


Row = tuple[float, ...]
"""What a feature weighs, in the order of ``CLASSES``."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """One language's weights, with those that all languages share: the row of each feature by its number.

    ``packed``: each row as one whole number, so that a sentence's rows are summed in one go; ``totals`` takes the sum
    apart. Its columns are hundredths, each raised so that it is not negative; the last one counts the rows.
    """

    bias: Row
    numbers: Mapping[Feature, int]
    features: Sequence[Feature]
    rows: Sequence[Row]
    packed: Sequence[int]


_COLUMNS = struct.Struct(f"<{len(CLASSES) + 1}I")
_RAISED = 1 << 17
"""What is added to each hundredth: more than a weight may be; more rows than a language has fit into a column."""


def weights(bias: Row, table: Mapping[Feature, Row]) -> Weights:
    """The weights of a table, its features numbered: a number is counted once more cheaply than a feature is."""
    rows = tuple(table.values())
    numbers = {feature: number for number, feature in enumerate(table)}
    return Weights(bias, numbers, tuple(table), rows, tuple(map(_packed, rows)))


def _packed(row: Row) -> int:
    raised = [round(weight * _HUNDREDTH) + _RAISED for weight in row]
    return int.from_bytes(_COLUMNS.pack(*raised, 1), "little")


def totals(packed: int) -> tuple[list[float], int]:
    """The sums of the rows behind a sum of packed rows, in the order of ``CLASSES``, and how many rows they are."""
    *columns, count = _COLUMNS.unpack(packed.to_bytes(_COLUMNS.size, "little"))
    raised = count * _RAISED
    return [(column - raised) / _HUNDREDTH for column in columns], count


@lru_cache(maxsize=8)
def weights_of(language: str, folder: Path = FOLDER) -> Weights:
    """The weights of a language. Raises BadWeights, naming file and line, where a file is wrong."""
    table = _read(folder / f"{SHARED}.tsv") | _read(folder / f"{language}.tsv")
    if BIAS not in table:
        raise BadWeights(f"{folder / f'{SHARED}.tsv'}: has no line for {BIAS}")
    return weights(table.pop(BIAS), table)


def _read(file: Path) -> dict[Feature, Row]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadWeights(f"{file}: cannot be read ({error})") from error
    if not lines or tuple(lines[0].split("\t")) != ("feature", *CLASSES):
        raise BadWeights(f"{file}, line 1: must name the columns feature, {', '.join(CLASSES)}")
    table: dict[Feature, Row] = {}
    for number, line in enumerate(lines[1:], start=2):
        name, *columns = line.split("\t")
        feature = feature_of(name)
        if not feature or feature in table:
            raise BadWeights(f"{file}, line {number}: wants a feature that no line before it has")
        table[feature] = _numbers(columns, f"{file}, line {number}")
    return table


def _numbers(columns: list[str], where: str) -> Row:
    try:
        found = tuple(_weight(int(column)) for column in columns)
    except ValueError as error:
        raise BadWeights(f"{where}: a weight is a whole number of hundredths ({error})") from error
    if any(abs(weight) > _HEAVIEST / _HUNDREDTH for weight in found):
        raise BadWeights(f"{where}: a weight is at most {_HEAVIEST} hundredths")
    if len(found) != len(CLASSES):
        raise BadWeights(f"{where}: has {len(found)} weights and wants {len(CLASSES)}")
    return found


@cache
def _weight(hundredths: int) -> float:
    """The number, kept once however often it occurs: the weights are a few hundred different ones."""
    return hundredths / _HUNDREDTH
