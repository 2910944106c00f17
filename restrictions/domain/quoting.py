"""Where words that somebody selected or pasted stand in a text, exactly."""

import re

LONGEST = 4_000
"""Code points of a quote: what carries a claim is a clause or some sentences."""


class NotQuoted(ValueError):
    """The text does not hold the words, or not in one place; ``times`` is how often it does."""

    def __init__(self, times: int) -> None:
        self.times = times
        super().__init__(f"The text holds these words {times} times.")


def find_quote(text: str, words: str, *, near: int | None = None) -> tuple[int, int]:
    """Start and end of the words in the text, in code points, half-open.

    White space counts as equal, however long: browsers and mail change line ends. Of several places the one that starts
    nearest to ``near`` is meant. Raises NotQuoted where the words stand nowhere, or in several places and ``near`` is
    not given.
    """
    pieces = words.split()
    if not pieces or len(words) > LONGEST:
        raise NotQuoted(0)
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, pieces)), text)]
    if len(found) == 1 or (found and near is not None):
        return min(found, key=lambda span: abs(span[0] - (near or 0)))
    raise NotQuoted(len(found))
