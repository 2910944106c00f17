"""Rules 8 and 13: contradictions while a word is fresh, turns that nobody saw, two voices on one day."""

import pytest

from restrictions.domain.claims import Claim, Line
from restrictions.domain.derivation import derive
from tests.pure.domain.claims import TREE, case, denies, outcome, reaffirms, sets

BAN = sets("a", "banned", "2024-01-01")
AGAINST = reaffirms("x", "allowed", "2024-02-01")
OPEN = ["2024-02-01 - banned (a) / allowed (x) open 8"]

CASES = [
    case("a word against a fresh one contests", BAN, AGAINST, positions=["banned! 2024-01-01 - (a)"], disputes=OPEN),
    case(
        "so does a denial",
        BAN,
        denies("x", "allowed", "2024-02-01"),
        positions=["banned! 2024-01-01 - (a)"],
        disputes=OPEN,
    ),
    case(
        "for the days it speaks of",
        BAN,
        reaffirms("x", "allowed", "2024-01-15", published="2024-02-01"),
        positions=["banned! 2024-01-01 - (a)"],
        disputes=["2024-01-15 - banned (a) / allowed (x) open 8"],
    ),
    case(
        "but for days of the position only",
        BAN,
        reaffirms("x", "allowed", "2023-01-15", published="2024-02-01"),
        positions=["banned! 2024-01-01 - (a)"],
        disputes=["2024-01-01 - banned (a) / allowed (x) open 8"],
    ),
    case(
        "until the next claim for the standing side",
        BAN,
        AGAINST,
        reaffirms("c", "banned", "2024-02-10"),
        positions=["banned! 2024-01-01 - (a c)"],
        disputes=["2024-02-01 2024-02-10 banned (a c) / allowed (x) upheld 8"],
    ),
    case(
        "a second word for the challenger turns the position that day",
        BAN,
        AGAINST,
        reaffirms("y", "allowed", "2024-02-10"),
        positions=["banned! 2024-01-01 2024-02-10 (a)", "allowed 2024-02-10 - (x y)"],
        disputes=["2024-02-01 2024-02-10 banned (a) / allowed (x) turned 8"],
    ),
    case(
        "that day, not the day it speaks of",
        BAN,
        AGAINST,
        reaffirms("y", "allowed", "2024-01-15", published="2024-02-10"),
        positions=["banned! 2024-01-01 2024-02-10 (a)", "allowed 2024-02-10 - (x y)"],
        disputes=["2024-02-01 2024-02-10 banned (a) / allowed (x) turned 8"],
    ),
    case(
        "two words of the press turn it provisionally",
        BAN,
        reaffirms("x", "allowed", "2024-02-01", by="media"),
        reaffirms("y", "allowed", "2024-02-10", by="media"),
        positions=["banned! 2024-01-01 2024-02-10 (a)", "allowed? 2024-02-10 - (x y)"],
        disputes=["2024-02-01 2024-02-10 banned (a) / allowed (x) turned 8"],
    ),
    case(
        "one official among them suffices",
        BAN,
        AGAINST,
        reaffirms("y", "allowed", "2024-02-10", by="media"),
        positions=["banned! 2024-01-01 2024-02-10 (a)", "allowed 2024-02-10 - (x y)"],
        disputes=["2024-02-01 2024-02-10 banned (a) / allowed (x) turned 8"],
    ),
    case(
        "two words of one day are one",
        BAN,
        AGAINST,
        reaffirms("y", "allowed", "2024-02-01", by="document"),
        positions=["banned! 2024-01-01 - (a)"],
        disputes=["2024-02-01 - banned (a) / allowed (x y) open 8"],
    ),
    case(
        "a word for a third status is another dispute",
        BAN,
        AGAINST,
        reaffirms("y", "conditional", "2024-02-10"),
        positions=["banned! 2024-01-01 - (a)"],
        disputes=[*OPEN, "2024-02-10 - banned (a) / conditional (y) open 8"],
    ),
    case(
        "after a word for the standing side the count begins again",
        BAN,
        AGAINST,
        reaffirms("c", "banned", "2024-02-10"),
        reaffirms("y", "allowed", "2024-02-20"),
        positions=["banned! 2024-01-01 - (a c)"],
        disputes=[
            "2024-02-01 2024-02-10 banned (a c) / allowed (x) upheld 8",
            "2024-02-20 - banned (a c) / allowed (y) open 8",
        ],
    ),
    case(
        "a decision ends the dispute with the position",
        BAN,
        AGAINST,
        sets("c", "allowed", "2024-02-10"),
        positions=["banned! 2024-01-01 2024-02-10 (a)", "allowed 2024-02-10 - (c)"],
        disputes=["2024-02-01 2024-02-10 banned (a) / allowed (x) turned 8"],
    ),
    case(
        "90 days after the last word it is still a contradiction",
        BAN,
        reaffirms("x", "allowed", "2024-03-31"),
        positions=["banned! 2024-01-01 - (a)"],
        disputes=["2024-03-31 - banned (a) / allowed (x) open 8"],
    ),
    case(
        "91 days after it shows a turn that nobody saw",
        BAN,
        reaffirms("x", "allowed", "2024-04-01"),
        positions=["banned 2024-01-01 2024-01-02/2024-04-01 (a)", "allowed? 2024-01-02/2024-04-01 - (x)"],
    ),
    case(
        "somewhere since the last confirmation",
        BAN,
        reaffirms("b", "banned", "2024-02-01"),
        reaffirms("x", "allowed", "2024-06-01"),
        positions=["banned 2024-01-01 2024-02-01/2024-06-01 (a b)", "allowed? 2024-02-01/2024-06-01 - (x)"],
    ),
    case(
        "an earlier sighting narrows it",
        BAN,
        reaffirms("x", "allowed", "2024-06-01"),
        reaffirms("y", "allowed", "2024-04-10", published="2024-06-05"),
        positions=["banned 2024-01-01 2024-01-02/2024-04-10 (a)", "allowed 2024-01-02/2024-04-10 - (x y)"],
    ),
    case(
        "the decision itself, reported later, dates it",
        BAN,
        reaffirms("x", "allowed", "2024-06-01"),
        sets("y", "allowed", "2024-03-10", published="2024-06-05"),
        positions=["banned 2024-01-01 2024-03-10 (a)", "allowed 2024-03-10 - (x y)"],
    ),
    case(
        "a decision needs no fresh word to turn",
        BAN,
        sets("x", "allowed", "2024-06-01"),
        positions=["banned 2024-01-01 2024-06-01 (a)", "allowed 2024-06-01 - (x)"],
    ),
    case(
        "13: a decision and a word against it on one day",
        BAN,
        sets("b", "allowed", "2024-05-30"),
        reaffirms("c", "banned", "2024-05-30"),
        positions=["banned 2024-01-01 2024-05-30 (a)", "allowed! 2024-05-30 - (b)"],
        disputes=["2024-05-30 - allowed (b) / banned (c) open 13"],
    ),
    case(
        "13: two words for what stands on one day",
        reaffirms("a", "banned", "2024-05-30"),
        reaffirms("b", "allowed", "2024-05-30"),
        positions=["banned<! 2024-05-30 - (a)"],
        disputes=["2024-05-30 - banned (a) / allowed (b) open 13"],
    ),
    case(
        "13: two decisions said on one day about different days",
        sets("a", "banned", "2024-05-01", published="2024-05-10"),
        sets("b", "allowed", "2024-05-05", published="2024-05-10"),
        positions=["banned! 2024-05-01 - (a)"],
        disputes=["2024-05-05 - banned (a) / allowed (b) open 13"],
    ),
    case(
        "13: one claim that names the other's status as former tells of a turn",
        sets("a", "banned", "2024-05-01", published="2024-05-10"),
        sets("b", "allowed", "2024-05-10", prior="banned"),
        positions=["banned 2024-05-01 2024-05-10 (a)", "allowed 2024-05-10 - (b)"],
    ),
    case(
        "13: on the next day a word against it is rule 8's",
        reaffirms("a", "banned", "2024-05-30"),
        reaffirms("b", "allowed", "2024-05-31"),
        positions=["banned<! 2024-05-30 - (a)"],
        disputes=["2024-05-31 - banned (a) / allowed (b) open 8"],
    ),
    case(
        "13: two voices of one day, and the denial of that day that settles it, keep the day contested",
        sets("a", "banned", "2024-05-30"),
        reaffirms("b", "allowed", "2024-05-30"),
        denies("c", "banned", "2024-05-30"),
        positions=["banned! 2024-05-30 - (a c)"],
        disputes=["2024-05-30 2024-05-31 banned (a c) / allowed (b) upheld 13"],
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), CASES)
def test_contradictions(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)


def test_the_status_before_answers_while_it_is_contested() -> None:
    record = derive([BAN, AGAINST], weapons=TREE)
    (position,) = record.positions
    assert position.covers(record.stretches[0].first)
    assert position.status is record.stretches[0].standing
