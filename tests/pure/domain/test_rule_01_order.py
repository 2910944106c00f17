"""Rule 1: claims are taken by publication, then by act, silence last, then by their key."""

import pytest

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from restrictions.domain.ordering import in_order
from restrictions.domain.positions import Record
from tests.pure.domain.claims import TREE, denies, reaffirms, sets


@pytest.mark.parametrize(
    "in_turn",
    [
        pytest.param(
            [sets("b", "banned", "2024-05-01"), sets("a", "banned", "2024-05-02")], id="by publication before the key"
        ),
        pytest.param(
            [
                sets("b", "banned", "2024-05-20", published="2024-05-20"),
                sets("a", "banned", "2024-05-01", published="2024-05-21"),
            ],
            id="by publication, not by the day it speaks of",
        ),
        pytest.param(
            [sets("b", "banned", "2024-05-30"), sets("a", "banned", "2024-05-01", published="2024-05")],
            id="a window counts by its last day",
        ),
        pytest.param(
            [sets("a", "banned", "2024-05-01", published="2024-05"), sets("b", "banned", "2024-06-01")],
            id="a window comes before the day after it",
        ),
        pytest.param(
            [
                sets("c", "banned", "2024-05-01"),
                reaffirms("b", "banned", "2024-05-01"),
                denies("a", "banned", "2024-05-01"),
            ],
            id="on one day sets, reaffirms, denies",
        ),
        pytest.param(
            [
                sets("c", "banned", "2024-05-01"),
                sets("b", "undisclosed", "2024-05-01"),
                reaffirms("a", "banned", "2024-05-01"),
            ],
            id="silence is last of its act, not of its day",
        ),
        pytest.param(
            [sets("b", "allowed", "2024-05-01"), sets("a", "banned", "2024-05-01", areas="RU-MOW")],
            id="what is excepted follows what it is excepted from",
        ),
        pytest.param(
            [
                sets("a", "banned", "2024-05-01", areas="UA-63", area_role="defended"),
                sets("b", "allowed", "2024-05-01"),
            ],
            id="a ban around a region that is defended is no exception",
        ),
        pytest.param([sets("a", "banned", "2024-05-01"), sets("b", "allowed", "2024-05-01")], id="then by the key"),
    ],
)
def test_claims_are_taken_in_one_order_however_they_came(in_turn: list[Claim]) -> None:
    assert in_order(in_turn) == in_turn
    assert in_order(reversed(in_turn)) == in_turn


def test_retracted_claims_count_for_nothing() -> None:
    kept = sets("a", "banned", "2024-05-01")
    assert in_order([sets("b", "allowed", "2024-06-01", retracted=True), kept]) == [kept]


def test_without_claims_nothing_follows() -> None:
    assert derive([], weapons=TREE) == Record()
    assert derive([sets("a", "banned", "2024-05-01", retracted=True)], weapons=TREE) == Record()


def test_a_weapon_that_the_tree_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError, match="trebuchet"):
        derive([sets("a", "banned", "2024-05-01", weapon="trebuchet")], weapons=TREE)
