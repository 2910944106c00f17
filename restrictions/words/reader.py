"""The reader's language, and how CLDR writes days and lists in it."""

from django.utils.translation import get_language

# British English, as in the codebook.
_LOCALES = {"en": "en_GB", "fr": "fr_FR"}


def language() -> str:
    """The reader's language if we speak it, else English."""
    spoken = (get_language() or "en")[:2]
    return spoken if spoken in _LOCALES else "en"


def locale() -> str:
    return _LOCALES[language()]
