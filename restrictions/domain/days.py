"""Imprecise days: an EDTF level 1 string with the earliest and the latest day it can mean."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)

# "~" is days either way, by the precision it stands behind (rule 4); the EDTF library's own
# fuzzy bounds span years and are not used.
_APPROXIMATE = {"day": 3, "month": 15, "season": 30, "year": 182}
_CALENDAR_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHAPES = (
    ("day", _CALENDAR_DAY),
    ("month", re.compile(r"\d{4}-(?:0[1-9]|1[0-2]|XX)")),
    ("season", re.compile(r"\d{4}-2[1-4]")),
    ("day", re.compile(r"\d{4}-(?:0[1-9]|1[0-2]|XX)-XX")),
    ("year", re.compile(r"\d{4}|\d{3}X|\d\dXX")),
)


class NotADay(ValueError):
    """The text is no EDTF level 1 day, or names a day that does not exist."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as the text gives it: ``edtf`` is shown and exported, the bounds (inclusive) are reckoned with."""

    edtf: str
    earliest: date
    latest: date

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def width(self) -> int:
        """Days of doubt: 0 for an exact day."""
        return (self.latest - self.earliest).days

    def overlaps(self, other: "Day") -> bool:
        """Whether both can be the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def not_before(self, day: date) -> "Day":
        """The same day, known to lie on ``day`` or later.

        Its string stays what the text said, unless no day of it is left: then it is ``day`` itself.
        """
        if self.latest < day:
            return exact(day)
        return Day(self.edtf, max(self.earliest, day), self.latest)

    def not_after(self, day: date) -> "Day":
        """The same day, known to lie on ``day`` or earlier; ``day`` itself where no other is left."""
        if self.earliest > day:
            return exact(day)
        return Day(self.edtf, self.earliest, min(self.latest, day))

    def __str__(self) -> str:
        return self.edtf


def day_columns(name: str, day: Day | None) -> dict[str, str | date | None]:
    """An imprecise day as three columns: its EDTF string, the earliest and the latest day that it can be."""
    return {
        name: day.edtf if day else None,
        f"{name}_earliest": day.earliest if day else None,
        f"{name}_latest": day.latest if day else None,
    }


def exact(day: date) -> Day:
    """A day known to the day."""
    return Day(day.isoformat(), day, day)


def between(earliest: date, latest: date) -> Day:
    """Some day from ``earliest`` to ``latest``, written as an EDTF interval where they differ."""
    if earliest == latest:
        return exact(earliest)
    return Day(f"{earliest.isoformat()}/{latest.isoformat()}", earliest, latest)


@lru_cache(maxsize=8192)
def parse_day(text: str) -> Day:
    """The day that an EDTF level 1 string means, e.g. ``2024-05-30``, ``2024-05``, ``2024-05-30~``, ``2024-21``.

    Raises NotADay with a sentence that says what is wrong.
    Source: codebook, field ``effective`` and rule 4 of the derivation.
    """
    text = text.strip()
    earliest_text, slash, latest_text = text.partition("/")
    if slash:
        if "/" in latest_text:  # also keeps a text of a thousand slashes from calling itself a thousand times
            raise NotADay(f"“{text}” has more than one “/”.")
        earliest, latest = parse_day(earliest_text).earliest, parse_day(latest_text).latest
        if latest < earliest:
            raise NotADay(f"“{text}” ends before it starts.")
        return Day(text, earliest, latest)
    base = text.rstrip("~?%")
    precision = next((name for name, shape in _SHAPES if shape.fullmatch(base)), None)
    if precision is None or len(text) - len(base) > 1 or not text.isascii():
        raise NotADay(f"“{text}” is no EDTF day such as 2024-05-30, 2024-05, 2024-05-30~ or 2024-21.")
    earliest, latest = _bounds(base)
    if text[len(base) :] in ("~", "%"):
        earliest, latest = _either_way(earliest, latest, timedelta(days=_APPROXIMATE[precision]))
    return Day(text, earliest, latest)


def _either_way(earliest: date, latest: date, margin: timedelta) -> tuple[date, date]:
    try:
        return earliest - margin, latest + margin
    except OverflowError as error:
        raise NotADay(f"“{earliest}”, give or take {margin.days} days, leaves the years 1 to 9999.") from error


def _bounds(base: str) -> tuple[date, date]:
    """First and last day of an unqualified EDTF string; a winter runs to the end of February."""
    try:
        if base[5:] == "24":
            year = int(base[:4])
            return date(year, 12, 1), date(year + 1, 3, 1) - timedelta(days=1)
        if _CALENDAR_DAY.fullmatch(base):  # most days by far, and the library takes milliseconds for one
            return date.fromisoformat(base), date.fromisoformat(base)
        return _parsed_bounds(base)
    except (ValueError, TypeError) as error:
        raise NotADay(f"“{base}” is not a day of the calendar.") from error


def _parsed_bounds(base: str) -> tuple[date, date]:
    """What the EDTF library reads, which knows every text of these shapes."""
    from edtf import parse_edtf  # noqa: PLC0415  a grammar to be built, and most programs meet calendar days alone

    parsed = parse_edtf(base)
    return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
