"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

LONGEST = 300_000
"""Letters of both texts together up to which they are compared; longer ones count as wholly replaced."""
_MOST_PAIRS = 4_000_000
"""Pairs of words of one changed stretch up to which its words are compared."""

_PARAGRAPHS = re.compile(r"[^\n]*\n+|[^\n]+")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

_Stretch = tuple[bool, str, str]
"""Whether it stayed, and its text before and after."""


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came. All that did not come, in order, is the text of before."""

    kind: Kind
    text: str


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order, neighbours of one kind joined: what went stands before what came."""
    if before == after:
        return (Piece(Kind.SAME, after),) if after else ()
    if len(before) + len(after) > LONGEST:
        return _joined(_replaced(before, after))
    old, new = _PARAGRAPHS.findall(before), _PARAGRAPHS.findall(after)
    return _joined(_paragraph_changes(old, new))


def _paragraph_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for same, was, now in _stretches(old, new):
        if same:
            yield Piece(Kind.SAME, now)
            continue
        words, others = _WORDS.findall(was), _WORDS.findall(now)
        if len(words) * len(others) > _MOST_PAIRS:
            yield from _replaced(was, now)
            continue
        for kept, gone, come in _without_lone_spaces(list(_stretches(words, others))):
            yield from (Piece(Kind.SAME, come),) if kept else _replaced(gone, come)


def _without_lone_spaces(stretches: list[_Stretch]) -> list[_Stretch]:
    """A space between two changes belongs to both: else each word of a new sentence would be a change of its own."""
    found: list[_Stretch] = []
    for place, (same, was, now) in enumerate(stretches):
        stays = same and not (now.isspace() and 0 < place < len(stretches) - 1)
        if found and not stays and not found[-1][0]:
            found[-1] = (False, found[-1][1] + was, found[-1][2] + now)
        else:
            found.append((stays, was, now))
    return found


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[_Stretch]:
    """Whether a stretch stayed, and its text before and after. Frequent words are passed over in long texts: they
    would take time that grows with the square of their number."""
    for what, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        yield what == "equal", "".join(old[i:j]), "".join(new[k:m])


def _replaced(was: str, now: str) -> Iterator[Piece]:
    yield Piece(Kind.REMOVED, was)
    yield Piece(Kind.ADDED, now)


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind in one piece, without empty ones."""
    found: list[Piece] = []
    for piece in pieces:
        if found and piece.text and found[-1].kind is piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return tuple(found)
