"""What stands where a text was removed on legal grounds. Pure."""

import re
from datetime import date

BEGINS = "[Removed on "
"""How every tombstone begins; the day and the ground follow."""
LEAST = 12
"""A shorter text is removed only where it stands alone: inside other texts it would be found by chance."""

_TOMBSTONE = re.compile(r"\[Removed on (\d{4}-\d\d-\d\d): (.*)\]")


def tombstone(day: date, ground: str) -> str:
    """What is read instead of the text: when it was removed, and on what ground."""
    return f"{BEGINS}{day.isoformat()}: {ground}]"


def read_tombstone(text: str) -> tuple[date, str] | None:
    """Day and ground of a tombstone; none for any other text."""
    found = _TOMBSTONE.fullmatch(text)
    return (date.fromisoformat(found[1]), found[2]) if found else None


def blocks(text: str) -> str:
    """What stands for the text inside a longer one: as many characters, so that the quotes around it stay in place."""
    return "█" * len(text)
