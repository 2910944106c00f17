"""Rule 4: what turns a position, what is the same turn, and two decisions of one start."""

import pytest

from restrictions.domain.claims import Claim, Line
from restrictions.domain.derivation import derive
from tests.pure.domain.claims import TREE, case, limits_told, outcome, reaffirms, sets, told

BAN = sets("a", "banned", "2022-06-01")
TURN = sets("b", "conditional", "2024-05-30", prior="banned")

CASES = [
    case("a decision opens where none is in force", BAN, positions=["banned 2022-06-01 - (a)"]),
    case(
        "a decision of another status turns",
        BAN,
        TURN,
        positions=["banned 2022-06-01 2024-05-30 (a)", "conditional 2024-05-30 - (b)"],
    ),
    case(
        "a decision of the same status, months later, joins",
        BAN,
        sets("b", "banned", "2023-01-01"),
        positions=["banned 2022-06-01 - (a b)"],
    ),
    case(
        "a word for what stands turns nothing",
        BAN,
        reaffirms("b", "banned", "2023-01-01"),
        positions=["banned 2022-06-01 - (a b)"],
    ),
    case(
        "a widening: the former status is its own, the limits differ",
        sets("a", "conditional", "2024-05-30", conditions="counter_fire border_zone"),
        sets("b", "conditional", "2024-11-17", conditions="counter_fire", prior="conditional"),
        positions=["conditional 2024-05-30 2024-11-17 (a)", "conditional 2024-11-17 - (b)"],
    ),
    case(
        "no widening where the limits are the same",
        sets("a", "conditional", "2024-05-30", conditions="counter_fire"),
        sets("b", "conditional", "2024-11-17", conditions="counter_fire", prior="conditional"),
        positions=["conditional 2024-05-30 - (a b)"],
    ),
    case(
        "no widening where the text does not say what held before",
        sets("a", "conditional", "2024-05-30", conditions="counter_fire border_zone"),
        sets("b", "conditional", "2024-11-17", conditions="counter_fire"),
        positions=["conditional 2024-05-30 - (a b)"],
    ),
    case(
        "no widening by a word for what stands",
        sets("a", "conditional", "2024-05-30", conditions="counter_fire border_zone"),
        reaffirms("b", "conditional", "2024-11-17", conditions="counter_fire", prior="conditional"),
        positions=["conditional 2024-05-30 - (a b)"],
    ),
    case(
        "a report dated to the month joins the turn of that month",
        BAN,
        TURN,
        sets("c", "conditional", "2024-05", published="2024-05", prior="banned"),
        positions=["banned 2022-06-01 2024-05-30 (a)", "conditional 2024-05-30 - (b c)"],
    ),
    case(
        "the narrower window wins, also when it comes later",
        BAN,
        sets("b", "conditional", "2024-05", published="2024-05", prior="banned"),
        sets("c", "conditional", "2024-05-20", published="2024-06-02", prior="banned"),
        positions=["banned 2022-06-01 2024-05-20 (a)", "conditional 2024-05-20 - (b c)"],
    ),
    case(
        "a report of another month is no turn either, but joins",
        BAN,
        TURN,
        sets("c", "conditional", "2024-06", published="2024-06", prior="banned"),
        positions=["banned 2022-06-01 2024-05-30 (a)", "conditional 2024-05-30 - (b c)"],
    ),
    case(
        "a report of a former turn joins that turn, not the one in force",
        BAN,
        TURN,
        sets("c", "allowed", "2024-11-17"),
        sets("d", "conditional", "2024-05", published="2025-01-10"),
        positions=[
            "banned 2022-06-01 2024-05-30 (a)",
            "conditional 2024-05-30 2024-11-17 (b d)",
            "allowed 2024-11-17 - (c)",
        ],
    ),
    case(
        "a decision back to a former status, at another time, is a turn",
        BAN,
        TURN,
        sets("c", "banned", "2024-11-17"),
        positions=[
            "banned 2022-06-01 2024-05-30 (a)",
            "conditional 2024-05-30 2024-11-17 (b)",
            "banned 2024-11-17 - (c)",
        ],
    ),
    case(
        "about a day is three days either way",
        BAN,
        TURN,
        sets("c", "conditional", "2024-06-02~", published="2024-06-20"),
        positions=["banned 2022-06-01 2024-05-30 (a)", "conditional 2024-05-30 - (b c)"],
    ),
    case(
        "about a month is fifteen days either way",
        BAN,
        sets("b", "conditional", "2024-05~", published="2024-08-01"),
        positions=["banned 2022-06-01 2024-05~ (a)", "conditional 2024-05~ - (b)"],
    ),
    case(
        "two decisions of one start and two statuses: contested on the one published later",
        sets("a", "banned", "2024-05-30"),
        sets("b", "allowed", "2024-05-30", published="2024-06-05"),
        positions=["allowed! 2024-05-30 - (b)"],
        disputes=["2024-05-30 - allowed (b) / banned (a) open 4"],
    ),
    case(
        "published on one day: the stable key decides, neither is dropped",
        sets("b", "banned", "2024-05-30"),
        sets("a", "allowed", "2024-05-30"),
        positions=["banned! 2024-05-30 - (b)"],
        disputes=["2024-05-30 - banned (b) / allowed (a) open 4"],
    ),
    case(
        "one day apart they are two turns",
        sets("a", "banned", "2024-05-30"),
        sets("b", "allowed", "2024-05-31", published="2024-06-05"),
        positions=["banned 2024-05-30 2024-05-31 (a)", "allowed 2024-05-31 - (b)"],
    ),
    case(
        "a decision of the same start that says nothing changed gives the position back to the former",
        BAN,
        sets("b", "allowed", "2024-05-30"),
        sets("c", "banned", "2024-05-30", published="2024-06-05"),
        positions=["banned! 2022-06-01 - (a c)"],
        disputes=["2024-05-30 - banned (c) / allowed (b) open 4"],
    ),
    case(
        "what is contested by one start ends with the next claim for the standing side",
        sets("a", "banned", "2024-05-30"),
        sets("b", "allowed", "2024-05-30", published="2024-06-05"),
        reaffirms("c", "allowed", "2024-06-10"),
        positions=["allowed! 2024-05-30 - (b c)"],
        disputes=["2024-05-30 2024-06-10 allowed (b c) / banned (a) upheld 4"],
    ),
    case(
        "other lines do not turn",
        BAN,
        sets("b", "allowed", "2024-05-30", weapon="atacms"),
        positions=["banned 2022-06-01 - (a)"],
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), CASES)
def test_turns(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)


@pytest.mark.parametrize(
    ("said", "joins"),
    [("2024-06-02~", True), ("2024-06-03~", False), ("2024-05~", True), ("2024-06~", True), ("2024-07~", False)],
)
def test_how_far_about_reaches(said: str, joins: bool) -> None:
    """A `sets` that is not the same turn, with another `prior` and other limits, is a turn of its own."""
    claims = [
        BAN,
        TURN,
        sets("c", "conditional", said, published="2024-12-01", prior="conditional", conditions="border_zone"),
    ]
    assert len(told(derive(claims, weapons=TREE))) == (2 if joins else 3)


def test_about_never_reaches_past_publication() -> None:
    (position,) = derive([sets("a", "banned", "2024-05-30~", published="2024-05-31")], weapons=TREE).positions
    assert (position.starts.edtf, position.first_day.isoformat()) == ("2024-05-30~", "2024-05-31")
    assert position.starts.earliest.isoformat() == "2024-05-27"


def test_the_limits_of_a_widening_are_its_own() -> None:
    claims = [
        sets("a", "conditional", "2024-05-30", conditions="border_zone"),
        sets("b", "conditional", "2024-11-17", conditions="counter_fire", prior="conditional"),
    ]
    before, after = derive(claims, weapons=TREE).positions
    assert limits_told(before.limits) == ["condition border_zone 2024-05-30 (a)"]
    assert limits_told(after.limits) == ["condition counter_fire 2024-11-17 (b)"]
