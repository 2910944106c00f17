"""The header of a text dispatch: who published what, when; or, in bare copy, only its first words' date."""

import re

from restrictions.domain.days import NotADay, parse_day

KEYS = ("date", "title", "publisher", "language", "url", "synthetic")

_LINE = re.compile(r"^[ \t]*(?P<key>[A-Za-z]+)[ \t]*:[ \t]*(?P<value>.*)$")
_LEADING_DATE = re.compile(r"\s*date\s+(?P<date>\d{4}(?:-\d\d){0,2}[~?%]?)\s+", re.IGNORECASE)


def read_dispatch_text(text: str) -> tuple[dict[str, str], str]:
    """The header's values by key and the body, the body's own characters untouched.

    Two shapes are known: lines ``key: value`` up to the first line that is none (an empty line ends them),
    and copy that starts with the words ``date 2024-05``.
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
    lines = text.splitlines(keepends=True)
    for count, line in enumerate(lines):
        match = _LINE.match(line.rstrip("\r\n"))
        key = match["key"].lower() if match else ""
        if match is None or key not in KEYS:
            return headers, "".join(lines[count:])
        headers[key] = match["value"].strip()
    return headers, ""
