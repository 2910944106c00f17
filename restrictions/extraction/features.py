"""What the second reader looks at: one sentence as it bears on one state, as a set of small signs of speech.

A feature is a short text, kept in its parts where it has several, so that it is looked up without being written out.
Those that begin with "=" are the same in each language: the classes that the rules met and the mentions by their role,
in order, and what the rules made of it. All others are words of the language.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat
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
_MOST_TOLD = 1_000  # ways in which rules and states meet in a sentence, kept in mind
_MOST_NAMES = 3  # of a state in one sentence
_ORDER = re.compile(r"(=[^>]+)(>+)(.+)")
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
_OTHER_ROLES = {sign: f"={role}" for sign, role in _ROLES.items()}
_OWN_ROLES = {sign: f"=*{role}" for sign, role in _ROLES.items()}  # of a mention of the state in question
_SPOKEN = ("=of ", "=not of ")
_START = itemgetter(1)

Feature = str | tuple[str, ...]
"""One word or class; two words ("not", "x"), written with a space; or classes in their order ("=a", ">", "=b")."""
Place = tuple[int, int]
"""Where a feature stands, half-open, at places of the masked text."""


def feature_of(text: str) -> Feature:
    """The feature that is written so in a file of weights."""
    if order := _ORDER.fullmatch(text):
        first, mark, second = order.groups()
        return first, mark, f"={second}"
    return tuple(map(sys.intern, text.split(" "))) if text.count(" ") == 1 else text


def written(feature: Feature) -> str:
    """How a feature is written in a file of weights."""
    match feature:
        case first, second:
            return f"{first} {second}"
        case first, mark, second:
            return f"{first}{mark}{second[1:]}"
    return str(feature)


class Unit(NamedTuple):
    """One sentence as it bears on one state: what its single words tell, and the features of more than a word, those
    that it shows of this state and those that it shows for each state."""

    supplier: str
    pieces: "Pieces"
    own: Sequence[Feature]
    shared: Sequence[Feature]
    around: "Around"

    def features(self) -> set[Feature]:
        """All that it shows."""
        return {*self.pieces.features(), *self.own, *self.shared}

    def places(self) -> dict[Feature, Place]:
        """Where each feature that has a place stands first."""
        own = zip(self.own, _own_places(self), strict=True)
        shared = zip(self.shared, _shared_places(self.pieces, self.around), strict=True)
        placed: dict[Feature, Place] = {}
        unplaced = set()
        for feature, place in chain(own, shared, self.pieces.placed()):
            if place is None:
                unplaced.add(feature)
            else:
                placed.setdefault(feature, place)
        return {feature: place for feature, place in placed.items() if feature not in unplaced}


class Around(NamedTuple):
    """What is known beside the sentence: the status that the rules gave each supplier, the states that it names, and
    whom it is about where it names none."""

    ruled: Mapping[str, str]
    named: tuple[str, ...]
    implied: str | None
    long: bool  # one sentence of many, of which most make no claim
    senses: Senses
    asked: Sentence | None  # the question that the sentence before it asks


@lru_cache(_MOST_KNOWN)
def stem(word: str) -> str:
    return _ROLES.get(word) or ("#" if word.isdigit() else sys.intern(word[:_STEM]))


@lru_cache(_MOST_KNOWN)
def features_of_word(word: str, senses: Senses) -> tuple[Feature, ...]:
    """What a word tells wherever it stands: itself, its root, what it speaks of."""
    text = stem(word)
    root = (f"{text[:_ROOT]}-",) if len(text) > _ROOT else ()
    return text, *root, *(("=of", name) for name in senses.of(word))


class Pieces:
    """The words, numbers, marks and mentions of a sentence; ``stems``: what counts of them, a mention's role."""

    __slots__ = ("_places", "senses", "sentence", "stems", "words")

    def __init__(self, sentence: Sentence, senses: Senses) -> None:
        self.sentence = sentence
        self.senses = senses
        self.words: list[str] = _PIECE.findall(sentence.page.masked.text, sentence.start, sentence.end)[:_MOST_WORDS]
        self.stems = [*map(stem, self.words)]
        self._places: list[Place] = []

    def features(self) -> Iterator[Feature]:
        return chain.from_iterable(features_of_word(word, self.senses) for word in self.words)

    def places(self) -> list[Place]:
        if not self._places:
            found = _PIECE.finditer(self.sentence.page.masked.text, self.sentence.start, self.sentence.end)
            self._places = [match.span() for match, _ in zip(found, self.words, strict=False)]
        return self._places

    def placed(self) -> Iterator[tuple[Feature, Place]]:
        """What single words tell, and where."""
        for word, place in zip(self.words, self.places(), strict=True):
            yield from zip(features_of_word(word, self.senses), repeat(place))

    def named(self, code: str) -> list[int]:
        """At which pieces this state is named, those that count."""
        mentions = self.sentence.mentions
        if code not in [mention.code for mention in mentions]:
            return []
        met = [at for at, word in enumerate(self.words) if word in _ROLES]
        return [at for at, mention in zip(met, mentions, strict=False) if mention.code == code][:_MOST_NAMES]


def states_named(sentence: Sentence, asked: Sentence | None) -> tuple[str, ...]:
    """The states that a sentence names; where it names none, those of the question that it answers."""
    named = sentence.named(*SUPPLIERS) or (asked.named(*SUPPLIERS) if asked else [])
    return tuple(dict.fromkeys(mention.code for mention in named))


def units_of(sentence: Sentence, around: Around) -> Iterator[Unit]:
    """One unit for each state that a sentence names; where it names none, for the one that is meant."""
    suppliers = around.named or ((around.implied,) if around.implied else ())
    if not suppliers:
        return
    pieces = Pieces(sentence, around.senses)
    shared = _shared(pieces, around)
    for supplier in suppliers:
        yield Unit(supplier, pieces, _own(pieces, supplier, around), shared, around)


def _own(pieces: Pieces, supplier: str, around: Around) -> list[Feature]:
    """What is told of the state, the words near its names, those before and those after apart, and the classes and
    roles in order: alone and followed by each of the next two."""
    found = [*_told(supplier, around)]
    stems = pieces.stems
    for at in pieces.named(supplier):
        found += zip(stems[max(0, at - _BESIDE) : at], repeat("<"))
        found += zip(repeat(">"), stems[at + 1 : at + 1 + _BESIDE])
    links = [text for text, _, _ in _chain(pieces.sentence, supplier)]
    found += zip(links, repeat(">"), links[1:])
    found += zip(links, repeat(">>"), links[2:])
    found += links
    return found


def _own_places(unit: Unit) -> Iterator[Place | None]:
    """Where the state's own features stand, in their order."""
    yield from repeat(None, len(_told(unit.supplier, unit.around)))
    places = unit.pieces.places()
    for at in unit.pieces.named(unit.supplier):
        yield from places[max(0, at - _BESIDE) : at]
        yield from places[at + 1 : at + 1 + _BESIDE]
    links = _chain(unit.pieces.sentence, unit.supplier)
    for step in (1, 2, 0):
        yield from ((start, end) for (_, start, _), (_, _, end) in zip(links, links[step:], strict=False))


def _shared(pieces: Pieces, around: Around) -> list[Feature]:
    """What was asked, pairs of neighbours, and what stands under a negation."""
    asked = [] if around.asked is None else _question(Pieces(around.asked, around.senses))
    return [*asked, *pairwise(pieces.stems), *_negated(pieces)]


def _shared_places(pieces: Pieces, around: Around) -> Iterator[Place | None]:
    """Where the features that are shared stand, in their order. What was asked has no place in the sentence."""
    if around.asked is not None:
        yield from repeat(None, len(_question(Pieces(around.asked, around.senses))))
    yield from ((start, end) for (start, _), (_, end) in pairwise(pieces.places()))
    yield from _negated(pieces).values()


def _negated(pieces: Pieces) -> dict[Feature, Place]:
    """The words under a negation, and what those shortly after one speak of."""
    negations = pieces.sentence.of("not", "cannot")
    found: dict[Feature, Place] = {}
    if not negations:
        return found
    places = pieces.places()
    denied: set[int] = set()
    for hit in negations:
        first, last = bisect_left(places, (hit.end, 0)), bisect_left(places, (hit.end + _DENIED, 0))
        for text, (_, end) in zip(pieces.stems[first : first + _NEGATED], places[first:], strict=False):
            found.setdefault(("not", text), (hit.start, end))
        denied.update(range(first, last))
    for at in sorted(denied):
        for name in pieces.senses.of(pieces.words[at]):
            found.setdefault(f"=not of {name}", places[at])
    return found


def _question(asked: Pieces) -> list[Feature]:
    """What was asked right before: words and senses, told apart from those of the answer."""
    told = map(written, chain(asked.features(), _negated(asked)))
    senses = [feature_of(f"=asked {name[1:]}") for name in told if name.startswith(_SPOKEN)]
    return [*(("?", text) for text in asked.stems), *senses]


def _chain(sentence: Sentence, supplier: str) -> list[tuple[str, int, int]]:
    """Classes of rules and roles of mentions in order, those of the state in question told apart."""
    links = [(hit.rule.link, hit.start, hit.end) for hit in sentence.hits]
    for mention in sentence.mentions:
        roles = _OWN_ROLES if mention.code == supplier else _OTHER_ROLES
        links.append((roles[mention.sign], mention.at, mention.at + 1))
    links.sort(key=_START)
    return links


def _told(supplier: str, around: Around) -> Sequence[Feature]:
    """How many states are named, and what the rules made of the sentence for this one and for others."""
    ruled = around.ruled
    others = frozenset([status for other, status in ruled.items() if other != supplier]) if ruled else _NOBODY
    return _told_of(around.long, min(len(around.named), 3), ruled.get(supplier, "nothing"), others)


_NOBODY = frozenset[str]()


@lru_cache(_MOST_TOLD)
def _told_of(long: bool, states: int, own: str, others: frozenset[str]) -> Sequence[Feature]:
    length = "=long" if long else "=short"
    return (
        length,
        f"{length} states {states}",
        ("=ruled", own),
        *(("=others", status) for status in sorted(others)),
    )
