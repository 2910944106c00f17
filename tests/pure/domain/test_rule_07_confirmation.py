"""Rules 7 and 12: what is provisional, what confirms it, what withdraws it, and when it was last confirmed."""

from dataclasses import replace
from datetime import date

import pytest

from restrictions.domain.claims import Claim, Line
from restrictions.domain.derivation import derive
from tests.pure.domain.claims import TREE, case, denies, disputed, outcome, reaffirms, sets, told

BAN = sets("a", "banned", "2024-01-01")
LEAK = sets("b", "conditional", "2024-05-30", by="anonymous_official", prior="banned")
WITHDRAWN = ["2024-05-30 2024-06-04 banned (d) / conditional (b) withdrawn 7"]
BACK = ["banned! 2024-01-01 - (a d)"]
LEAKED = ["banned 2024-01-01 2024-05-30 (a)"]

CASES = [
    case("a leak is provisional", BAN, LEAK, positions=[*LEAKED, "conditional? 2024-05-30 - (b)"]),
    case(
        "a named official's decision is its own confirmation",
        sets("a", "banned", "2024-01-01", by="named_official"),
        positions=["banned 2024-01-01 - (a)"],
    ),
    case(
        "a document's too",
        sets("a", "banned", "2024-01-01", by="document"),
        positions=["banned 2024-01-01 - (a)"],
    ),
    case(
        "the press's is not",
        sets("a", "banned", "2024-01-01", by="media"),
        positions=["banned? 2024-01-01 - (a)"],
    ),
    case(
        "nor is the recipient's",
        sets("a", "banned", "2024-01-01", by="recipient_official"),
        positions=["banned? 2024-01-01 - (a)"],
    ),
    case(
        "an official word confirms a leak",
        BAN,
        LEAK,
        reaffirms("c", "conditional", "2024-05-31"),
        positions=[*LEAKED, "conditional 2024-05-30 - (b c)"],
    ),
    case(
        "a second leak does not",
        BAN,
        LEAK,
        reaffirms("c", "conditional", "2024-05-31", by="anonymous_official"),
        positions=[*LEAKED, "conditional? 2024-05-30 - (b c)"],
    ),
    case(
        "an official who names it as the former status confirms it",
        BAN,
        LEAK,
        sets("c", "allowed", "2024-11-17", prior="conditional"),
        positions=[*LEAKED, "conditional 2024-05-30 2024-11-17 (b)", "allowed 2024-11-17 - (c)"],
    ),
    case(
        "an official who names another former status does not",
        BAN,
        LEAK,
        sets("c", "allowed", "2024-11-17", prior="banned"),
        positions=[*LEAKED, "conditional? 2024-05-30 2024-11-17 (b)", "allowed 2024-11-17 - (c)"],
    ),
    case(
        "nor does a leak that names it",
        BAN,
        LEAK,
        sets("c", "allowed", "2024-11-17", prior="conditional", by="anonymous_official"),
        positions=[*LEAKED, "conditional? 2024-05-30 2024-11-17 (b)", "allowed? 2024-11-17 - (c)"],
    ),
    case(
        "a denial withdraws it, whoever denies",
        BAN,
        LEAK,
        denies("d", "banned", "2024-06-03", by="anonymous_official"),
        positions=BACK,
        disputes=WITHDRAWN,
    ),
    case(
        "so does an official who states the former status",
        BAN,
        LEAK,
        reaffirms("d", "banned", "2024-06-03"),
        positions=BACK,
        disputes=WITHDRAWN,
    ),
    case(
        "within 90 days of the last word for it",
        BAN,
        LEAK,
        reaffirms("d", "banned", "2024-08-28"),
        positions=BACK,
        disputes=["2024-05-30 2024-08-29 banned (d) / conditional (b) withdrawn 7"],
    ),
    case(
        "the day after that it is a turn that nobody saw",
        BAN,
        LEAK,
        reaffirms("d", "banned", "2024-08-29"),
        positions=[
            *LEAKED,
            "conditional? 2024-05-30 2024-05-31/2024-08-29 (b)",
            "banned? 2024-05-31/2024-08-29 - (d)",
        ],
    ),
    case(
        "the press's word for the former status contests",
        BAN,
        LEAK,
        reaffirms("d", "banned", "2024-06-03", by="media"),
        positions=[*LEAKED, "conditional?! 2024-05-30 - (b)"],
        disputes=["2024-06-03 - conditional (b) / banned (d) open 8"],
    ),
    case(
        "a word for a third status contests",
        BAN,
        LEAK,
        reaffirms("d", "allowed", "2024-06-03"),
        positions=[*LEAKED, "conditional?! 2024-05-30 - (b)"],
        disputes=["2024-06-03 - conditional (b) / allowed (d) open 8"],
    ),
    case(
        "what is confirmed is contested, not withdrawn",
        BAN,
        LEAK,
        reaffirms("c", "conditional", "2024-05-31"),
        denies("d", "banned", "2024-06-03"),
        positions=[*LEAKED, "conditional! 2024-05-30 - (b c)"],
        disputes=["2024-06-03 - conditional (b c) / banned (d) open 8"],
    ),
    case(
        "a decision back is a turn",
        BAN,
        LEAK,
        sets("d", "banned", "2024-06-03"),
        positions=[*LEAKED, "conditional? 2024-05-30 2024-06-03 (b)", "banned 2024-06-03 - (d)"],
    ),
    case(
        "with no former position there is nothing to go back to",
        replace(LEAK, prior=None),
        denies("d", "banned", "2024-06-03"),
        positions=["conditional?! 2024-05-30 - (b)"],
        disputes=["2024-06-03 - conditional (b) / banned (d) open 8"],
    ),
    case(
        "a former status that the leak itself gives is one to go back to",
        LEAK,
        denies("d", "banned", "2024-06-03"),
        positions=["banned<! 2024-05-29 - (b d)"],
        disputes=["2024-05-30 2024-06-04 banned (d) / conditional (b) withdrawn 7"],
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), CASES)
def test_confirmation(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)


WIDER = [
    sets("a", "conditional", "2024-05-30", conditions="border_zone"),
    sets("b", "conditional", "2024-06-20", by="anonymous_official", prior="conditional"),
]
TWO = ["conditional 2024-05-30 2024-06-20 (a)", "conditional? 2024-06-20 - (b)"]


@pytest.mark.parametrize(
    ("claim", "positions", "disputes"),
    [
        pytest.param(
            denies("d", "conditional", "2024-06-25"),
            [TWO[0], "conditional?! 2024-06-20 - (b)"],
            ["2024-06-25 - conditional (b) / conditional (d) open 7 limits"],
            id="a denial contests the limits and withdraws nothing",
        ),
        pytest.param(
            denies("d", "conditional", "2024-09-19"),
            [TWO[0], "conditional 2024-06-20 - (b d)"],
            [],
            id="no denial of a turn long past",
        ),
        pytest.param(
            reaffirms("d", "conditional", "2024-06-25"),
            [TWO[0], "conditional 2024-06-20 - (b d)"],
            [],
            id="a word for the status confirms it",
        ),
    ],
)
def test_a_turn_in_limits_alone(claim: Claim, positions: list[str], disputes: list[str]) -> None:
    record = derive([*WIDER, claim], weapons=TREE)
    assert told(record) == positions
    assert disputed(record) == disputes


@pytest.mark.parametrize(
    ("claims", "days"),
    [
        pytest.param([BAN], ["2024-01-01"], id="by the claim that opens it"),
        pytest.param([BAN, reaffirms("c", "banned", "2024-03-01")], ["2024-03-01"], id="by each that agrees"),
        pytest.param(
            [BAN, reaffirms("c", "banned", "2024-02-01", published="2024-03-01")],
            ["2024-03-01"],
            id="on the day it was said",
        ),
        pytest.param([BAN, reaffirms("c", "allowed", "2024-03-01")], ["2024-01-01"], id="not by one that disagrees"),
        pytest.param([BAN, reaffirms("c", "undisclosed", "2024-03-01")], ["2024-01-01"], id="not by silence"),
        pytest.param(
            [BAN, sets("b", "allowed", "2024-02-01", published="2024-04-01")],
            ["2024-01-01", "2024-04-01"],
            id="each position by its own",
        ),
    ],
)
def test_when_it_was_last_confirmed(claims: list[Claim], days: list[str]) -> None:
    record = derive(claims, weapons=TREE)
    assert [position.last_confirmed for position in record.positions] == [date.fromisoformat(day) for day in days]


def test_it_was_announced_when_the_first_claim_for_it_came_out() -> None:
    claims = [sets("a", "banned", "2024-01-01", published="2024-01-05"), reaffirms("b", "banned", "2024-02-01")]
    (position,) = derive(claims, weapons=TREE).positions
    assert str(position.announced) == "2024-01-05"


def test_a_claim_that_comes_back_by_a_dispute_of_a_dropped_report_is_evidence_once() -> None:
    record = derive(
        [
            reaffirms("a", "banned", "2024-01-01", by="anonymous_official"),
            sets("b", "conditional", "2024-01-02", published="2024-01-01"),
            reaffirms("c", "banned", "2024-01-01", published="2024-01-02", by="media"),
            reaffirms("d", "conditional", "2024-01-01", published="2024-01-02"),
            sets("e", "banned", "2024-01-01", published="2024-01-03"),
        ],
        weapons=TREE,
    )
    evidence = [key for position in record.positions for key in position.evidence]
    sides = {key for item in record.stretches for key in (*item.standing_claims, *item.challenger_claims)}
    assert sorted({*evidence, *sides}) == ["a", "b", "c", "d", "e"]
    assert all(len(set(position.evidence)) == len(position.evidence) for position in record.positions)
