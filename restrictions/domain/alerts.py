"""Alerts by mail: how often, and when the next one is due. Pure."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

_HOUR = time(6, tzinfo=UTC)


class Rhythm(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"


def next_due(rhythm: Rhythm, *, after: datetime) -> datetime:
    """The next six o'clock in UTC after that instant: of any day, or of a Monday."""
    day = after.astimezone(UTC).date()
    due = datetime.combine(day, _HOUR)
    while due <= after or (rhythm is Rhythm.WEEKLY and due.weekday() != 0):
        due += timedelta(days=1)
    return due
