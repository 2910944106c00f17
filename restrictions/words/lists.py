"""Several things in a row, as the reader's language writes them."""

from collections.abc import Sequence

from babel.lists import format_list

from restrictions.words import reader


def listed(parts: Sequence[str]) -> str:
    """“a, b and c”."""
    return format_list(list(parts), locale=reader.locale())
