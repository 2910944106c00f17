"""What a search names, in any of the four languages: states, weapons and regions by code, and the words left over."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from restrictions.extraction import signs
from restrictions.extraction.lexicon import lexicons
from restrictions.extraction.mentions import Mention, find_mentions
from restrictions.extraction.text import FoldedText, fold

STATE, WEAPON, REGION = "state", "weapon", "region"
_KINDS = {
    signs.STATE: STATE,
    signs.PERSON: STATE,
    signs.STATE_ADJECTIVE: STATE,
    signs.PLACE: STATE,
    signs.WEAPON: WEAPON,
    signs.AREA: REGION,
}
_SHORTEST_GUESS = 5
"""Letters of a word below which a near name is more likely another word."""
_AS_NEAR = 80.0
"""How alike a word and a name must be, of 100."""


@dataclass(frozen=True, slots=True)
class Named:
    """Codes by kind, each with the spelling that was understood; ``guessed`` are words taken for a name near them."""

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    guessed: tuple[tuple[str, str], ...] = ()

    def of(self, kind: str) -> tuple[str, ...]:
        return self.codes.get(kind, ())


def names_in(search: str) -> Named:
    """What the search names. Names are read as the coder reads them, so cases and capitals do not matter."""
    folded = fold(search.title())  # Some names want a capital, and few are typed.
    codes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    taken: set[int] = set()
    for mention in _mentions(folded):
        codes[_KINDS[mention.sign]][mention.code] = None
        taken.update(range(mention.start, mention.end))
    guessed = []
    words = []
    for word in _left_over(folded.lower, taken):
        near = _near(word)
        if near is None:
            words.append(word)
        else:
            kind, code, name = near
            codes[kind][code] = None
            guessed.append((word, name))
    return Named({kind: tuple(found) for kind, found in codes.items()}, tuple(words), tuple(guessed))


def _mentions(folded: FoldedText) -> Iterable[Mention]:
    """The names that any language reads."""
    for lexicon in lexicons().values():
        yield from (mention for mention in find_mentions(folded, lexicon) if mention.sign in _KINDS)


def _left_over(lower: str, taken: set[int]) -> Iterable[str]:
    start = 0
    for word in lower.split():
        at = lower.index(word, start)
        start = at + len(word)
        if at not in taken:
            yield word.strip("\"'«»“”.,;:!?()")


def _near(word: str) -> tuple[str, str, str] | None:
    """The kind, code and spelling of the name that a misspelt word means, if any is near."""
    if len(word) < _SHORTEST_GUESS:
        return None
    found = process.extractOne(word, _spellings().keys(), scorer=fuzz.ratio, score_cutoff=_AS_NEAR)
    return (*_spellings()[found[0]], found[0]) if found else None


@cache
def _spellings() -> dict[str, tuple[str, str]]:
    """Every name of one word in the four languages, with its kind and code."""
    return {
        name: (_KINDS[term.sign], term.code)
        for lexicon in lexicons().values()
        for name, terms in lexicon.terms.items()
        for term in terms[:1]
        if term.sign in _KINDS and " " not in name
    }
