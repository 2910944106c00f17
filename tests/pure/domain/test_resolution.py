"""Which rule answers for a weapon on a day, what binds once consents are counted, and answers over time."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from restrictions.domain.resolution import Answer, Rules, Segment, binding, consents_on, in_force
from restrictions.domain.vocabulary import Status
from tests.pure.domain.claims import TREE, reaffirms, sets
from tests.pure.domain.histories import histories
from tests.pure.domain.test_properties import some

DAY = date(2024, 6, 1)


def rules(*claims: Claim) -> Rules:
    return Rules(derive(claims, weapons=TREE).positions, TREE, territory="RU")


def answer(found: Answer) -> str:
    return f"{found.status} by {found.level}" if found.position else "nothing"


def delivered(weapon: str, since: str = "2023-01-01") -> Claim:
    return sets(f"s-{weapon}", "supplied", since, weapon=weapon)


GENERAL = sets("a", "banned", "2022-06-01")
LONG_RANGE = sets("l", "conditional", "2022-06-01", weapon="long_range")
BALLISTIC = sets("k", "allowed", "2022-06-01", weapon="ballistic_missile")
ROCKETS = sets("r", "allowed", "2022-06-01", weapon="rocket_artillery")
OWN = sets("m", "banned", "2022-07-01", weapon="atacms")


@pytest.mark.parametrize(
    ("claims", "weapon", "expected"),
    [
        pytest.param([GENERAL, BALLISTIC, OWN], "atacms", "banned by atacms", id="its own rule first"),
        pytest.param(
            [GENERAL, LONG_RANGE, BALLISTIC, delivered("atacms")],
            "atacms",
            "allowed by ballistic_missile",
            id="then its class's",
        ),
        pytest.param(
            [GENERAL, LONG_RANGE, delivered("atacms")], "atacms", "conditional by long_range", id="then long range"
        ),
        pytest.param([GENERAL, delivered("atacms")], "atacms", "banned by any", id="then the general one"),
        pytest.param(
            [GENERAL, LONG_RANGE, delivered("himars")], "himars", "banned by any", id="short range asks no long range"
        ),
        pytest.param(
            [GENERAL, LONG_RANGE, ROCKETS, delivered("glsdb")],
            "glsdb",
            "allowed by rocket_artillery",
            id="a rocket of long range asks its class first",
        ),
        pytest.param(
            [GENERAL, LONG_RANGE, delivered("glsdb")], "glsdb", "conditional by long_range", id="then long range too"
        ),
        pytest.param([GENERAL], "any", "banned by any", id="the general rule answers for itself"),
        pytest.param([GENERAL], "atacms", "nothing", id="a rule is inherited only where the weapon is supplied"),
        pytest.param(
            [GENERAL, sets("w", "withheld", "2022-06-01", weapon="atacms")],
            "atacms",
            "nothing",
            id="refused is not supplied",
        ),
        pytest.param([GENERAL, delivered("atacms", "2024-07-01")], "atacms", "nothing", id="nor is what came later"),
        pytest.param(
            [GENERAL, delivered("atacms"), sets("w", "withheld", "2024-05-01", weapon="atacms")],
            "atacms",
            "unstated by atacms",
            id="a wider rule is not inherited while deliveries are refused",
        ),
        pytest.param(
            [
                GENERAL,
                sets("m", "banned", "2023-01-01", weapon="himars"),
                sets("b", "conditional", "2024-05-30"),
            ],
            "himars",
            "conditional by any",
            id="a rule of its own, now ended, shows that it was supplied",
        ),
        pytest.param([OWN], "any", "nothing", id="a narrow rule answers for nothing wider"),
        pytest.param([delivered("atacms")], "atacms", "unstated by atacms", id="nothing said"),
        pytest.param(
            [delivered("atacms"), delivered("any")], "atacms", "unstated by atacms", id="nothing said, by the narrowest"
        ),
        pytest.param(
            [reaffirms("u", "undisclosed", "2024-01-01", weapon="atacms"), GENERAL],
            "atacms",
            "undisclosed by atacms",
            id="a refusal to say answers for itself",
        ),
        pytest.param([sets("c", "banned", "2022-06-01", role="consent")], "any", "nothing", id="a consent is no rule"),
    ],
)
def test_the_rule_of_use(claims: list[Claim], weapon: str, expected: str) -> None:
    assert answer(rules(*claims).use(weapon, DAY)) == expected


def test_rules_for_another_territory_do_not_answer() -> None:
    found = derive([GENERAL], weapons=TREE).positions
    assert answer(Rules(found, TREE, territory="BY").use("any", DAY)) == "nothing"


@pytest.mark.parametrize(
    ("claims", "weapon", "expected"),
    [
        pytest.param([delivered("atacms")], "atacms", "supplied by atacms", id="its own"),
        pytest.param([delivered("any")], "atacms", "nothing", id="supplies in general supply no system"),
        pytest.param(
            [sets("w", "withheld", "2023-01-01", weapon="ballistic_missile")],
            "atacms",
            "withheld by ballistic_missile",
            id="a class refused",
        ),
        pytest.param(
            [delivered("atacms"), sets("w", "withheld", "2024-01-01", weapon="ballistic_missile")],
            "atacms",
            "supplied by atacms",
            id="a class refused does not outrank what is supplied",
        ),
        pytest.param(
            [delivered("atacms"), sets("w", "withheld", "2024-01-01", conditions="temporary")],
            "atacms",
            "withheld by any",
            id="a pause of everything does",
        ),
        pytest.param(
            [
                delivered("atacms"),
                sets("w", "withheld", "2024-01-01", weapon="ballistic_missile", conditions="temporary"),
            ],
            "atacms",
            "withheld by ballistic_missile",
            id="and a pause of the class",
        ),
        pytest.param(
            [
                delivered("atacms"),
                sets("v", "withheld", "2024-01-01", weapon="ballistic_missile", conditions="temporary"),
                sets("w", "withheld", "2024-01-01", conditions="temporary"),
            ],
            "atacms",
            "withheld by any",
            id="the widest pause answers",
        ),
        pytest.param(
            [delivered("atacms"), sets("w", "withheld", "2024-01-01", conditions="temporary partial")],
            "atacms",
            "supplied by atacms",
            id="a pause in part does not",
        ),
        pytest.param(
            [
                delivered("any"),
                delivered("atacms"),
                sets("w", "withheld", "2024-01-01", conditions="temporary"),
                sets("e", "supplied", "2024-05-01", prior="withheld"),
            ],
            "atacms",
            "supplied by atacms",
            id="once it is over, what was supplied is again",
        ),
        pytest.param([], "atacms", "nothing", id="nothing recorded"),
    ],
)
def test_supply(claims: list[Claim], weapon: str, expected: str) -> None:
    assert answer(rules(*claims).supply(weapon, DAY)) == expected


def test_a_pause_leaves_the_rules_of_use_alone() -> None:
    paused = rules(GENERAL, delivered("atacms"), sets("w", "withheld", "2024-01-01", conditions="temporary"))
    assert answer(paused.use("atacms", DAY)) == "banned by any"


@pytest.mark.parametrize(
    ("day", "covered"), [("2024-05-31", False), ("2024-06-01", True), ("2024-06-30", True), ("2024-07-01", False)]
)
def test_a_position_is_in_force_from_its_first_day_to_the_day_before_the_next(day: str, covered: bool) -> None:
    found = derive([sets("a", "banned", "2024-06-01"), sets("b", "allowed", "2024-07-01")], weapons=TREE).positions
    assert (in_force(found[:1], date.fromisoformat(day)) is not None) is covered


CONSENT = sets("u", "conditional", "2024-01-01", weapon="storm_shadow", role="consent")
PERMITTED = sets("g", "allowed", "2024-01-01", weapon="storm_shadow")


@pytest.mark.parametrize(
    ("claims", "status", "consents"),
    [
        pytest.param([PERMITTED], "allowed", 0, id="the supplier's rule alone"),
        pytest.param([PERMITTED, CONSENT], "conditional", 1, id="a consent that gives less binds"),
        pytest.param(
            [sets("g", "banned", "2024-01-01", weapon="storm_shadow"), CONSENT],
            "banned",
            1,
            id="a consent that gives more does not",
        ),
        pytest.param(
            [PERMITTED, sets("u", "banned", "2024-01-01", weapon="cruise_missile", role="consent")],
            "banned",
            1,
            id="a consent on its class counts",
        ),
        pytest.param(
            [PERMITTED, sets("u", "banned", "2024-01-01", weapon="long_range", role="consent")],
            "allowed",
            0,
            id="one on long range does not",
        ),
        pytest.param(
            [PERMITTED, sets("u", "banned", "2024-01-01", role="consent")], "allowed", 0, id="nor one on everything"
        ),
        pytest.param(
            [PERMITTED, sets("u", "banned", "2024-07-01", weapon="storm_shadow", role="consent")],
            "allowed",
            0,
            id="nor one that came later",
        ),
        pytest.param(
            [PERMITTED, reaffirms("u", "undisclosed", "2024-01-01", weapon="storm_shadow", role="consent")],
            None,
            1,
            id="a consent that nothing is known of makes it unknown",
        ),
        pytest.param(
            [sets("s", "supplied", "2024-01-01", weapon="storm_shadow"), CONSENT],
            "unstated",
            1,
            id="what the supplier leaves unsaid stays so",
        ),
        pytest.param([CONSENT], None, 1, id="no rule, no binding status"),
    ],
)
def test_what_binds(claims: list[Claim], status: str | None, consents: int) -> None:
    found = derive(claims, weapons=TREE).positions
    asked = consents_on("storm_shadow", DAY, found, TREE)
    bound = binding(Rules(found, TREE, territory="RU").use("storm_shadow", DAY), asked)
    assert (bound.status, len(bound.consents)) == (status, consents)


@pytest.mark.parametrize("weapon", ["cruise_missile", "any"])
def test_a_class_is_asked_for_its_own_consents_only(weapon: str) -> None:
    found = derive([CONSENT, sets("v", "banned", "2024-01-01", role="consent")], weapons=TREE).positions
    assert [item.line.weapon for item in consents_on(weapon, DAY, found, TREE)] == (["any"] if weapon == "any" else [])


def segments(found: Sequence[Segment]) -> list[str]:
    return [f"{item.position.status} by {item.level} {item.first} {item.until or '-'}" for item in found]


@pytest.mark.parametrize(
    ("claims", "weapon", "expected"),
    [
        pytest.param([], "atacms", [], id="nothing recorded"),
        pytest.param(
            [GENERAL, sets("b", "conditional", "2024-05-30")],
            "any",
            ["banned by any 2022-06-01 2024-05-30", "conditional by any 2024-05-30 -"],
            id="one rule after the other",
        ),
        pytest.param(
            [GENERAL, delivered("atacms", "2023-10-17"), sets("b", "conditional", "2024-05-30")],
            "atacms",
            ["banned by any 2023-10-17 2024-05-30", "conditional by any 2024-05-30 -"],
            id="inherited from the day it is supplied",
        ),
        pytest.param(
            [GENERAL, delivered("atacms", "2023-10-17"), reaffirms("m", "banned", "2024-05-30", weapon="atacms")],
            "atacms",
            ["banned by any 2023-10-17 2024-05-30", "banned by atacms 2024-05-30 -"],
            id="inherited, then its own",
        ),
        pytest.param(
            [
                GENERAL,
                delivered("atacms", "2023-10-17"),
                sets("w", "withheld", "2024-01-01", weapon="atacms"),
                sets("v", "supplied", "2024-03-01", weapon="atacms", prior="withheld"),
                sets("m", "banned", "2024-06-01", weapon="atacms"),
            ],
            "atacms",
            [
                "banned by any 2023-10-17 2024-01-01",
                "unstated by atacms 2024-01-01 2024-03-01",
                "banned by any 2024-03-01 2024-06-01",
                "banned by atacms 2024-06-01 -",
            ],
            id="with the days on which it was refused",
        ),
        pytest.param(
            [GENERAL, delivered("atacms", "2023-10-17"), BALLISTIC, sets("n", "banned", "2024-01-01", weapon="himars")],
            "himars",
            ["banned by himars 2024-01-01 -"],
            id="not before a rule of its own where no delivery is recorded",
        ),
    ],
)
def test_answers_over_time(claims: list[Claim], weapon: str, expected: list[str]) -> None:
    assert segments(rules(*claims).over_time(weapon)) == expected


@some
@given(histories)
def test_segments_divide_the_days_as_each_day_answers(claims: list[Claim]) -> None:
    found = rules(*claims)
    for weapon in ("any", "ballistic_missile", "atacms", "glsdb"):
        parts = found.over_time(weapon)
        for former, following in pairwise(parts):
            assert former.until is not None
            assert former.until <= following.first
            joined = former.until == following.first
            assert not joined or former.position is not following.position
        for part in parts:
            assert part.until is None or part.first < part.until
            assert found.use(weapon, part.first) == Answer(part.position, part.level)
        day = date(2024, 5, 30)
        on_the_day = [part for part in parts if part.first <= day and (part.until is None or day < part.until)]
        assert [part.position for part in on_the_day] == [item for item in [found.use(weapon, day).position] if item]


def test_the_status_of_an_answer_is_its_positions() -> None:
    assert Answer().status is None
    assert rules(GENERAL).use("any", DAY).status is Status.BANNED
