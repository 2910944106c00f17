"""The second clock: a day means its end, and nothing later can be spoken of."""

from datetime import UTC, date, datetime

import pytest

from restrictions.domain.clock import NOW, Clock

TODAY = date(2027, 3, 11)
BEFORE, LONG_BEFORE = date(2027, 3, 10), date(2024, 6, 10)


def test_a_known_day_means_its_last_moment_in_utc() -> None:
    assert Clock(known=BEFORE).instant == datetime(2027, 3, 10, 23, 59, 59, 999999, tzinfo=UTC)
    assert Clock(reported=BEFORE).instant is None
    assert NOW.instant is None


def test_an_exact_moment_is_read_for_itself_and_speaks_of_every_day() -> None:
    moment = datetime(2027, 3, 11, 9, 30, tzinfo=UTC)
    assert Clock(at=moment).instant == moment
    assert Clock(at=moment).today(TODAY) == TODAY
    assert not Clock(at=moment).is_now


@pytest.mark.parametrize(
    ("clock", "speaks_until"),
    [
        (NOW, TODAY),
        (Clock(known=BEFORE), BEFORE),
        (Clock(reported=LONG_BEFORE), LONG_BEFORE),
        (Clock(known=BEFORE, reported=LONG_BEFORE), LONG_BEFORE),
        (Clock(known=BEFORE, reported=TODAY), BEFORE),
    ],
)
def test_what_counts_as_today_is_the_earliest_of_the_days(clock: Clock, speaks_until: date) -> None:
    assert clock.today(TODAY) == speaks_until


def test_only_the_clock_without_a_day_is_now() -> None:
    assert NOW.is_now
    assert not Clock(known=BEFORE).is_now
    assert not Clock(reported=BEFORE).is_now
