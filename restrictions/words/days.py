"""Imprecise days in words."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from restrictions.domain.days import Day
from restrictions.words import reader

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The season alone, and after “since” or “starts”: French has “printemps 2025” and “au printemps 2025”.
_SEASONS: dict[str, tuple["_StrPromise", "_StrPromise"]] = {
    "21": (_("spring %(year)s"), pgettext_lazy("when", "in spring %(year)s")),
    "22": (_("summer %(year)s"), pgettext_lazy("when", "in summer %(year)s")),
    "23": (_("autumn %(year)s"), pgettext_lazy("when", "in autumn %(year)s")),
    "24": (_("winter %(year)s–%(next)s"), pgettext_lazy("when", "in winter %(year)s–%(next)s")),
}


def day_in_words(day: Day, language: str | None = None) -> str:
    """An imprecise day, e.g. “30 May 2024”, “May 2024 (day unknown)”, “about 30 May 2024”, “spring 2025”.

    ``language`` is the reader's where none is given.
    """
    with override(language or reader.language()):
        return _said(day, _name)


def when_in_words(day: Day, language: str | None = None) -> str:
    """The same with its preposition: “on 30 May 2024”, “in May 2024 (day unknown)”, “between 1 and …”."""
    with override(language or reader.language()):
        return _said(day, _when)


def _said(day: Day, plainly: Callable[[str], str]) -> str:
    """The day, its qualifier said; ``plainly`` says what has none."""
    if "/" in day.edtf:
        return _between(day.earliest, day.latest)
    base = day.edtf.rstrip("~?%")
    mark = day.edtf[len(base) :]
    words = _about(base) if mark in ("~", "%") else plainly(base)
    return gettext("%(day)s (uncertain)") % {"day": words} if mark in ("?", "%") else words


def _name(base: str) -> str:
    """A day, month, season, year or longer, e.g. “May 2024 (day unknown)”."""
    if _is_exact(base) or base[5:] in _SEASONS or not base[:4].isdigit():
        return _period(base)
    return gettext("%(period)s (day unknown)") % {"period": _period(base)}


def _when(base: str) -> str:
    """The same with its preposition."""
    if _is_exact(base):
        return gettext("on %(date)s") % {"date": _period(base)}
    if base[5:] in _SEASONS:
        return str(_SEASONS[base[5:]][1]) % _years(base)
    if not base[:4].isdigit():
        return _period(base)
    return gettext("in %(period)s (day unknown)") % {"period": _period(base)}


def _about(base: str) -> str:
    if _is_exact(base):
        return gettext("about %(date)s") % {"date": _period(base)}
    return gettext("about %(period)s") % {"period": _period(base)}


def _period(base: str) -> str:
    """The day, month, season or year itself; “between 2020 and 2029” for a year not known to the last digit."""
    year, rest = base[:4], base[5:].removesuffix("-XX").removesuffix("XX")
    if not year.isdigit():
        years = {"first": year.replace("X", "0"), "last": year.replace("X", "9")}
        return gettext("between %(first)s and %(last)s") % years
    if rest in _SEASONS:
        return str(_SEASONS[rest][0]) % _years(base)
    if not rest:
        return year
    if len(rest) == len("05"):
        return format_date(date(int(year), int(rest), 1), "LLLL y", locale=reader.locale())
    return _full(date.fromisoformat(base))


def _years(base: str) -> dict[str, int]:
    """The year, and the one in which its winter ends."""
    return {"year": int(base[:4]), "next": int(base[:4]) + 1}


def _is_exact(base: str) -> bool:
    return len(base) == len("2024-05-30") and "X" not in base


def _between(earliest: date, latest: date) -> str:
    """“between 11 July and 12 August 2024”, the year once where both days share it."""
    first = _full(earliest, reader.day_and_month()) if earliest.year == latest.year else _full(earliest)
    return gettext("between %(first_day)s and %(last_day)s") % {"first_day": first, "last_day": _full(latest)}


def _full(day: date, shape: str = "long") -> str:
    """A day of the calendar; the first of a month is “1er” in French."""
    words = format_date(day, shape, locale=reader.locale())
    return words.replace("1", "1er", 1) if day.day == 1 and reader.language() == "fr" else words
