"""Since when: the day that a sentence gives, resolved against the day of publication."""

import re
from datetime import date, timedelta

from restrictions.domain.days import Day
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.values import value

_SEASONS = {"season_spring": "21", "season_summer": "22", "season_autumn": "23", "season_winter": "24"}


@value
class Found:
    """A day in the text: its EDTF string and its place."""

    edtf: str
    start: int
    end: int


class Calendar:
    """The days that sentences give, each sentence read once, against one day of publication."""

    def __init__(self, published: Day | None, lexicon: Lexicon) -> None:
        self.published = published
        self.lexicon = lexicon
        self.known: dict[str, list[Found]] = {}

    def days_in(self, text: str) -> list[Found]:
        if text not in self.known:
            self.known[text] = days_in(text, self.published, self.lexicon)
        return self.known[text]


def days_in(text: str, published: Day | None, lexicon: Lexicon) -> list[Found]:
    """All days that a masked text gives, in order; none where they cannot be resolved or lie after publication."""
    found: list[Found] = []
    begun = lexicon.day_finder.find_matches_as_indexes(text, overlapping=True)
    for index in sorted({index for literal, _, _ in begun for index in lexicon.day_candidates[literal]}):
        kind, expression = lexicon.when[index]
        for match in expression.finditer(text):
            edtf = _resolve(kind, match, published, lexicon)
            inside = any(other.start < match.end() and match.start() < other.end for other in found)
            if edtf and not inside:
                found.append(Found(edtf, match.start(), match.end()))
    return sorted(found, key=lambda day: day.start)


def _resolve(kind: str, match: re.Match[str], published: Day | None, lexicon: Lexicon) -> str | None:
    groups = match.groupdict()
    if kind == "year":
        return str(groups["year"])
    if kind in _SEASONS:
        year = groups.get("year") or (published and published.latest.year)
        return f"{year}-{_SEASONS[kind]}" if year else None
    if groups.get("month"):
        return _in_month(kind, groups, published, lexicon)
    return _relative(kind, groups, published, lexicon) if published else None


def _relative(kind: str, groups: dict[str, str | None], published: Day, lexicon: Lexicon) -> str | None:
    """Relative words need a publication day known to the day (coding rule 10)."""
    if not published.is_exact:
        return None
    day = published.latest
    if kind == "weekday":
        wanted = lexicon.weekdays.index(str(groups["weekday"])) % 7
        return (day - timedelta(days=(day.weekday() - wanted) % 7)).isoformat()
    if kind == "last_week":
        return (day - timedelta(days=7)).isoformat() + "~"
    return (day - timedelta(days=kind == "yesterday")).isoformat()


def _in_month(kind: str, groups: dict[str, str | None], published: Day | None, lexicon: Lexicon) -> str | None:
    month = lexicon.months.index(str(groups["month"])) % 12 + 1
    stated = groups.get("year") or (published and published.latest.year - (month > published.latest.month))
    if not stated:
        return None
    year = int(stated)
    if kind == "day_of_month":
        return _day(year, month, int(str(groups["day"])))
    return f"{year}-{month:02d}" + ("~" if kind == "part_of_month" else "")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
