"""Which new position is which old one."""

from datetime import date

import pytest

from restrictions.domain.days import exact
from restrictions.domain.matching import match
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Status
from tests.pure.domain.claims import line


def position(evidence: str, *, status: str = "banned", month: int = 1) -> Position:
    day = date(2024, month, 1)
    return Position(line(), Status(status), exact(day), tuple(evidence.split()), exact(day), day)


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([position("a")], [position("a b")], [(0, 0)], id="by shared evidence"),
        pytest.param([position("a")], [position("b")], [(None, 0), (0, None)], id="nothing shared"),
        pytest.param(
            [position("a b", month=1), position("c", month=2)],
            [position("c a b", month=1)],
            [(0, 0), (1, None)],
            id="most evidence first",
        ),
        pytest.param(
            [position("a", status="allowed", month=1), position("a", month=2)],
            [position("a", month=3)],
            [(1, 0), (0, None)],
            id="then by status",
        ),
        pytest.param(
            [position("a", month=2), position("b", month=1)],
            [position("a b", month=3)],
            [(1, 0), (0, None)],
            id="then by the earliest start",
        ),
        pytest.param(
            [position("a", month=1)],
            [position("a", month=1), position("a", status="allowed", month=2)],
            [(0, 0), (None, 1)],
            id="each once",
        ),
    ],
)
def test_matches(old: list[Position], new: list[Position], pairs: list[tuple[int | None, int | None]]) -> None:
    expected = [(None if a is None else old[a], None if b is None else new[b]) for a, b in pairs]
    assert match(old, new) == expected
