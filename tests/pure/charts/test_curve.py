"""The stacked curve: areas that fill each other, turning points, years, the day asked about."""

from datetime import date
from itertools import pairwise

import pytest

from dashboard.charts.curve import HEIGHT, WIDTH, curve
from restrictions.domain.tallies import Tally
from restrictions.domain.vocabulary import Status

TODAY = date(2026, 1, 1)


def tally(day: str, **counts: int) -> Tally:
    return Tally(date.fromisoformat(day), {Status(name): count for name, count in counts.items()}, 0)


TALLIES = [
    tally("2022-01-01", banned=2),
    tally("2023-01-01", banned=2, allowed=3),
    tally("2025-07-01", banned=1, allowed=3, conditional=1, withheld=1),
]


def test_what_permits_most_stands_lowest_and_what_does_not_occur_is_not_drawn() -> None:
    drawn = curve(TALLIES, today=TODAY)
    assert drawn
    assert [area.status for area in drawn.areas] == ["allowed", "conditional", "banned", "withheld"]
    assert (drawn.most, drawn.marker(TODAY)) == (6, WIDTH)


def test_areas_begin_where_those_below_end() -> None:
    drawn = curve(TALLIES, today=TODAY)
    assert drawn
    edges = [area.path.strip("MZ ").split(" L") for area in drawn.areas]
    halves = [(edge[: len(edge) // 2], edge[len(edge) // 2 :][::-1]) for edge in edges]
    assert all(point.endswith(f" {float(HEIGHT)}") for point in halves[0][1])
    for (upper, _), (_, lower) in pairwise(halves):
        assert upper == lower


def test_days_with_several_new_rules_are_labelled_and_single_ones_are_not() -> None:
    drawn = curve(TALLIES, today=TODAY)
    assert drawn
    assert [(turn.day.year, turn.rules, turn.anchor) for turn in drawn.turns] == [(2023, 3, "start")]
    assert [tick.year for tick in drawn.years] == [2023, 2024, 2025, 2026]


@pytest.mark.parametrize(("day", "anchor"), [("2022-02-01", "start"), ("2025-12-01", "end")])
def test_a_label_stays_inside_the_drawing(day: str, anchor: str) -> None:
    drawn = curve([tally("2022-01-01", banned=1), tally(day, banned=1, allowed=2)], today=TODAY)
    assert drawn
    assert [turn.anchor for turn in drawn.turns] == [anchor]


def test_labels_that_would_cover_each_other_are_left_out() -> None:
    close = [tally("2022-01-01"), tally("2023-01-01", allowed=2), tally("2023-02-01", allowed=5)]
    drawn = curve(close, today=TODAY)
    assert drawn
    assert [turn.rules for turn in drawn.turns] == [3]
    assert drawn.marker(date(2021, 1, 1)) == 0


def test_nothing_to_draw() -> None:
    assert curve([], today=TODAY) is None
    assert curve([tally("2026-01-01", banned=1)], today=TODAY) is None
