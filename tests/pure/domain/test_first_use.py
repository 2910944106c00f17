"""When a weapon was first seen used, on the position of those days."""

import pytest

from restrictions.domain.claims import FirstUse
from restrictions.domain.days import parse_day
from restrictions.domain.derivation import derive
from tests.pure.domain.claims import TREE, sets

CLAIMS = [
    sets("s", "supplied", "2023-01-01", weapon="atacms"),
    sets("a", "banned", "2023-10-17", weapon="atacms"),
    sets("b", "conditional", "2024-11-17", weapon="atacms"),
]


@pytest.mark.parametrize(
    ("uses", "seen"),
    [
        pytest.param([], {}, id="never seen"),
        pytest.param([("atacms", "RU", "2024-11-19")], {"conditional": "2024-11-19"}, id="on the position of that day"),
        pytest.param(
            [("atacms", "RU", "2024-11-25"), ("atacms", "RU", "2024-11-19")],
            {"conditional": "2024-11-19"},
            id="the first of several",
        ),
        pytest.param(
            [("atacms", "RU", "2024-01-01"), ("atacms", "RU", "2024-11-19")],
            {"banned": "2024-01-01", "conditional": "2024-11-19"},
            id="on each position",
        ),
        pytest.param([("atacms", "BY", "2024-11-19")], {}, id="not on another territory"),
        pytest.param([("himars", "RU", "2024-11-19")], {}, id="not another weapon"),
        pytest.param([("atacms", "RU", "2022-01-01")], {}, id="not before anything is known"),
    ],
)
def test_first_use(uses: list[tuple[str, str, str]], seen: dict[str, str]) -> None:
    marks = [FirstUse(weapon, territory, parse_day(day)) for weapon, territory, day in uses]
    record = derive(CLAIMS, weapons=TREE, uses=marks)
    assert {item.status: str(item.first_used) for item in record.positions if item.first_used} == seen
