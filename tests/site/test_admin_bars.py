"""Positions as bars on a scale: where they stand, what is written in them, and what of them is in sight."""

from datetime import date

from restrictions.admin.bars import Piece, Scale, Stay, chart
from restrictions.domain.vocabulary import Status

YEAR = Scale(date(2024, 1, 1), date(2024, 12, 31))


def stay(first: date, until: date | None, **changes: object) -> Stay:
    return Stay(Status.BANNED, first, until, "Not allowed", "not allowed", **changes)  # type: ignore[arg-type]


def test_a_bar_takes_its_share_of_the_scale() -> None:
    (row,) = chart([("Before", [stay(date(2024, 1, 1), None)])], YEAR).rows
    assert (row.name, row.spoken) == ("Before", "not allowed")
    (bar,) = row.bars
    assert (bar.piece, bar.status, bar.label) == (Piece(0, 100), "banned", "Not allowed")


def test_a_bar_too_short_for_its_words_bears_none_and_can_still_be_seen() -> None:
    (row,) = chart([("", [stay(date(2024, 12, 31), date(2025, 1, 1))])], YEAR).rows
    assert (row.bars[0].label, row.bars[0].piece) == ("", Piece(99.2, 0.8))


def test_what_lies_outside_the_scale_is_not_drawn_but_said() -> None:
    (row,) = chart([("", [stay(date(2023, 1, 1), date(2024, 1, 1)), stay(date(2025, 2, 1), None)])], YEAR).rows
    assert (row.bars, row.spoken) == ((), "not allowed; not allowed")


def test_doubt_and_dispute_have_places_of_their_own() -> None:
    doubted = stay(date(2024, 7, 1), None, doubtful_from=date(2024, 6, 1), contested=((date(2024, 8, 1), None),))
    (bar,) = chart([("", [doubted])], YEAR).rows[0].bars
    assert bar.doubt
    assert bar.doubt.left + bar.doubt.width == bar.piece.left
    assert [round(piece.left + piece.width) for piece in bar.contested] == [100]


def test_the_scale_is_marked_by_years_or_by_months_and_not_too_often() -> None:
    months = [f"2024-{month:02}" for month in range(2, 13, 2)]
    assert [tick.name for tick in chart([], YEAR).ticks] == months
    long = chart([], Scale(date(2014, 3, 1), date(2026, 3, 1)), mark=date(2020, 3, 1))
    assert [tick.name for tick in long.ticks] == ["2015", "2017", "2019", "2021", "2023", "2025"]
    assert long.mark == 50.01
