"""Rule 2: a claim speaks for the days back to its `effective`; what was upheld then is contested, not undone."""

import pytest

from restrictions.domain.claims import Claim, Line
from tests.pure.domain.claims import case, outcome, reaffirms, sets

BAN = sets("a", "banned", "2024-01-01")
UPHELD = reaffirms("b", "banned", "2024-03-01")

CASES = [
    case(
        "a later report starts where it says when nothing spoke against it",
        BAN,
        sets("c", "allowed", "2024-02-01", published="2024-04-01"),
        positions=["banned 2024-01-01 2024-02-01 (a)", "allowed 2024-02-01 - (c)"],
    ),
    case(
        "a later report cannot undo days on which the former status was upheld",
        BAN,
        UPHELD,
        sets("c", "allowed", "2024-02-01", published="2024-04-01"),
        positions=["banned! 2024-01-01 2024-03-01 (a b)", "allowed 2024-03-01 - (c)"],
        disputes=["2024-02-01 2024-03-01 banned (a b) / allowed (c) late_report 2"],
    ),
    case(
        "the last day on which it was upheld may be the first of the next",
        BAN,
        UPHELD,
        sets("c", "allowed", "2024-03-01", published="2024-04-01"),
        positions=["banned 2024-01-01 2024-03-01 (a b)", "allowed 2024-03-01 - (c)"],
    ),
    case(
        "the day before it is contested",
        BAN,
        UPHELD,
        sets("c", "allowed", "2024-02-29", published="2024-04-01"),
        positions=["banned! 2024-01-01 2024-03-01 (a b)", "allowed 2024-03-01 - (c)"],
        disputes=["2024-02-29 2024-03-01 banned (a b) / allowed (c) late_report 2"],
    ),
    case(
        "a window that reaches past the last day upheld keeps what is left of it",
        BAN,
        reaffirms("b", "banned", "2024-03-10"),
        sets("c", "allowed", "2024-03", published="2024-04-01"),
        positions=["banned 2024-01-01 2024-03 (a b)", "allowed 2024-03 - (c)"],
    ),
    case(
        "a claim that agrees, for an earlier day, moves the start",
        BAN,
        sets("b", "allowed", "2024-03-01"),
        reaffirms("c", "allowed", "2024-02-01", published="2024-04-01"),
        positions=["banned 2024-01-01 2024-02-01 (a)", "allowed 2024-02-01 - (b c)"],
    ),
    case(
        "a claim that agrees, for a later day, moves nothing",
        BAN,
        sets("b", "allowed", "2024-03-01"),
        reaffirms("c", "allowed", "2024-03-15", published="2024-04-01"),
        positions=["banned 2024-01-01 2024-03-01 (a)", "allowed 2024-03-01 - (b c)"],
    ),
    case(
        "it moves the start back to the last day upheld, and contests the days before",
        BAN,
        reaffirms("b", "banned", "2024-02-15"),
        sets("c", "allowed", "2024-03-01"),
        reaffirms("d", "allowed", "2024-02-01", published="2024-04-01"),
        positions=["banned! 2024-01-01 2024-02-15 (a b)", "allowed 2024-02-15 - (c d)"],
        disputes=["2024-02-01 2024-02-15 banned (a b) / allowed (d) late_report 2"],
    ),
    case(
        "two late reports of one turn are one dispute",
        BAN,
        UPHELD,
        sets("c", "allowed", "2024-02-10", published="2024-04-01"),
        reaffirms("d", "allowed", "2024-02-01", published="2024-04-02"),
        positions=["banned! 2024-01-01 2024-03-01 (a b)", "allowed 2024-03-01 - (c d)"],
        disputes=["2024-02-01 2024-03-01 banned (a b) / allowed (c d) late_report 2"],
    ),
    case(
        "a position keeps one day at least",
        BAN,
        sets("b", "allowed", "2023-06-01", published="2024-04-01"),
        positions=["allowed! 2024-01-01 - (b)"],
        disputes=["2024-01-01 - allowed (b) / banned (a) open 4"],
    ),
    case(
        "a decision may be announced ahead of its day",
        BAN,
        sets("b", "allowed", "2024-03-01", published="2024-02-01"),
        positions=["banned 2024-01-01 2024-03-01 (a)", "allowed 2024-03-01 - (b)"],
    ),
    case(
        "a standing rule holds by its publication at the latest",
        reaffirms("a", "banned", "2024-03-01", published="2024-02-01"),
        positions=["banned< 2024-02-01 - (a)"],
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), CASES)
def test_a_report_of_earlier_days(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)
