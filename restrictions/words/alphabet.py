"""Where a name stands in a list that people read."""

import unicodedata


def unaccented(text: str) -> str:
    """A key that sorts É beside E, and ignores case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
