"""What the second reader looks at: one sentence as it bears on one state, as a set of small signs of speech.

A feature is a short text, kept in its parts where it has several, so that it is looked up without being written out.
Those that begin with "=" are the same in each language: the classes that the rules met and the mentions by their role,
in order, and what the rules made of it. All others are words of the language.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
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


class Family(NamedTuple):
    """Features of one kind in order; their places, which few are asked for, if they have any."""

    features: Sequence[Feature]
    places: Callable[[], Sequence[Place]] | None


class Unit(NamedTuple):
    """One sentence as it bears on one state: what its single words tell, and the features of more than a word."""

    supplier: str
    pieces: "Pieces"
    families: Sequence[Family]

    def features(self) -> set[Feature]:
        """All that it shows."""
        return {*self.pieces.features(), *chain.from_iterable(family.features for family in self.families)}

    def placed(self) -> set[Feature]:
        """The features that have a place."""
        unplaced = chain.from_iterable(family.features for family in self.families if family.places is None)
        return self.features().difference(unplaced)

    def place(self, feature: Feature) -> Place:
        """Where a feature that has a place stands first."""
        for features, places in self.families:
            if places is not None and feature in features:
                return places()[features.index(feature)]
        return self.pieces.place(feature)


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

    def place(self, feature: Feature) -> Place:
        """Where the first word stands that tells this."""
        return next(
            place
            for word, place in zip(self.words, self.places(), strict=True)
            if feature in features_of_word(word, self.senses)
        )

    def pair_places(self) -> list[Place]:
        return [(start, end) for (start, _), (_, end) in pairwise(self.places())]

    def places_within(self, first: int, last: int) -> list[Place]:
        return self.places()[first:last]

    def named(self, code: str) -> list[int]:
        """At which pieces this state is named."""
        signs_met = [at for at, word in enumerate(self.words) if word in _ROLES]
        return [at for at, mention in zip(signs_met, self.sentence.mentions, strict=False) if mention.code == code]


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
    shared = [Family([*pairwise(pieces.stems)], pieces.pair_places), *_negated(pieces)]
    if around.asked is not None:
        shared = [_question(Pieces(around.asked, around.senses)), *shared]
    for supplier in suppliers:
        told = Family(_told(supplier, around), None)
        yield Unit(supplier, pieces, [told, *_beside(pieces, supplier), *_order(sentence, supplier), *shared])


def _negated(pieces: Pieces) -> Iterator[Family]:
    """The words under a negation, and what those shortly after one speak of."""
    negations = pieces.sentence.of("not", "cannot")
    if not negations:
        return
    found: dict[Feature, Place] = {}
    for hit in negations:
        first = bisect_left(pieces.places(), (hit.end, 0))
        for text, (_, end) in zip(pieces.stems[first : first + _NEGATED], pieces.places()[first:], strict=False):
            found.setdefault(("not", text), (hit.start, end))
    for word, place in zip(pieces.words, pieces.places(), strict=True):
        for name in pieces.senses.of(word):
            if any(0 <= place[0] - hit.end < _DENIED for hit in negations):
                found.setdefault(f"=not of {name}", place)
    yield Family([*found], lambda: [*found.values()])


def _question(asked: Pieces) -> Family:
    """What was asked right before: words and senses, told apart from those of the answer. They have no place in it."""
    denied = chain.from_iterable(family.features for family in _negated(asked))
    told = [written(feature) for feature in (*asked.features(), *denied)]
    senses = [feature_of(f"=asked {name[1:]}") for name in told if name.startswith(_SPOKEN)]
    return Family([*(("?", text) for text in asked.stems), *senses], None)


def _beside(pieces: Pieces, supplier: str) -> Iterator[Family]:
    """The words near the state's own names, those before it and those after it apart."""
    stems = pieces.stems
    for at in pieces.named(supplier)[:_MOST_NAMES]:
        first, last = max(0, at - _BESIDE), at + 1 + _BESIDE
        yield Family([*zip(stems[first:at], repeat("<"))], partial(pieces.places_within, first, at))
        yield Family([*zip(repeat(">"), stems[at + 1 : last])], partial(pieces.places_within, at + 1, last))


def _order(sentence: Sentence, supplier: str) -> Iterator[Family]:
    """Classes and roles, alone and followed by each of the next two."""
    links = _chain(sentence, supplier)
    texts = [text for text, _, _ in links]
    for step, mark in ((1, ">"), (2, ">>")):
        yield Family([*zip(texts, repeat(mark), texts[step:])], partial(_from_to, links, step))
    yield Family(texts, partial(_from_to, links, 0))


def _from_to(links: list[tuple[str, int, int]], step: int) -> list[Place]:
    return [(start, end) for (_, start, _), (_, _, end) in zip(links, links[step:], strict=False)]


def _chain(sentence: Sentence, supplier: str) -> list[tuple[str, int, int]]:
    """Classes of rules and roles of mentions in order, those of the state in question told apart."""
    links = [(hit.rule.link, hit.start, hit.end) for hit in sentence.hits]
    for mention in sentence.mentions:
        roles = _OWN_ROLES if mention.code == supplier else _OTHER_ROLES
        links.append((roles[mention.sign], mention.at, mention.at + 1))
    return sorted(links, key=itemgetter(1))


def _told(supplier: str, around: Around) -> list[Feature]:
    """How many states are named, and what the rules made of the sentence for this one and for others."""
    others = {status for other, status in around.ruled.items() if other != supplier}
    own = around.ruled.get(supplier, "nothing")
    length = "=long" if around.long else "=short"
    return [
        length,
        f"{length} states {min(len(around.named), 3)}",
        ("=ruled", own),
        *(("=others", status) for status in sorted(others)),
    ]
