"""Words of others, fit to be repeated in a line of our own."""


def in_one_line(text: str, longest: int = 80) -> str:
    """The text's start, with whatever would move, colour, hide or turn a line around written as its code.

    Control characters, line ends, overrides of the direction of writing and invisible characters become ``\\x1b`` and
    the like. A name that holds bytes of no encoding shows them the same way.
    """
    start = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[:longest])
    return start + "…" if len(text) > longest else start
