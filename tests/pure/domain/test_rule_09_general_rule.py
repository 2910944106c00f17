"""Rule 9: narrower rules of the former status end with the general rule, unless they are upheld."""

import pytest

from restrictions.domain.claims import Claim, Line
from restrictions.domain.vocabulary import Role
from tests.pure.domain.claims import case, denies, line, outcome, reaffirms, sets

ATACMS = line("atacms")
GENERAL = sets("a", "banned", "2022-06-01")
TURN = sets("b", "conditional", "2024-05-30")
OWN = sets("m", "banned", "2023-10-17", weapon="atacms")
ENDED = ["banned 2023-10-17 2024-05-30 (m)"]
STAYS = "banned 2023-10-17 - (m)"

CASES = [
    case("a narrower rule of the former status ends with it", GENERAL, OWN, TURN, positions=ENDED, at=ATACMS),
    case("no turn, no end", GENERAL, OWN, positions=[STAYS], at=ATACMS),
    case(
        "a narrower rule of another status is an exception and stays",
        GENERAL,
        sets("m", "conditional", "2023-10-17", weapon="atacms"),
        sets("b", "allowed", "2024-05-30"),
        positions=["conditional 2023-10-17 - (m)"],
        at=ATACMS,
    ),
    case(
        "a claim of that day upholds it",
        GENERAL,
        OWN,
        TURN,
        reaffirms("n", "banned", "2024-05-30", weapon="atacms"),
        positions=["banned 2023-10-17 - (m n)"],
        at=ATACMS,
    ),
    case(
        "so does a later one",
        GENERAL,
        OWN,
        TURN,
        reaffirms("n", "banned", "2024-08-01", weapon="atacms", by="media"),
        positions=["banned 2023-10-17 - (m n)"],
        at=ATACMS,
    ),
    case(
        "and a denial",
        GENERAL,
        OWN,
        TURN,
        denies("n", "banned", "2024-06-01", weapon="atacms"),
        positions=["banned 2023-10-17 - (m n)"],
        at=ATACMS,
    ),
    case(
        "a claim of the day before does not",
        GENERAL,
        OWN,
        TURN,
        reaffirms("n", "banned", "2024-05-29", weapon="atacms"),
        positions=["banned 2023-10-17 2024-05-30 (m n)"],
        at=ATACMS,
    ),
    case(
        "a new ban later does not uphold the old one: it opens again",
        GENERAL,
        OWN,
        TURN,
        sets("n", "banned", "2024-09-01", weapon="atacms"),
        positions=[*ENDED, "banned 2024-09-01 - (n)"],
        at=ATACMS,
    ),
    case(
        "a ban that is stated only after another decision upholds what came then",
        GENERAL,
        OWN,
        TURN,
        sets("n", "conditional", "2024-11-17", weapon="atacms"),
        sets("o", "banned", "2025-03-01", weapon="atacms"),
        reaffirms("q", "banned", "2025-03-10", weapon="atacms"),
        positions=[*ENDED, "conditional 2024-11-17 2025-03-01 (n)", "banned 2025-03-01 - (o q)"],
        at=ATACMS,
    ),
    case(
        "what ended so follows the general rule until a rule of its own",
        GENERAL,
        OWN,
        TURN,
        sets("n", "allowed", "2024-11-17", weapon="atacms"),
        positions=[*ENDED, "allowed 2024-11-17 - (n)"],
        at=ATACMS,
    ),
    case(
        "a later report of what ended so still dates its start",
        GENERAL,
        sets("m", "banned", "2023-10", weapon="atacms"),
        TURN,
        sets("n", "allowed", "2024-11-17", weapon="atacms"),
        sets("o", "banned", "2023-10-17", weapon="atacms", published="2025-01-10"),
        positions=["banned 2023-10-17 2024-05-30 (m o)", "allowed 2024-11-17 - (n)"],
        at=ATACMS,
    ),
    case(
        "a narrower rule that began on that day is not ended by it",
        GENERAL,
        sets("m", "banned", "2024-05-30", weapon="atacms"),
        TURN,
        positions=["banned 2024-05-30 - (m)"],
        at=ATACMS,
    ),
    case(
        "a turn in limits alone ends nothing",
        sets("a", "conditional", "2024-05-30", conditions="border_zone"),
        sets("m", "conditional", "2024-06-01", weapon="atacms"),
        sets("b", "conditional", "2024-11-17", prior="conditional"),
        positions=["conditional 2024-06-01 - (m)"],
        at=ATACMS,
    ),
    case(
        "a class's turn ends its system's rule",
        sets("a", "banned", "2022-06-01", weapon="ballistic_missile"),
        OWN,
        sets("b", "conditional", "2024-05-30", weapon="ballistic_missile"),
        positions=ENDED,
        at=ATACMS,
    ),
    case(
        "the long-range rule covers a rocket of that range",
        sets("a", "banned", "2022-06-01", weapon="long_range"),
        sets("m", "banned", "2023-10-17", weapon="glsdb"),
        sets("b", "conditional", "2024-05-30", weapon="long_range"),
        positions=ENDED,
        at=line("glsdb"),
    ),
    case(
        "and not one of short range",
        sets("a", "banned", "2022-06-01", weapon="long_range"),
        sets("m", "banned", "2023-10-17", weapon="himars"),
        sets("b", "conditional", "2024-05-30", weapon="long_range"),
        positions=[STAYS],
        at=line("himars"),
    ),
    case(
        "a system's turn ends nothing wider",
        sets("a", "banned", "2022-06-01", weapon="ballistic_missile"),
        OWN,
        sets("b", "conditional", "2024-05-30", weapon="atacms"),
        positions=["banned 2022-06-01 - (a)"],
        at=line("ballistic_missile"),
    ),
    case(
        "across roles",
        GENERAL,
        sets("m", "banned", "2023-10-17", weapon="storm_shadow", role="consent"),
        TURN,
        positions=ENDED,
        at=line("storm_shadow", role=Role.CONSENT),
    ),
    case(
        "a turn shown by its former status alone counts too",
        OWN,
        sets("b", "conditional", "2024-05-30", prior="banned"),
        positions=ENDED,
        at=ATACMS,
    ),
    case(
        "the first word on the general rule is no turn",
        OWN,
        TURN,
        positions=[STAYS],
        at=ATACMS,
    ),
    case(
        "what is contested about it ends with it",
        GENERAL,
        OWN,
        reaffirms("n", "banned", "2024-05-01", weapon="atacms"),
        reaffirms("x", "allowed", "2024-05-10", weapon="atacms"),
        TURN,
        positions=["banned! 2023-10-17 2024-05-30 (m n)"],
        disputes=["2024-05-10 2024-05-30 banned (m n) / allowed (x) turned 8"],
        at=ATACMS,
    ),
    case(
        "a rule that opens after such an end does not reach back into it",
        GENERAL,
        OWN,
        TURN,
        reaffirms("n", "conditional", "2024-06-01~", weapon="atacms", published="2024-07-01"),
        sets("o", "conditional", "2024-05-20", weapon="atacms", published="2024-07-02"),
        positions=[*ENDED, "conditional 2024-05-30 - (n o)"],
        at=ATACMS,
    ),
]


@pytest.mark.parametrize(("claims", "positions", "disputes", "at"), CASES)
def test_the_general_rule(claims: list[Claim], positions: list[str], disputes: list[str], at: Line) -> None:
    assert outcome(claims, at) == (positions, disputes)


def test_supply_has_no_general_rule() -> None:
    claims = [
        sets("a", "withheld", "2022-06-01"),
        sets("m", "withheld", "2022-06-01", weapon="atacms"),
        sets("b", "supplied", "2023-06-01"),
    ]
    at = claims[1].line
    assert outcome(claims, at) == (["withheld 2022-06-01 - (m)"], [])
