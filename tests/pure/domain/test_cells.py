"""One cell of the matrix: the rule of use, else the refusal, else a delivery on which nothing is said, else nothing."""

from datetime import date

import pytest

from restrictions.domain.cells import Cell, Cells
from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from tests.pure.domain.claims import TREE, sets

DAY = date(2024, 6, 1)
GENERAL = sets("a", "banned", "2022-06-01")
DELIVERED_LATER = sets("d", "supplied", "2025-01-01", weapon="atacms")
OWN = sets("o", "banned", "2023-01-01", weapon="atacms")


def cell(*claims: Claim, weapon: str = "atacms", day: date = DAY) -> Cell:
    positions = derive(claims, weapons=TREE).positions
    return Cells(positions, positions, TREE, territory="RU").at(weapon, day)


@pytest.mark.parametrize(
    ("claims", "status", "level", "supply"),
    [
        pytest.param([OWN], "banned", "atacms", None, id="a rule of use"),
        pytest.param(
            [GENERAL, sets("s", "supplied", "2023-01-01", weapon="atacms")],
            "banned",
            "any",
            "supplied",
            id="a wider rule where it is supplied",
        ),
        pytest.param([GENERAL], None, "", None, id="and nothing where it is not"),
        pytest.param(
            [GENERAL, sets("w", "withheld", "2023-01-01", weapon="atacms")],
            "withheld",
            "atacms",
            "withheld",
            id="a refusal where no rule of use answers",
        ),
        pytest.param(
            [sets("w", "withheld", "2023-01-01", weapon="ballistic_missile"), DELIVERED_LATER],
            "withheld",
            "ballistic_missile",
            "withheld",
            id="also that of its class, where the record names the weapon",
        ),
        pytest.param(
            [sets("w", "withheld", "2023-01-01", weapon="ballistic_missile")],
            None,
            "",
            None,
            id="a refusal of a class says nothing of others' systems",
        ),
        pytest.param(
            [OWN, sets("w", "withheld", "2024-01-01", weapon="atacms")],
            "banned",
            "atacms",
            "withheld",
            id="a rule of its own beside a refusal",
        ),
        pytest.param(
            [sets("s", "supplied", "2023-01-01", weapon="atacms")],
            "unstated",
            "atacms",
            "supplied",
            id="a delivery on which nothing is said",
        ),
        pytest.param([], None, "", None, id="nothing at all"),
    ],
)
def test_what_a_cell_says(claims: list[Claim], status: str | None, level: str, supply: str | None) -> None:
    found = cell(*claims)
    assert (found.status, found.answer.level, found.supply) == (status, level, supply)


def test_a_consent_binds_on_its_territory_alone() -> None:
    own = sets("g", "allowed", "2024-01-01", weapon="storm_shadow")
    consent = sets("u", "conditional", "2024-01-01", weapon="storm_shadow", role="consent")
    found = cell(own, consent, weapon="storm_shadow")
    assert (found.status, found.binding.status, len(found.binding.consents)) == ("allowed", "conditional", 1)
    positions = derive([own, consent], weapons=TREE).positions
    assert Cells(positions, positions, TREE, territory="UA").at("storm_shadow", DAY).answer.position is None


def test_inside_an_imprecise_start_both_statuses_are_possible() -> None:
    claims = (sets("a", "banned", "2023-01-01"), sets("b", "conditional", "2024-05", published="2024-06-03"))
    inside = cell(*claims, weapon="any", day=date(2024, 5, 15))
    assert (inside.status, inside.possible) == ("banned", ("conditional",))
    assert cell(*claims, weapon="any", day=date(2024, 4, 30)).possible == ()
    after = cell(*claims, weapon="any", day=date(2024, 5, 31))
    assert (after.status, after.possible) == ("conditional", ())
