"""Rules 10 and 11: open starts, what a text gives as past, and starts of which the day is not known."""

from datetime import date

import pytest

from restrictions.domain.claims import Claim, Line
from restrictions.domain.derivation import derive
from restrictions.domain.vocabulary import Track
from tests.pure.domain.claims import TREE, case, denies, limits_told, line, outcome, reaffirms, sets

CASES = [
    case(
        "a word for what stands has an open start",
        reaffirms("a", "banned", "2024-05-01"),
        positions=["banned< 2024-05-01 - (a)"],
    ),
    case("so has a denial", denies("a", "banned", "2024-05-01"), positions=["banned< 2024-05-01 - (a)"]),
    case("a decision has not", sets("a", "banned", "2024-05-01"), positions=["banned 2024-05-01 - (a)"]),
    case(
        "an earlier word moves an open start, which stays open",
        reaffirms("a", "banned", "2024-05-01"),
        reaffirms("b", "banned", "2024-03-01", published="2024-06-01"),
        positions=["banned< 2024-03-01 - (a b)"],
    ),
    case(
        "the decision, reported later, closes it",
        reaffirms("a", "banned", "2024-05-01"),
        sets("b", "banned", "2024-03-01", published="2024-06-01"),
        positions=["banned 2024-03-01 - (a b)"],
    ),
    case(
        "a later decision of the same status does not",
        reaffirms("a", "banned", "2024-05-01"),
        sets("b", "banned", "2024-06-01"),
        positions=["banned< 2024-05-01 - (a b)"],
    ),
    case(
        "an open start yields to no earlier turn of another status",
        reaffirms("a", "banned", "2024-05-01"),
        sets("b", "allowed", "2024-03-01", published="2024-06-01"),
        positions=["banned<! 2024-05-01 2024-05-02 (a)", "allowed 2024-05-02 - (b)"],
        disputes=["2024-05-01 2024-05-02 banned (a) / allowed (b) late_report 2"],
    ),
    case(
        "what held until then shows on the day before, and no more",
        sets("a", "conditional", "2024-05-30", prior="banned"),
        positions=["banned< 2024-05-29 2024-05-30 (a)", "conditional 2024-05-30 - (a)"],
    ),
    case(
        "of a standing rule too, whose start is then known",
        reaffirms("a", "conditional", "2024-05-30", prior="banned"),
        positions=["banned< 2024-05-29 2024-05-30 (a)", "conditional 2024-05-30 - (a)"],
    ),
    case(
        "on the day before the last of a window",
        sets("a", "conditional", "2024-05", prior="banned"),
        positions=["banned< 2024-05-30 2024-05 (a)", "conditional 2024-05 - (a)"],
    ),
    case(
        "on the word of the same source",
        sets("a", "conditional", "2024-05-30", prior="banned", by="media"),
        positions=["banned<? 2024-05-29 2024-05-30 (a)", "conditional? 2024-05-30 - (a)"],
    ),
    case(
        "not where a position is in force",
        sets("a", "banned", "2024-01-01"),
        sets("b", "conditional", "2024-05-30", prior="allowed"),
        positions=["banned 2024-01-01 2024-05-30 (a)", "conditional 2024-05-30 - (b)"],
    ),
    case(
        "silence that is past shows nothing",
        sets("a", "conditional", "2024-05-30", prior="undisclosed"),
        positions=["conditional 2024-05-30 - (a)"],
    ),
    case(
        "a refusal that is past shows nothing of use",
        sets("a", "conditional", "2024-05-30", prior="withheld"),
        positions=["conditional 2024-05-30 - (a)"],
    ),
    case(
        "but of supply",
        sets("a", "conditional", "2024-05-30", prior="withheld"),
        positions=["withheld< 2024-05-29 2024-05-30 (a)", "supplied 2024-05-30 - (a)"],
        at=line(track=Track.SUPPLY),
    ),
    case(
        "what was past before a general turn ended the rule is not shown again",
        sets("a", "banned", "2022-06-01"),
        sets("m", "banned", "2023-10-17", weapon="atacms"),
        sets("b", "conditional", "2024-05-30"),
        sets("n", "conditional", "2024-05-30", weapon="atacms", prior="banned", published="2024-07-01"),
        positions=["banned 2023-10-17 2024-05-30 (m)", "conditional 2024-05-30 - (n)"],
        at=line("atacms"),
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), CASES)
def test_nothing_in_force(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)


def test_what_is_past_has_none_of_the_limits_of_what_follows() -> None:
    claims = [sets("a", "conditional", "2024-05-30", prior="banned", conditions="counter_fire", areas="RU-KRS")]
    before, after = derive(claims, weapons=TREE).positions
    assert before.limits == ()
    assert len(limits_told(after.limits)) == 2


@pytest.mark.parametrize(
    ("day", "answers"), [("2024-04-30", False), ("2024-05-01", False), ("2024-05-30", False), ("2024-05-31", True)]
)
def test_reads_answer_from_the_last_day_of_an_imprecise_start(day: str, answers: bool) -> None:
    (position,) = derive([sets("a", "banned", "2024-05", published="2024-07-01")], weapons=TREE).positions
    assert position.covers(date.fromisoformat(day)) is answers
    assert (position.starts.earliest, position.starts.latest) == (date(2024, 5, 1), date(2024, 5, 31))


def test_the_former_position_answers_until_then() -> None:
    claims = [sets("a", "banned", "2022-06-01"), sets("b", "conditional", "2024-05", published="2024-07-01")]
    before, after = derive(claims, weapons=TREE).positions
    assert before.until == after.first_day == date(2024, 5, 31)
    assert before.ends == after.starts
