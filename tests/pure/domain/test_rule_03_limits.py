"""Rules 3 and 14: limits are united, each since its first claim; what is excepted is a limit of the permission."""

import pytest

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from tests.pure.domain.claims import TREE, disputed, limits_told, reaffirms, sets, told

OPENED = sets(
    "a", "conditional", "2024-05-30", areas="UA-63", area_role="defended", conditions="counter_fire no_deep_strike"
)


def limits_of(*claims: Claim) -> list[str]:
    """The limits of the position in force last."""
    return limits_told(derive(claims, weapons=TREE).positions[-1].limits)


@pytest.mark.parametrize(
    ("claims", "limits"),
    [
        pytest.param([sets("a", "allowed", "2024-05-30")], [], id="none"),
        pytest.param(
            [OPENED],
            [
                "area UA-63 defended 2024-05-30 (a)",
                "condition counter_fire 2024-05-30 (a)",
                "condition no_deep_strike 2024-05-30 (a)",
            ],
            id="of one claim",
        ),
        pytest.param(
            [OPENED, reaffirms("b", "conditional", "2024-06-06", conditions="counter_fire border_zone")],
            [
                "area UA-63 defended 2024-05-30 (a)",
                "condition border_zone 2024-06-06 (b)",
                "condition counter_fire 2024-05-30 (a b)",
                "condition no_deep_strike 2024-05-30 (a)",
            ],
            id="united, each since the first claim that states it",
        ),
        pytest.param(
            [
                sets("a", "conditional", "2024-05-30"),
                reaffirms("b", "conditional", "2024-06-06", published="2024-06-10", conditions="counter_fire"),
            ],
            ["condition counter_fire 2024-06-06 (b)"],
            id="from its effective, not its publication",
        ),
        pytest.param(
            [
                sets("a", "banned", "2024-01-01"),
                reaffirms("b", "banned", "2024-05-20"),
                sets("c", "conditional", "2024-05-01", published="2024-06-01", conditions="counter_fire"),
            ],
            ["condition counter_fire 2024-05-20 (c)"],
            id="not before its position starts",
        ),
        pytest.param(
            [
                sets("a", "conditional", "2024-05-30", areas="RU-KRS"),
                reaffirms("b", "conditional", "2024-06-06", areas="RU-KRS", area_role="defended"),
            ],
            ["area RU-KRS target 2024-05-30 (a)", "area RU-KRS defended 2024-06-06 (b)"],
            id="an area defended and the same area fired at are two",
        ),
        pytest.param(
            [sets("a", "conditional", "2024-05-30", conditions="depth_limit", depth_km=100)],
            ["condition depth_limit 2024-05-30 (a)", "depth 100 2024-05-30 (a)"],
            id="a depth",
        ),
        pytest.param(
            [sets("a", "allowed", "2024-05-30"), reaffirms("b", "banned", "2024-06-01", areas="RU-MOW")],
            ["except_area RU-MOW 2024-06-01 (b)"],
            id="14: what is excepted from a permission",
        ),
        pytest.param(
            [OPENED, sets("b", "banned", "2024-06-01", areas="RU-MOW RU-MOS")],
            [
                "area UA-63 defended 2024-05-30 (a)",
                "except_area RU-MOS 2024-06-01 (b)",
                "except_area RU-MOW 2024-06-01 (b)",
                "condition counter_fire 2024-05-30 (a)",
                "condition no_deep_strike 2024-05-30 (a)",
            ],
            id="14: beside other limits",
        ),
        pytest.param(
            [sets("a", "allowed", "2024-05-30"), sets("b", "banned", "2024-05-30", areas="RU-MOW")],
            ["except_area RU-MOW 2024-05-30 (b)"],
            id="14: said in the same breath",
        ),
        pytest.param(
            [sets("a", "banned", "2024-05-30", areas="RU-MOW")],
            ["area RU-MOW target 2024-05-30 (a)"],
            id="14: with no permission in force it is a ban of its own",
        ),
    ],
)
def test_the_limits_of_a_position(claims: list[Claim], limits: list[str]) -> None:
    assert sorted(limits_of(*claims)) == sorted(limits)


@pytest.mark.parametrize(
    ("exception", "positions"),
    [
        pytest.param(
            reaffirms("b", "banned", "2024-06-01", areas="RU-MOW"), ["allowed 2024-05-01 - (a b)"], id="an area"
        ),
        pytest.param(
            sets("b", "banned", "2024-06-01", areas="RU-MOW"), ["allowed 2024-05-01 - (a b)"], id="a new decision"
        ),
        pytest.param(
            sets("b", "banned", "2024-06-01"),
            ["allowed 2024-05-01 2024-06-01 (a)", "banned 2024-06-01 - (b)"],
            id="no area: a turn",
        ),
        pytest.param(
            sets("b", "banned", "2024-06-01", areas="UA-63", area_role="defended"),
            ["allowed 2024-05-01 2024-06-01 (a)", "banned 2024-06-01 - (b)"],
            id="an area that is defended: a turn",
        ),
        pytest.param(
            sets("b", "conditional", "2024-06-01", areas="RU-MOW"),
            ["allowed 2024-05-01 2024-06-01 (a)", "conditional 2024-06-01 - (b)"],
            id="a permission for an area: a turn",
        ),
    ],
)
def test_an_exception_opens_and_contests_nothing(exception: Claim, positions: list[str]) -> None:
    record = derive([sets("a", "allowed", "2024-05-01"), exception], weapons=TREE)
    assert told(record) == positions
    assert disputed(record) == []


def test_an_exception_joins_a_ban_that_is_in_force() -> None:
    claims = [sets("a", "banned", "2024-05-01"), reaffirms("b", "banned", "2024-06-01", areas="RU-MOW")]
    assert told(derive(claims, weapons=TREE)) == ["banned 2024-05-01 - (a b)"]


def test_a_limit_stated_on_the_day_of_the_turn_holds_on_the_last_day_before() -> None:
    claims = [
        sets("a", "conditional", "2024-05-01"),
        reaffirms("b", "conditional", "2024-05-20", conditions="counter_fire"),
        sets("c", "allowed", "2024-05-10", published="2024-06-01"),
    ]
    first = derive(claims, weapons=TREE).positions[0]
    assert limits_told(first.limits) == ["condition counter_fire 2024-05-19 (b)"]
