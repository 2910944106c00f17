"""What could be known by a day: claims count from the last day of their publication window, uses from their day."""

from datetime import date

from restrictions.domain.claims import FirstUse
from restrictions.domain.days import parse_day
from restrictions.domain.reporting import published_by, seen_by
from tests.pure.domain.claims import sets


def test_a_claim_counts_from_the_last_day_of_its_publication() -> None:
    exact, month = (
        sets("a", "banned", "2024-05-01", published="2024-05-30"),
        sets("b", "banned", "2024-05-01", published="2024-05"),
    )
    assert published_by([exact, month], date(2024, 5, 29)) == []
    assert published_by([exact, month], date(2024, 5, 30)) == [exact]
    assert published_by([exact, month], date(2024, 5, 31)) == [exact, month]


def test_a_use_counts_from_the_last_day_on_which_it_can_have_been_seen() -> None:
    use = FirstUse("atacms", "RU", parse_day("2024-11-19"), "m1")
    assert seen_by([use], date(2024, 11, 18)) == []
    assert seen_by([use], date(2024, 11, 19)) == [use]
