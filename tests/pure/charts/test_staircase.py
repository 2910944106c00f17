"""The falling staircase: where it falls, how days are spread, what is labelled."""

import pytest

from dashboard.charts.staircase import BEFORE, HEIGHT, WIDTH, Staircase, staircase
from restrictions.domain.survival import Observation, kaplan_meier


def drawn(text: str) -> Staircase:
    """The drawing of these days of moves; "+" had not moved by then."""
    seen = [Observation(int(word.rstrip("+")), not word.endswith("+")) for word in text.split()]
    found = staircase(kaplan_meier(seen))
    assert found
    return found


def test_it_starts_before_the_first_day_at_all_and_falls_with_each_move() -> None:
    curve = drawn("0 50 100+ 100+")
    assert curve.line == f"M-{BEFORE} 0.0 L0.0 0.0 L0.0 75.0 L500.0 75.0 L500.0 150.0 L{WIDTH}.0 150.0 L{WIDTH}.0 150.0"
    assert [(fall.days, fall.top, fall.y) for fall in curve.drops] == [(0, 0.0, 75.0), (50, 75.0, 150.0)]
    assert curve.losses == ((float(WIDTH), 150.0),)
    assert curve.shares == ((0.0, 100), (150.0, 50), (float(HEIGHT), 0))


def test_the_band_lies_about_the_line_and_closes_where_no_spread_is_known() -> None:
    curve = drawn("0 50 100")
    points = [tuple(map(float, point.split())) for point in curve.band.strip("MZ ").split(" L")]
    assert points[0] == points[-1] == (-BEFORE, 0.0)
    assert points[len(points) // 2] == points[len(points) // 2 - 1] == (WIDTH, HEIGHT)


def test_early_moves_are_drawn_wider_apart_where_they_crowd() -> None:
    crowded, even = drawn("0 2 3 900+"), drawn("0 400 500 900+")
    assert (crowded.stretched, even.stretched) == (True, False)
    assert crowded.drops[1].x > 100
    assert even.drops[1].x == pytest.approx(444.4)
    assert [tick.days for tick in crowded.ticks] == [0, 1, 7, 30, 90, 365, 900]
    assert [tick.days for tick in even.ticks] == [0, 180, 360, 540, 720, 900]


def test_a_label_near_the_right_edge_stands_to_its_left() -> None:
    assert [fall.anchor for fall in drawn("0 90 100+").drops] == ["start", "end"]


def test_labels_of_the_axis_do_not_touch_the_last_one() -> None:
    assert [tick.days for tick in drawn("0 300 366+").ticks] == [0, 90, 180, 270, 366]
    assert [tick.days for tick in drawn("0 30000").ticks][-2:] == [25550 // 3650 * 3650, 30000]


@pytest.mark.parametrize("text", ["", "0", "0 0+"])
def test_nothing_to_draw(text: str) -> None:
    assert staircase(kaplan_meier([Observation(0, moved=word == "0") for word in text.split()])) is None
