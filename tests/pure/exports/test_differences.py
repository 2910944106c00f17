"""Two states of a dataset, row by row: what came, what went, which cells changed; and the same as lines."""

import pytest

from dashboard.exports.differences import Cells, differences_csv, row_differences
from restrictions.domain.datasets import POSITIONS

FIRST, SECOND, THIRD = ({"position": number, "status": "banned"} for number in ("2", "10", "11"))


def told(old: list[Cells], new: list[Cells]) -> list[tuple[str, str]]:
    return [(row.key, row.fate.value) for row in row_differences(POSITIONS, old, new)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([], [FIRST], [("2", "added")]),
        ([FIRST], [], [("2", "removed")]),
        ([FIRST, THIRD], [FIRST, SECOND, THIRD], [("10", "added")]),
        ([FIRST, SECOND, THIRD], [FIRST, THIRD], [("10", "removed")]),
        ([FIRST], [SECOND], [("2", "removed"), ("10", "added")]),
        ([SECOND], [FIRST], [("2", "added"), ("10", "removed")]),
        ([FIRST, SECOND], [FIRST, SECOND], []),
        ([FIRST], [FIRST | {"status": "allowed"}], [("2", "changed")]),
    ],
)
def test_rows_are_told_apart_by_their_key(old: list[Cells], new: list[Cells], found: list[tuple[str, str]]) -> None:
    assert told(old, new) == found


def test_each_row_and_each_changed_cell_is_a_line() -> None:
    rows = row_differences(POSITIONS, [FIRST, SECOND], [FIRST | {"status": "allowed"}, THIRD])
    lines = list(differences_csv(("positions", row) for row in rows))
    assert lines[1:] == [
        "positions,changed,2,status,banned,allowed\r\n",
        "positions,removed,10,,,\r\n",
        "positions,added,11,,,\r\n",
    ]
