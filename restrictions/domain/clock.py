"""The second clock: which state of knowledge a read answers from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True, slots=True)
class Clock:
    """A state of knowledge. With neither day it is the record as it stands now.

    ``known``: what the record said at the end of this day (UTC). ``reported``: what follows from the claims that had
    been published by the end of this day alone, whenever they came into the record.
    """

    known: date | None = None
    reported: date | None = None

    @property
    def instant(self) -> datetime | None:
        """The last moment of the day ``known``; none where the record is read as it stands now."""
        return datetime.combine(self.known, time.max, UTC) if self.known else None

    @property
    def is_now(self) -> bool:
        return self.known is None and self.reported is None

    def today(self, today: date) -> date:
        """The last day that this state of knowledge can speak of: what counts as today for it."""
        return min(filter(None, (today, self.known, self.reported)))


NOW = Clock()
"""The record as it stands now."""
