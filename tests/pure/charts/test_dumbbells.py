"""Dumbbells: where each side stands, on places that permit more from left to right."""

from typing import Any

from dashboard.charts.dumbbells import HEAD, ROW, WIDTH, dumbbells
from restrictions.domain.comparing import Difference
from restrictions.domain.vocabulary import Status, Track
from restrictions.queries.compared import Comparison, DifferenceRow, Stated


def stated(status: str) -> Stated | None:
    return Stated(Status(status), status, "", 7, "since then") if status else None


def row(first: str, second: str, **changes: Any) -> DifferenceRow:
    values = {
        "supplier": "US",
        "supplier_name": "United States",
        "weapon": "any",
        "weapon_name": "All weapons",
    } | changes
    return DifferenceRow(
        **values, track=Track.USE, difference=Difference.MORE, first=stated(first), second=stated(second)
    )


def test_places_are_those_that_occur_in_order_and_evenly_spread() -> None:
    drawn = dumbbells([row("banned", "conditional"), row("", "allowed")], most=9)
    assert drawn
    assert [place.status for place in drawn.places] == [None, "banned", "conditional", "allowed"]
    assert [place.x for place in drawn.places] == [70.0, 236.7, 403.3, 570.0]
    assert [(bell.first, bell.second, bell.y) for bell in drawn.rows] == [
        (236.7, 403.3, HEAD),
        (70.0, 570.0, HEAD + ROW),
    ]
    assert (drawn.height, drawn.left_out) == (HEAD + 2 * ROW, 0)


def test_the_same_status_stands_once_and_a_single_place_in_the_middle() -> None:
    drawn = dumbbells([row("banned", "banned")], most=9)
    assert drawn
    assert [(bell.first, bell.limits) for bell in drawn.rows] == [(WIDTH / 2, True)]


def test_what_has_no_room_is_counted() -> None:
    drawn = dumbbells([row("banned", "allowed")] * 3, most=2)
    assert drawn
    assert (len(drawn.rows), drawn.left_out) == (2, 1)
    assert dumbbells([], most=2) is None


def test_a_row_is_named_by_supplier_and_weapon_and_by_the_weapon_alone_between_suppliers() -> None:
    assert row("", "banned").name == "United States"
    assert row("", "banned", weapon="atacms", weapon_name="ATACMS").name == "United States · ATACMS"
    assert row("", "banned", supplier="", supplier_name="").name == "All weapons"


def test_only_what_both_sides_say_can_differ_by_a_word() -> None:
    one_sided, both = row("", "allowed"), row("banned", "allowed")
    assert Comparison((one_sided, both), 0).both_say == (both,)
