"""How long a dispatch that failed waits for its next try."""

from datetime import timedelta
from itertools import takewhile

import pytest

from restrictions.domain.retries import Failure, wait_before_retry


@pytest.mark.parametrize(
    ("kind", "seconds"), [(Failure.OWN, [60, 120]), (Failure.PASSING, [15, 30, 60, 120, 240, 480, 960])]
)
def test_each_kind_waits_twice_as_long_each_time_and_ends(kind: Failure, seconds: list[int]) -> None:
    waits = [wait_before_retry(kind, tries=tries, chance=0) for tries in range(1, 20)]
    assert list(takewhile(bool, waits)) == [timedelta(seconds=wait) for wait in seconds]
    assert waits[len(seconds) :] == [None] * (19 - len(seconds))


def test_those_that_failed_together_come_back_one_after_another() -> None:
    waits = [wait_before_retry(Failure.PASSING, tries=1, chance=chance / 10) for chance in range(11)]
    assert waits == sorted(set(filter(None, waits)))
    assert (waits[0], waits[-1]) == (timedelta(seconds=15), timedelta(seconds=18.75))
