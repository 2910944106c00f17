"""The day that an item states for itself, where it states one that can be. Pure."""

import re
from datetime import date, timedelta
from time import struct_time

from restrictions.domain.days import Day, NotADay, exact, parse_day

FIRST_FEEDS = date(1995, 1, 1)
"""Before this day nobody published a feed, and few a web page."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN_OUT = re.compile(r"\b(\d{1,2})[ -]+([A-Za-z]{3})[a-z]*\.?[ -]+(\d{4}|\d\d)\b")
_NUMBERS = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_ROUGH = re.compile(r"\d{4}(?:-\d\d)?")


def stated_day(said: str, read: struct_time | None = None) -> Day | None:
    """The day as it was written, in its writer's own time zone; none where no day can be made of it.

    ``read`` is what another reader made of an unusual spelling. ``2024-05`` and ``2024`` stay as rough as they are.
    """
    said = said.strip()[:100]
    try:
        if _ROUGH.fullmatch(said):
            return parse_day(said)
        if numbers := _NUMBERS.match(said):
            return exact(date(*map(int, numbers.groups())))
        if written := _WRITTEN_OUT.search(said):
            return _written_out(*written.groups())
        return exact(date(*read[:3])) if read else None
    except (NotADay, ValueError):
        return None


def _written_out(day: str, month: str, year: str) -> Day | None:
    if month.lower() not in _MONTHS:
        return None
    # Two figures of a year are of this century, or of the one in which feeds began.
    number = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 90 else 2000)
    return exact(date(number, _MONTHS.index(month.lower()) + 1, int(day)))


def believable(day: Day | None, *, today: date) -> tuple[Day | None, str]:
    """The day where it can be true, else none and the sentence that says why it is kept without one.

    One day ahead is let pass: somewhere on Earth it has begun.
    """
    if day is None:
        return None, ""
    if day.earliest > today + timedelta(days=1):
        return None, f"It gives {day} as its day, which is still to come; it is kept undated."
    if day.latest < FIRST_FEEDS:
        return None, f"It gives {day} as its day, which is before there were feeds; it is kept undated."
    return day, ""
