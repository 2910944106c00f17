"""Days in words, remembered: a page says the same few hundred days over and over."""

from functools import lru_cache

from django.utils.translation import get_language

from restrictions.domain.days import Day, NotADay, parse_day
from restrictions.words import day_in_words


def spoken(day: Day) -> str:
    """The day in the reader's language."""
    return _spoken(day, get_language() or "en")


def spoken_edtf(edtf: str) -> str:
    """An EDTF day in words; what is no such day is shown as it stands."""
    try:
        return spoken(parse_day(edtf)) if edtf else ""
    except NotADay:
        return edtf


@lru_cache(maxsize=8192)
def _spoken(day: Day, language: str) -> str:
    return day_in_words(day, language)
