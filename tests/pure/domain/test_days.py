"""Imprecise days: what a text means, clipped and compared."""

from datetime import date

import pytest

from restrictions.domain.days import Day, NotADay, between, exact, parse_day


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-05-30", "2024-05-30", "2024-05-30"),
        (" 2024-05-30 ", "2024-05-30", "2024-05-30"),
        ("2024-05", "2024-05-01", "2024-05-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-05-XX", "2024-05-01", "2024-05-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-XX-XX", "2024-01-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("2024-23", "2024-09-01", "2024-11-30"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("2024-05-30~", "2024-05-27", "2024-06-02"),
        ("2024-05~", "2024-04-16", "2024-06-15"),
        ("2024-21~", "2024-01-31", "2024-06-30"),
        ("2024~", "2023-07-03", "2025-07-01"),
        ("2024-05-30?", "2024-05-30", "2024-05-30"),
        ("2024-05-30%", "2024-05-27", "2024-06-02"),
        ("2024-05-30/2024-06-02", "2024-05-30", "2024-06-02"),
        ("2024-05/2024-06", "2024-05-01", "2024-06-30"),
    ],
)
def test_what_a_text_means(text: str, earliest: str, latest: str) -> None:
    day = parse_day(text)
    assert (day.earliest, day.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert str(day) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "30 May 2024", "2024-5-30", "2024-13", "2024-00", "2024-20", "2024-25", "24-05-30"),
        *("2024-02-30", "2023-02-29", "2024-05-32", "2024-05-30~~", "2024-05-30~?", "~", "2024-06/2024-05", "2024-05/"),
        *("2024-05-30T10:00", "0000-01-01", "X024"),
        *("2024-01/2024-02/2024-03", "2024/" * 3000 + "2024", "٢٠٢٤", "٢٠٢٤-24"),
        *("0000-24", "9999-24", "0001-01-01~", "9999-12~"),
    ],
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(NotADay, match="“"):
        parse_day(text)


@pytest.mark.parametrize(
    ("day", "limit", "later", "earlier"),
    [
        ("2024-05", "2024-05-20", ("2024-05-20", "2024-05-31", "2024-05"), ("2024-05-01", "2024-05-20", "2024-05")),
        (
            "2024-05",
            "2024-06-10",
            ("2024-06-10", "2024-06-10", "2024-06-10"),
            ("2024-05-01", "2024-05-31", "2024-05"),
        ),
        (
            "2024-05",
            "2024-04-10",
            ("2024-05-01", "2024-05-31", "2024-05"),
            ("2024-04-10", "2024-04-10", "2024-04-10"),
        ),
        (
            "2024-05-30",
            "2024-05-30",
            ("2024-05-30", "2024-05-30", "2024-05-30"),
            ("2024-05-30", "2024-05-30", "2024-05-30"),
        ),
    ],
)
def test_a_clipped_day_reads_as_said_while_a_day_of_it_is_left(
    day: str, limit: str, later: tuple[str, str, str], earlier: tuple[str, str, str]
) -> None:
    at = date.fromisoformat(limit)
    assert _as_text(parse_day(day).not_before(at)) == later
    assert _as_text(parse_day(day).not_after(at)) == earlier


def _as_text(day: Day) -> tuple[str, str, str]:
    return day.earliest.isoformat(), day.latest.isoformat(), day.edtf


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2024-05", "2024-05-30", True),
        ("2024-05", "2024-06-01", False),
        ("2024-05-30", "2024-05-30", True),
        ("2024-05-30~", "2024-06", True),
        ("2024-05-28~", "2024-06", False),
    ],
)
def test_whether_two_can_be_the_same_day(one: str, other: str, overlap: bool) -> None:
    assert parse_day(one).overlaps(parse_day(other)) is overlap
    assert parse_day(other).overlaps(parse_day(one)) is overlap


def test_how_exact_a_day_is() -> None:
    assert (exact(date(2024, 5, 30)).is_exact, exact(date(2024, 5, 30)).width) == (True, 0)
    assert (parse_day("2024-05").is_exact, parse_day("2024-05").width) == (False, 30)


def test_between_two_days() -> None:
    assert between(date(2024, 5, 1), date(2024, 5, 1)) == exact(date(2024, 5, 1))
    assert between(date(2024, 5, 1), date(2024, 5, 3)) == parse_day("2024-05-01/2024-05-03")
