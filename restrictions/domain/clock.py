"""The second clock: which state of knowledge a read answers from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True, slots=True)
class Clock:
    """A state of knowledge. With neither day it is the record as it stands now.

    ``known``: what the record said at the end of this day (UTC). ``reported``: what follows from the claims that had
    been published by the end of this day alone, whenever they came into the record. ``at`` is an exact moment of the
    past instead of ``known``: that at which somebody began to read who reads on while others change the record.
    """

    known: date | None = None
    reported: date | None = None
    at: datetime | None = None

    @property
    def instant(self) -> datetime | None:
        """The moment whose record is read, for ``known`` the last of that day; none for the record as it stands now."""
        return datetime.combine(self.known, time.max, UTC) if self.known else self.at

    @property
    def is_now(self) -> bool:
        return self.instant is None and self.reported is None

    def today(self, today: date) -> date:
        """The last day that this state of knowledge can speak of: what counts as today for it."""
        return min(filter(None, (today, self.known, self.reported)))


NOW = Clock()
"""The record as it stands now."""
