"""What the second reader looks at: one sentence as it bears on one state, as a set of small signs of speech.

A feature is a short text. Those that begin with "=" are the same in each language: the classes that the rules met and
the mentions by their role, in order, and what the rules made of it. All others are words of the language.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from restrictions.extraction import signs
from restrictions.extraction.reading import Sentence
from restrictions.extraction.senses import Senses

_STEM = 6  # letters of a word that count, so that its endings join
_ROOT = 4  # letters by which looser kin join
_NEGATED = 5  # words after a negation that stand under it
_DENIED = 40  # signs after a negation within which a word's sense is denied
_BESIDE = 6  # words before and after the state's own names that stand near it
_MOST_WORDS = 90  # of a longer sentence the rest is not looked at
_MOST_KNOWN = 50_000  # words whose stems are kept in mind
_MOST_NAMES = 3  # of a state in one sentence
_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_ROLES = {
    signs.STATE: "S",
    signs.PERSON: "P",
    signs.STATE_ADJECTIVE: "s",
    signs.RECIPIENT: "R",
    signs.RECIPIENT_ADJECTIVE: "r",
    signs.ENEMY: "E",
    signs.ENEMY_ADJECTIVE: "e",
    signs.WEAPON: "W",
    signs.ARMS: "W",
    signs.ANAPHOR: "W",
    signs.AREA: "A",
    signs.ORGANISATION: "O",
    signs.PLACE: "L",
}
SUPPLIERS = (signs.STATE, signs.PERSON, signs.STATE_ADJECTIVE, signs.PLACE)
_OWN = "*"  # before the role of a mention of the state in question

Features = dict[str, tuple[int, int]]
"""Each feature with where it stands first, half-open, at places of the masked text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence as it bears on one state."""

    supplier: str
    features: Features


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside the sentence: the status that the rules gave each supplier, the states that it names, and
    whom it is about where it names none."""

    ruled: Mapping[str, str]
    named: tuple[str, ...]
    implied: str | None
    long: bool  # one sentence of many, of which most make no claim
    senses: Senses
    asked: Sentence | None  # the question that the sentence before it asks


class _Piece(NamedTuple):
    """A word, a number, a mark or a mention (by its role, with its ``code``) of a sentence."""

    text: str
    start: int
    end: int
    code: str = ""


def states_named(sentence: Sentence, asked: Sentence | None) -> tuple[str, ...]:
    """The states that a sentence names; where it names none, those of the question that it answers."""
    named = sentence.named(*SUPPLIERS) or (asked.named(*SUPPLIERS) if asked else [])
    return tuple(dict.fromkeys(mention.code for mention in named))


def units_of(sentence: Sentence, around: Around) -> Iterator[Unit]:
    """One unit for each state that a sentence names; where it names none, for the one that is meant."""
    suppliers = around.named or ((around.implied,) if around.implied else ())
    if not suppliers:
        return
    pieces = _pieces(sentence)
    shared = _words(sentence, pieces) | _senses(sentence, pieces, around.senses)
    if around.asked is not None:
        shared |= _question(sentence, around.asked, around.senses)
    for supplier in suppliers:
        features = shared | _order(sentence, supplier) | _beside(pieces, supplier)
        for told in _told(supplier, around):
            features[told] = (sentence.start, sentence.start)
        yield Unit(supplier, features)


def _pieces(sentence: Sentence) -> list[_Piece]:
    codes = {mention.at: mention.code for mention in sentence.mentions}
    found: list[_Piece] = []
    for match in _PIECE.finditer(sentence.page.masked.text, sentence.start, sentence.end):
        start, end = match.span()
        found.append(_Piece(_stem(match[0]), start, end, codes.get(start, "")))
        if len(found) == _MOST_WORDS:
            break
    return found


@lru_cache(_MOST_KNOWN)
def _stem(text: str) -> str:
    return _ROLES.get(text) or ("#" if text.isdigit() else text[:_STEM])


def _words(sentence: Sentence, pieces: list[_Piece]) -> Features:
    """Words, their roots, pairs of neighbours, and words under a negation."""
    found: Features = {}
    before: _Piece | None = None
    for piece in pieces:
        found.setdefault(piece.text, (piece.start, piece.end))
        if len(piece.text) > _ROOT:
            found.setdefault(f"{piece.text[:_ROOT]}-", (piece.start, piece.end))
        if before is not None:
            found.setdefault(f"{before.text} {piece.text}", (before.start, piece.end))
        before = piece
    for hit in sentence.of("not", "cannot"):
        for piece in [piece for piece in pieces if piece.start >= hit.end][:_NEGATED]:
            found.setdefault(f"not {piece.text}", (hit.start, piece.end))
    return found


def _senses(sentence: Sentence, pieces: list[_Piece], senses: Senses) -> Features:
    """What the words speak of, alone and shortly after a negation."""
    text, found = sentence.page.masked.text, Features()
    ends = [hit.end for hit in sentence.of("not", "cannot")]
    for piece in pieces:
        told = senses.of(text[piece.start : piece.end])
        denied = bool(told) and any(0 <= piece.start - end < _DENIED for end in ends)
        for name in told:
            found.setdefault(f"=of {name}", (piece.start, piece.end))
            if denied:
                found.setdefault(f"=not of {name}", (piece.start, piece.end))
    return found


def _question(sentence: Sentence, asked: Sentence, senses: Senses) -> Features:
    """What was asked right before: words and senses, told apart from those of the answer. They have no place in it."""
    place = (sentence.start, sentence.start)
    pieces = _pieces(asked)
    words = dict.fromkeys((f"? {piece.text}" for piece in pieces), place)
    return words | dict.fromkeys((f"=asked {name[1:]}" for name in _senses(asked, pieces, senses)), place)


def _beside(pieces: list[_Piece], supplier: str) -> Features:
    """The words near the state's own names, those before it and those after it apart."""
    found: Features = {}
    for place in [at for at, piece in enumerate(pieces) if piece.code == supplier][:_MOST_NAMES]:
        for piece in pieces[max(0, place - _BESIDE) : place]:
            found.setdefault(f"{piece.text} <", (piece.start, piece.end))
        for piece in pieces[place + 1 : place + 1 + _BESIDE]:
            found.setdefault(f"> {piece.text}", (piece.start, piece.end))
    return found


def _order(sentence: Sentence, supplier: str) -> Features:
    """Classes and roles, alone and followed by each of the next two."""
    chain = _chain(sentence, supplier)
    found: Features = {}
    for at, (text, start, end) in enumerate(chain):
        found.setdefault(f"={text}", (start, end))
        for step, (after, _, last) in enumerate(chain[at + 1 : at + 3], start=1):
            found.setdefault(f"={text}{'>' * step}{after}", (start, last))
    return found


def _chain(sentence: Sentence, supplier: str) -> list[tuple[str, int, int]]:
    """Classes of rules and roles of mentions in order, those of the state in question told apart."""
    links = [
        (f"{hit.means}/{hit.rule.value}" if hit.rule.value else hit.means, hit.start, hit.end) for hit in sentence.hits
    ]
    for mention in sentence.mentions:
        role = _ROLES[mention.sign]
        links.append((_OWN + role if mention.code == supplier else role, mention.at, mention.at + 1))
    return sorted(links, key=itemgetter(1))


def _told(supplier: str, around: Around) -> list[str]:
    """How many states are named, and what the rules made of the sentence for this one and for others."""
    others = {status for other, status in around.ruled.items() if other != supplier}
    own = around.ruled.get(supplier, "nothing")
    length = "=long" if around.long else "=short"
    return [
        length,
        f"{length} states {min(len(around.named), 3)}",
        f"=ruled {own}",
        *(f"=others {status}" for status in sorted(others)),
    ]
