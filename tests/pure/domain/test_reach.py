"""What a rule of use says of each region on a day."""

from datetime import date

import pytest

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from restrictions.domain.reach import Reach, reach
from tests.pure.domain.claims import TREE, reaffirms, sets

DAY = date(2024, 6, 1)
LAND = ("RU-BEL", "RU-KRS", "RU-MOW")


def reach_of(*claims: Claim, day: date = DAY) -> Reach:
    position = next(one for one in derive(claims, weapons=TREE).positions if one.covers(day))
    return reach(position, LAND, on=day)


def said(found: Reach) -> list[str | None]:
    return [found.regions[region] for region in LAND]


def test_a_rule_without_areas_is_the_same_everywhere() -> None:
    found = reach_of(sets("a", "banned", "2022-06-01"))
    assert said(found) == ["banned"] * 3
    assert (found.defended, found.depth_km) == (frozenset(), None)


def test_a_rule_for_target_areas_says_nothing_of_the_others() -> None:
    found = reach_of(sets("a", "conditional", "2024-05-30", areas="RU-KRS", area_role="target"))
    assert said(found) == [None, "conditional", None]


def test_a_region_to_be_defended_limits_no_place_of_fire() -> None:
    found = reach_of(sets("a", "conditional", "2024-05-30", areas="UA-63", area_role="defended"))
    assert said(found) == ["conditional"] * 3
    assert found.defended == {"UA-63"}


def test_what_a_permission_leaves_out_is_banned() -> None:
    permission = sets("a", "allowed", "2024-05-30")
    exception = sets("b", "banned", "2024-05-30", areas="RU-MOW", area_role="target")
    assert said(reach_of(permission, exception)) == ["allowed", "allowed", "banned"]


def test_a_depth_is_the_least_one_stated() -> None:
    found = reach_of(
        sets("a", "conditional", "2024-05-30", conditions="depth_limit", depth_km=100),
        reaffirms("b", "conditional", "2024-05-31", conditions="depth_limit", depth_km=80),
    )
    assert found.depth_km == 80


@pytest.mark.parametrize(("day", "depth"), [(date(2024, 5, 30), None), (date(2024, 6, 9), 100)])
def test_a_limit_counts_from_the_day_on_which_it_holds(day: date, depth: int | None) -> None:
    found = reach_of(
        sets("a", "conditional", "2024-05-30"),
        reaffirms("b", "conditional", "2024-06-05", conditions="depth_limit", depth_km=100),
        day=day,
    )
    assert found.depth_km == depth
