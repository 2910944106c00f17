"""The header of a text dispatch: who published what, when; or, in bare copy, only its first words' date."""

import re

from restrictions.domain.days import NotADay, parse_day
from restrictions.domain.unreadable import Unreadable

KEYS = ("date", "title", "publisher", "language", "url", "synthetic")

# A line ends where an editor ends it. Other separators of Unicode stay inside a value: they start no forged line.
_LINE = re.compile(r"[ \t]*(?P<key>[A-Za-z]+)[ \t]*:[ \t]*(?P<value>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_LEADING_DATE = re.compile(r"\s*date\s+(?P<date>\d{4}(?:-\d\d){0,2}[~?%]?)\s+", re.IGNORECASE)


def read_dispatch_text(text: str) -> tuple[dict[str, str], str]:
    """The header's values by key and the body, the body's own characters untouched.

    Two shapes are known: lines ``key: value`` up to the first line that is none (an empty line ends them),
    and copy that starts with the words ``date 2024-05``. Raises Unreadable where the header says a thing twice.
    """
    text = text.removeprefix("\ufeff")
    leading = _LEADING_DATE.match(text)
    if leading and _is_day(leading["date"]):
        return {"date": leading["date"]}, text[leading.end() :].rstrip("\r\n")
    headers, rest = _header_lines(text)
    return headers, rest.strip("\r\n") if headers else text.rstrip("\r\n")


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except NotADay:
        return False
    return True


def _header_lines(text: str) -> tuple[dict[str, str], str]:
    headers: dict[str, str] = {}
    at = 0
    while (match := _LINE.match(text, at)) and (key := match["key"].lower()) in KEYS:
        if key in headers:
            raise Unreadable("The header says the same thing twice", key)
        headers[key] = match["value"].strip()
        at = match.end()
    return headers, text[at:]
