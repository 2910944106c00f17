"""What of a bar is sure, what is doubtful and what is merely not contradicted: days into drawn segments."""

from dataclasses import dataclass
from datetime import date, timedelta

from restrictions.domain.rules import CONFIRMED_FOR
from restrictions.queries.bars import TimelineBar


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of drawn days, ``until`` excluded."""

    first: date
    until: date

    @property
    def milliseconds(self) -> int:
        return (self.until - self.first).days * 86_400_000


@dataclass(frozen=True, slots=True)
class Anatomy:
    """One bar, taken apart: sure days, days with no word for a year, and the two windows in which a turn lies."""

    sure: Segment | None
    quiet: Segment | None
    start_window: Segment | None
    end_window: Segment | None


def anatomy(bar: TimelineBar, *, today: date) -> Anatomy:
    """The segments of a bar as of ``today``: a window of doubt belongs to neither neighbour (rule 11)."""
    first = bar.starts.latest
    until = bar.ends.earliest if bar.ends else _after(today)
    quiet_from = until
    if bar.quiet_since(today) is not None and bar.last_confirmed is not None:
        quiet_from = max(first, bar.last_confirmed + CONFIRMED_FOR)
    return Anatomy(
        sure=_segment(first, min(quiet_from, until)),
        quiet=_segment(quiet_from, until),
        start_window=_segment(bar.starts.earliest, bar.starts.latest),
        end_window=_segment(bar.ends.earliest, bar.ends.latest) if bar.ends else None,
    )


def within(segment: Segment | None, days: tuple[date, date]) -> Segment | None:
    """The part of a segment that is shown: a label starts where its bar comes into sight, not before."""
    return _segment(max(segment.first, days[0]), min(segment.until, days[1])) if segment else None


def contested_segment(first: date, until: date | None, *, today: date) -> Segment:
    """The contested days; a stretch that goes on runs to today, and one of no length is drawn as one day."""
    return Segment(first, max(until or _after(today), first + timedelta(days=1)))


def _segment(first: date, until: date) -> Segment | None:
    return Segment(first, until) if first < until else None


def _after(day: date) -> date:
    return day + timedelta(days=1)
