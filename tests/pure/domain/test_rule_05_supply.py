"""Rule 5: what ends a refusal, what pauses, what is refused in part, and use of which nothing is said."""

from dataclasses import replace

import pytest

from restrictions.domain.claims import Claim, Line
from restrictions.domain.derivation import derive
from restrictions.domain.vocabulary import Role, Track
from tests.pure.domain.claims import TREE, case, denies, limits_told, line, outcome, reaffirms, sets, told

SUPPLY = line(track=Track.SUPPLY)
ATACMS = line("atacms", track=Track.SUPPLY)
BALLISTIC = line("ballistic_missile", track=Track.SUPPLY)
HIMARS = line("himars", track=Track.SUPPLY)

REFUSED = sets("a", "withheld", "2022-06-01", weapon="atacms")
PAUSED = sets("p", "withheld", "2024-03-01", weapon="atacms", conditions="temporary")
DELIVERED = sets("s", "supplied", "2023-01-01")

SUPPLY_CASES = [
    case(
        "a rule of use whose text says that it was refused until then ends the refusal",
        REFUSED,
        sets("b", "conditional", "2024-04-01", weapon="atacms", prior="withheld"),
        positions=["withheld 2022-06-01 2024-04-01 (a)", "supplied 2024-04-01 - (b)"],
        at=ATACMS,
    ),
    case(
        "so does a word for a standing rule",
        REFUSED,
        reaffirms("b", "banned", "2024-04-01", weapon="atacms", prior="withheld"),
        positions=["withheld 2022-06-01 2024-04-01 (a)", "supplied 2024-04-01 - (b)"],
        at=ATACMS,
    ),
    case(
        "and a delivery",
        REFUSED,
        sets("b", "supplied", "2024-04-01", weapon="atacms", prior="withheld"),
        positions=["withheld 2022-06-01 2024-04-01 (a)", "supplied 2024-04-01 - (b)"],
        at=ATACMS,
    ),
    case(
        "a rule of use alone does not end a refusal",
        REFUSED,
        sets("b", "banned", "2024-04-01", weapon="atacms", prior="allowed"),
        positions=["withheld 2022-06-01 - (a)"],
        at=ATACMS,
    ),
    case(
        "an official rule of use confirms the supply",
        sets("a", "supplied", "2023-01-01", weapon="atacms", by="media"),
        sets("b", "banned", "2023-06-01", weapon="atacms"),
        positions=["supplied 2023-01-01 - (a b)"],
        at=ATACMS,
    ),
    case(
        "a rule of use that the press reports does not",
        sets("a", "supplied", "2023-01-01", weapon="atacms", by="media"),
        sets("b", "banned", "2023-06-01", weapon="atacms", by="media"),
        positions=["supplied? 2023-01-01 - (a)"],
        at=ATACMS,
    ),
    case(
        "nor does another state's consent",
        sets("a", "supplied", "2023-01-01", weapon="atacms", by="media"),
        sets("b", "banned", "2023-06-01", weapon="atacms", role="consent"),
        positions=["supplied? 2023-01-01 - (a)"],
        at=ATACMS,
    ),
    case(
        "a rule of use before any delivery is known makes no delivery",
        sets("b", "banned", "2023-06-01", weapon="atacms"),
        positions=[],
        at=ATACMS,
    ),
    case(
        "resuming a class ends the pauses of its systems",
        PAUSED,
        sets("b", "supplied", "2024-05-01", weapon="ballistic_missile"),
        positions=["withheld 2024-03-01 2024-05-01 (p)", "supplied 2024-05-01 - (b)"],
        at=ATACMS,
    ),
    case(
        "and those of its classes' systems",
        PAUSED,
        sets("b", "supplied", "2024-05-01", weapon="long_range"),
        positions=["withheld 2024-03-01 2024-05-01 (p)", "supplied 2024-05-01 - (b)"],
        at=ATACMS,
    ),
    case(
        "resuming everything ends no pause of a system",
        PAUSED,
        sets("b", "supplied", "2024-05-01"),
        positions=["withheld 2024-03-01 - (p)"],
        at=ATACMS,
    ),
    case(
        "resuming a class does not end a refusal that was no pause",
        REFUSED,
        sets("b", "supplied", "2024-05-01", weapon="ballistic_missile"),
        positions=["withheld 2022-06-01 - (a)"],
        at=ATACMS,
    ),
    case(
        "a word that a class is supplied resumes nothing",
        PAUSED,
        reaffirms("b", "supplied", "2024-05-01", weapon="ballistic_missile"),
        positions=["withheld 2024-03-01 - (p)"],
        at=ATACMS,
    ),
    case(
        "resuming another class ends nothing here",
        PAUSED,
        sets("b", "supplied", "2024-05-01", weapon="rocket_artillery"),
        positions=["withheld 2024-03-01 - (p)"],
        at=ATACMS,
    ),
    case(
        "a class resumed before the pause does not end it",
        PAUSED,
        sets("b", "supplied", "2024-02-01", weapon="ballistic_missile", published="2024-04-01"),
        positions=["withheld 2024-03-01 - (p)"],
        at=ATACMS,
    ),
    case(
        "a refusal in part is a limit on what is supplied",
        DELIVERED,
        sets("b", "withheld", "2024-05-01", conditions="partial"),
        positions=["supplied 2023-01-01 - (s b)"],
        at=SUPPLY,
    ),
    case(
        "a refusal in part that changes the rule, by its own words, is a turn in limits",
        DELIVERED,
        sets("b", "withheld", "2024-05-01", conditions="partial", prior="supplied"),
        positions=["supplied 2023-01-01 2024-05-01 (s)", "supplied 2024-05-01 - (b)"],
        at=SUPPLY,
    ),
    case(
        "it ends where deliveries resume",
        DELIVERED,
        sets("b", "withheld", "2024-05-01", conditions="partial", prior="supplied"),
        sets("c", "supplied", "2024-09-01", prior="withheld"),
        positions=[
            "supplied 2023-01-01 2024-05-01 (s)",
            "supplied 2024-05-01 2024-09-01 (b)",
            "supplied 2024-09-01 - (c)",
        ],
        at=SUPPLY,
    ),
    case(
        "a whole refusal turns",
        DELIVERED,
        sets("b", "withheld", "2024-05-01"),
        positions=["supplied 2023-01-01 2024-05-01 (s)", "withheld 2024-05-01 - (b)"],
        at=SUPPLY,
    ),
    case(
        "a whole refusal, merely stated, contests",
        DELIVERED,
        reaffirms("t", "supplied", "2024-04-01"),
        reaffirms("b", "withheld", "2024-05-01"),
        positions=["supplied! 2023-01-01 - (s t)"],
        disputes=["2024-05-01 - supplied (s t) / withheld (b) open 8"],
        at=SUPPLY,
    ),
    case(
        "with nothing in force a refusal in part is a refusal",
        sets("b", "withheld", "2024-05-01", conditions="partial"),
        positions=["withheld 2024-05-01 - (b)"],
        at=SUPPLY,
    ),
    case(
        "and a word that deliveries go on agrees with it",
        sets("b", "withheld", "2024-05-01", conditions="partial"),
        reaffirms("c", "supplied", "2024-05-10"),
        positions=["withheld 2024-05-01 - (b c)"],
        at=SUPPLY,
    ),
    case(
        "it does not agree with a whole refusal",
        sets("b", "withheld", "2024-05-01"),
        reaffirms("c", "supplied", "2024-05-10"),
        positions=["withheld! 2024-05-01 - (b)"],
        disputes=["2024-05-10 - withheld (b) / supplied (c) open 8"],
        at=SUPPLY,
    ),
    case(
        "a refusal in part with what was supplied before it shows both",
        sets("b", "withheld", "2024-05-01", conditions="partial", prior="supplied"),
        positions=["supplied< 2024-04-30 2024-05-01 (b)", "supplied 2024-05-01 - (b)"],
        at=SUPPLY,
    ),
    case(
        "a denial that deliveries stopped, though a part did, keeps the supply",
        DELIVERED,
        reaffirms("b", "withheld", "2024-05-01", conditions="partial"),
        denies("c", "supplied", "2024-05-02"),
        positions=["supplied 2023-01-01 - (s b c)"],
        at=SUPPLY,
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), SUPPLY_CASES)
def test_supply(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)


def test_what_is_refused_in_part_shows_as_a_limit() -> None:
    record = derive([DELIVERED, sets("b", "withheld", "2024-05-01", conditions="partial")], weapons=TREE)
    supply = record.positions[0]
    assert limits_told(supply.limits) == ["condition partial 2024-05-01 (b)"]


def test_a_rule_of_use_brings_no_limit_to_the_supply() -> None:
    record = derive([sets("b", "conditional", "2024-04-01", prior="withheld", conditions="counter_fire")], weapons=TREE)
    supply = next(position for position in record.positions if position.line == SUPPLY)
    assert supply.limits == ()


USE_CASES = [
    case("supplied, and nothing said", DELIVERED, positions=["unstated 2023-01-01 - (s)"]),
    case("refused, and nothing said", sets("a", "withheld", "2023-01-01"), positions=[]),
    case(
        "it yields to a rule of use",
        DELIVERED,
        sets("b", "banned", "2023-06-01"),
        positions=["unstated 2023-01-01 2023-06-01 (s)", "banned 2023-06-01 - (b)"],
    ),
    case(
        "whatever its act",
        DELIVERED,
        reaffirms("b", "banned", "2023-06-01", by="media"),
        positions=["unstated 2023-01-01 2023-06-01 (s)", "banned<? 2023-06-01 - (b)"],
    ),
    case(
        "and to a refusal to say",
        DELIVERED,
        reaffirms("b", "undisclosed", "2023-06-01"),
        positions=["unstated 2023-01-01 2023-06-01 (s)", "undisclosed< 2023-06-01 - (b)"],
    ),
    case(
        "a rule older than the delivery leaves no silence",
        sets("b", "banned", "2022-06-01"),
        DELIVERED,
        positions=["banned 2022-06-01 - (b)"],
    ),
    case(
        "a rule of the day of the delivery leaves no silence",
        sets("b", "banned", "2023-01-01", prior="withheld"),
        positions=["banned 2023-01-01 - (b)"],
    ),
    case(
        "a delivery that the press reports is silence on its word",
        sets("s", "supplied", "2023-01-01", by="media"),
        positions=["unstated? 2023-01-01 - (s)"],
    ),
    case(
        "refused until then, and nothing said on use: never allowed",
        sets("a", "withheld", "2022-06-01"),
        sets("b", "supplied", "2023-01-01", prior="withheld"),
        positions=["unstated 2023-01-01 - (b)"],
    ),
    case(
        "another weapon's rule is another line",
        DELIVERED,
        sets("b", "banned", "2023-06-01", weapon="atacms"),
        positions=["unstated 2023-01-01 - (s)"],
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), USE_CASES)
def test_use_of_which_nothing_is_said(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)


def test_nothing_is_unstated_where_no_war_is_fought_on_enemy_land() -> None:
    claim = sets("s", "supplied", "2023-01-01")
    elsewhere = replace(claim, line=claim.line._replace(recipient="SA"))
    assert len(derive([elsewhere], weapons=TREE).positions) == 1


def test_a_state_that_must_agree_supplies_nothing() -> None:
    claims = [sets("s", "supplied", "2023-01-01", role="consent")]
    assert told(derive(claims, weapons=TREE), line(role=Role.CONSENT)) == []


def test_silence_on_use_begins_with_the_first_delivery_only() -> None:
    claims = [DELIVERED, sets("b", "withheld", "2023-06-01"), sets("c", "supplied", "2024-06-01", prior="withheld")]
    assert told(derive(claims, weapons=TREE)) == ["unstated 2023-01-01 - (s)"]
