"""When the next digest is due."""

from datetime import UTC, datetime

import pytest

from restrictions.domain.alerts import Rhythm, next_due


@pytest.mark.parametrize(
    ("rhythm", "after", "due"),
    [
        (Rhythm.DAILY, datetime(2026, 11, 22, 5, 59, tzinfo=UTC), datetime(2026, 11, 22, 6, tzinfo=UTC)),
        (Rhythm.DAILY, datetime(2026, 11, 22, 6, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (Rhythm.WEEKLY, datetime(2026, 11, 22, 6, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (Rhythm.WEEKLY, datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 30, 6, tzinfo=UTC)),
    ],
)
def test_a_digest_is_due_at_six_of_any_day_or_of_a_monday(rhythm: Rhythm, after: datetime, due: datetime) -> None:
    assert next_due(rhythm, after=after) == due
