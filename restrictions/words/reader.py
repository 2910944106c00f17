"""The reader's language, and how CLDR writes days and lists in it."""

from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, get_language_info, to_locale

# British English, as in the codebook.
_OURS = {"en": "en_GB"}


def language() -> str:
    """The reader's language if the pages speak it, else English."""
    spoken = get_language() or "en"
    codes = [code for code, _ in settings.LANGUAGES]
    return next((code for code in (spoken, spoken[:2]) if code in codes), "en")


def locale() -> str:
    """CLDR's name of it."""
    return _OURS.get(language()) or to_locale(language())


def day_and_month() -> str:
    """The pattern of a day without its year: that of a whole day up to the year, where this comes last."""
    return _day_and_month(locale())


@cache
def _day_and_month(code: str) -> str:
    whole = str(Locale.parse(code).date_formats["long"].pattern)
    return whole.partition("y")[0].rstrip(" ,") or whole


@cache
def own_name(code: str) -> str:
    """A language's name in itself, as a link to it is labelled: “Français”."""
    name = str(get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]


def name_of_language(code: str) -> str:
    """A language's name in the reader's."""
    return Locale.parse(code, sep="-").get_display_name(locale()) or code
