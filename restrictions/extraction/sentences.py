"""Where sentences and quotations begin and end, also in copy that has lost the space after a full stop."""

import re
from collections.abc import Iterator

from restrictions.extraction.values import value

_END_MARK = re.compile(r"[.!?\n]")  # what each end begins with: few places to look closer at
_ENDS = re.compile(
    r"""(?P<break>\n\s*\n)
      | (?P<stop>[.!?]{1,4}(?:\s?["\u00bb\u201d]|\u201c|'(?=\s))?)
        (?=\s+["\u00ab\u201c'(]?\s?[A-Z0-9\u0404-\u042f\u0490])
      | (?P<glued>(?<=[a-z0-9]{2})(?:[.!?]|[.!?]["\u00bb\u201d]|(?<=["\u00bb\u201d])\.)(?=["\u00ab\u201c]?[A-Z][a-z']))
      | (?P<after_quote>(?<=["\u00bb\u201d])\.(?=["\u00ab\u201c]?[A-Z]))
    """,
    re.VERBOSE,
)
# "PARIS (AFP) - ", "Kyiv, 5 June (Agency) - ": where a dispatch was written, before its first words.
_DATELINE = re.compile(
    r"""\s*(?:[A-Z\u0404-\u042f\u0490][A-Z\u0404-\u042f\u0490.' /-]{2,40}(?:,[^-\n]{1,30})?(?:\([^)\n]{1,30}\))?
      | [A-Z\u0404-\u042f\u0490][\w.' ]{2,25}
        (?:,[^-\n]{1,30}\([^)\n]{1,30}\)|,[^-\n]{0,20}[0-9][^-\n]{0,12}|\s?\([^)\n]{1,30}\))
      )\s?-\s""",
    re.VERBOSE,
)
_LONGEST = 2000  # no sentence of a reader is longer; text without full stops is cut, so that work stays linear
_DATELINE_WITHIN = 90
_WORD_BEFORE = re.compile(r"(?<![0-9])([0-9]{1,2}|[A-Za-z.\u0404-\u045f\u0491]+)$")
_NUMBER = "#"  # stands among the abbreviations of a language that writes "30." for "30th"
_QUOTE = re.compile(
    r'"([^"\u201c\u201d\n]{1,1500})[\u201c\u201d]|"([^"\n]*(?:\n(?!\n)[^"\n]*)*)"|\u00ab([^\u00bb\n]{0,1500})\u00bb|\u201c([^\u201d\n]{0,1500})\u201d'
)


@value
class Stretch:
    """A half-open stretch of the folded text."""

    start: int
    end: int

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end


def sentences(cased: str, abbreviations: frozenset[str]) -> list[Stretch]:
    """The sentences of a folded text in order, without the white space around them."""
    found: list[Stretch] = []
    start = 0
    opening = dateline_end(cased)
    for end in (opening, *_boundaries(cased, abbreviations, opening), len(cased)):
        for first in range(start, end, _LONGEST):
            stretch = trimmed(cased, first, min(end, first + _LONGEST))
            if stretch.end > stretch.start:
                found.append(stretch)
        start = end
    return found


def dateline_end(cased: str) -> int:
    """Where the words that say where a dispatch was written end; 0 without them. They are a sentence of their own."""
    dateline = _DATELINE.match(cased, 0, _DATELINE_WITHIN)
    return dateline.end() if dateline else 0


def _boundaries(cased: str, abbreviations: frozenset[str], start: int) -> Iterator[int]:
    last = start
    for mark in _END_MARK.finditer(cased, start):
        match = _ENDS.match(cased, mark.start()) if mark.start() >= last else None
        if match is None:
            continue
        last = match.end()
        if match["stop"] == "." and _is_abbreviation(cased[max(0, match.start() - 12) : match.start()], abbreviations):
            continue
        yield match.end()


def _is_abbreviation(before: str, abbreviations: frozenset[str]) -> bool:
    word = _WORD_BEFORE.search(before)
    if word is None or word[1].isdigit():
        return word is not None and _NUMBER in abbreviations
    return len(word[1]) == 1 or word[1].lower() in abbreviations


def trimmed(text: str, start: int, end: int) -> Stretch:
    """The stretch without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)


def quotations(cased: str) -> list[Stretch]:
    """What stands between quotation marks, marks excluded."""
    found = []
    for match in _QUOTE.finditer(cased):
        inside = trimmed(cased, *match.span(match.lastindex or 0))
        if inside.end > inside.start:
            found.append(inside)
    return found
