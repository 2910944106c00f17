"""What a source says of a dispatch, checked: the same rules at every door."""

from collections.abc import Mapping
from functools import lru_cache

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from restrictions.actions.dispatches import Received
from restrictions.domain.days import Day, NotADay, parse_day
from restrictions.extraction.unreadable import Unreadable
from restrictions.words.foreign import in_one_line

LONGEST = {"title": 1_000, "publisher": 300, "url": 2_000, "date": 40}
"""Bytes of UTF-8 by field. PostgreSQL indexes address and publisher, and no entry of an index may pass 2,700 bytes."""

# Readers follow the address: nothing but the web.
_check_web_address = URLValidator(schemes=["http", "https"])


def received(said: Mapping[str, str], body: str, *, synthetic: bool = False) -> Received:
    """The dispatch, where what is said of it can be true. Raises Unreadable with a sentence that names the field."""
    for field, longest in LONGEST.items():
        if len(said.get(field, "").encode()) > longest:
            raise Unreadable(f"The header's {field} is longer than {longest:,} bytes", in_one_line(said[field]))
    if not body.strip():
        raise Unreadable("The file holds no text")
    return Received(
        title=said.get("title", ""),
        body=body,
        publisher=said.get("publisher", ""),
        address=_address(said.get("url", "")),
        language=_language(said.get("language", "")),
        published=_day(said.get("date", "")),
        synthetic=synthetic or said.get("synthetic", "").lower() in ("yes", "true"),
    )


def _address(text: str) -> str | None:
    if not text:
        return None
    try:
        _check_web_address(text)
    except ValidationError:
        good = False
    else:
        good = text.isprintable()
    if not good:
        raise Unreadable("The header's url is no web address such as https://example.org/news", in_one_line(text))
    return text


def _language(text: str) -> str:
    code = text.lower()
    if code and not _is_language(code):
        raise Unreadable("The header's language is no code such as fr", in_one_line(text))
    return code


@lru_cache(maxsize=1024)
def _is_language(code: str) -> bool:
    """Whether it is a language's code of ISO 639 in two or three letters, with a region or script or without."""
    language, hyphen, variant = code.partition("-")
    if hyphen and not (variant.isascii() and variant.isalnum() and 2 <= len(variant) <= 8):
        return False
    kind = {2: "alpha_2", 3: "alpha_3"}.get(len(language))
    return kind is not None and pycountry.languages.get(**{kind: language}) is not None


def _day(text: str) -> Day | None:
    try:
        return parse_day(text) if text else None
    except NotADay as error:
        raise Unreadable("The header's date cannot be read", in_one_line(str(error), 160)) from error
