"""What a source says of a dispatch, checked: the same rules at every door."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from restrictions.actions.dispatches import Received
from restrictions.domain.days import Day, NotADay, parse_day
from restrictions.domain.unreadable import Unreadable
from restrictions.feeds.parse import Item
from restrictions.words.foreign import in_one_line

FIELDS = ("title", "body", "address", "publisher", "published", "language")
"""What may be said of a dispatch, by every door."""

LARGEST = 5_000_000
"""Bytes of one text; more is no dispatch."""
LONGEST = {"title": 1_000, "publisher": 300, "address": 2_000, "published": 40, "body": LARGEST}
"""Bytes of UTF-8 by field. PostgreSQL indexes address and publisher, and no entry of an index may pass 2,700 bytes."""

# Readers follow the address: nothing but the web.
_check_web_address = URLValidator(schemes=["http", "https"])
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ]\d\d:\d\d\S*")


def received(
    said: Mapping[str, str], *, called: Callable[[str], str] = "The field {}".format, synthetic: bool = False
) -> Received:
    """The dispatch, where what is said of it can be true.

    ``called`` is how this door names a field. Raises Unreadable with a sentence that names the field.
    """
    for field, text in said.items():
        _check_text(field, text, called(field))
    if not (said.get("body", "").strip() or said.get("title", "").strip()):
        raise Unreadable("It holds no text and no title", field="body")
    return Received(
        title=said.get("title", ""),
        body=said.get("body", "") if said.get("body", "").strip() else "",
        publisher=said.get("publisher", ""),
        address=_address(said.get("address", ""), called("address")),
        language=_language(said.get("language", ""), called("language")),
        published=_day(said.get("published", ""), called("published")),
        synthetic=synthetic,
    )


def said_by_item(item: Item, *, publisher: str, language: str) -> dict[str, str]:
    """What an item of a feed says of a dispatch, by field; ``publisher`` and ``language`` are the feed's."""
    return {
        "title": item.title,
        "body": item.body,
        "address": item.address or "",
        "publisher": item.publisher or publisher,
        "published": item.published.edtf if item.published else "",
        "language": language,
    }


def _check_text(field: str, text: str, name: str) -> None:
    """Nothing that the database does not take, and nothing too long."""
    if "\0" in text:
        raise Unreadable(f"{name} holds NUL characters", field=field)
    try:
        length = len(text.encode())
    except UnicodeEncodeError as error:
        raise Unreadable(f"{name} holds halves of characters (lone surrogates)", field=field) from error
    if length > LONGEST.get(field, length):
        raise Unreadable(f"{name} is longer than {LONGEST[field]:,} bytes", in_one_line(text), field=field)


def _address(text: str, name: str) -> str | None:
    if not text:
        return None
    try:
        _check_web_address(text)
    except ValidationError:
        good = False
    else:
        good = text.isprintable()
    if not good:
        raise Unreadable(
            f"{name} is no web address such as https://example.org/news", in_one_line(text), field="address"
        )
    return text


def _language(text: str, name: str) -> str:
    code = text.lower()
    if code and not _is_language(code):
        raise Unreadable(f"{name} is no code such as fr", in_one_line(text), field="language")
    return code


@lru_cache(maxsize=1024)
def _is_language(code: str) -> bool:
    """Whether it is a language's code of ISO 639 in two or three letters, with a region or script or without."""
    language, hyphen, variant = code.partition("-")
    if hyphen and not (variant.isascii() and variant.isalnum() and 2 <= len(variant) <= 8):
        return False
    kind = {2: "alpha_2", 3: "alpha_3"}.get(len(language))
    return kind is not None and pycountry.languages.get(**{kind: language}) is not None


def _day(text: str, name: str) -> Day | None:
    """The day; of an instant such as 2024-05-30T18:00:00Z, the day as it is written there."""
    instant = _INSTANT.fullmatch(text)
    try:
        return parse_day(instant[1] if instant else text) if text else None
    except NotADay as error:
        raise Unreadable(f"{name} cannot be read", in_one_line(str(error), 160), field="published") from error
