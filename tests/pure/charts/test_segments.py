"""Days of a bar, taken apart: what is sure, what is doubtful, what was long not confirmed."""

from datetime import date

from dashboard.charts.segments import Segment, anatomy, contested_segment
from tests.pure.charts.bars import TODAY, bar

TOMORROW = date(2024, 12, 2)


def test_an_exact_bar_is_sure_from_its_first_day_to_its_end() -> None:
    parts = anatomy(bar("2024-05-30", "2024-06-17"), today=TODAY)
    assert parts.sure == Segment(date(2024, 5, 30), date(2024, 6, 17))
    assert (parts.quiet, parts.start_window, parts.end_window) == (None, None, None)


def test_a_bar_without_an_end_reaches_the_end_of_today() -> None:
    assert anatomy(bar(), today=TODAY).sure == Segment(date(2024, 5, 30), TOMORROW)


def test_a_turn_known_to_the_month_belongs_to_neither_neighbour() -> None:
    parts = anatomy(bar("2024-05", "2024-11"), today=TODAY)
    assert parts.start_window == Segment(date(2024, 5, 1), date(2024, 5, 31))
    assert parts.sure == Segment(date(2024, 5, 31), date(2024, 11, 1))
    assert parts.end_window == Segment(date(2024, 11, 1), date(2024, 11, 30))


def test_windows_that_overlap_leave_nothing_sure() -> None:
    assert anatomy(bar("2024-05", "2024-05-10/2024-06-05"), today=TODAY).sure is None
    assert anatomy(bar("2024-05", "2024-06-30"), today=TODAY).sure is not None


def test_a_year_after_the_last_word_a_bar_goes_quiet() -> None:
    parts = anatomy(bar("2022-01-01", last_confirmed=date(2022, 6, 1)), today=TODAY)
    assert parts.sure == Segment(date(2022, 1, 1), date(2023, 6, 1))
    assert parts.quiet == Segment(date(2023, 6, 1), TOMORROW)


def test_an_inherited_stretch_that_began_after_the_last_word_is_quiet_throughout() -> None:
    parts = anatomy(bar("2024-11-01", last_confirmed=date(2022, 6, 1)), today=TODAY)
    assert parts.sure is None
    assert parts.quiet == Segment(date(2024, 11, 1), TOMORROW)


def test_contested_days_end_where_they_end_or_go_on_to_today() -> None:
    day = date(2024, 9, 11)
    assert contested_segment(day, date(2024, 9, 13), today=TODAY) == Segment(day, date(2024, 9, 13))
    assert contested_segment(day, None, today=TODAY).until == TOMORROW
    assert contested_segment(TOMORROW, None, today=TODAY).milliseconds == 86_400_000
