"""What a search names, in any of the four languages: states, weapons and regions by code, and the words left over."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from restrictions.extraction import signs
from restrictions.extraction.lexicon import lexicons
from restrictions.extraction.mentions import Mention, find_mentions
from restrictions.extraction.text import FoldedText, fold
from restrictions.reference.names import load_names, named_languages

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
_WORDS = re.compile(r"\w+")
_OTHER_WORDS = frozenset({"island"})
"""Names of one language that are a common word of another: German for Iceland."""


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
    for start, end, kind, code in _listed_in(folded.lower, taken):
        codes[kind][code] = None
        taken.update(range(start, end))
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


def _listed_in(lower: str, taken: Collection[int]) -> Iterable[tuple[int, int, str, str]]:
    """Where a name of the lists stands among words that the coder's lexicons do not know, with its kind and code."""
    for word in _WORDS.finditer(lower):
        for name, (kind, code) in _listed().get(word[0], {}).items():
            start, end = word.start(), word.start() + len(name)
            if lower.startswith(name, start) and not lower[end : end + 1].isalnum() and start not in taken:
                yield start, end, kind, code
                break


@cache
def _listed() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """The names of the reference lists in every language, folded, by their first word, the longest first."""
    found: dict[str, tuple[str, str]] = {}
    for language in named_languages():
        names = load_names(language)
        for kind, listed in ((WEAPON, names.weapons), (REGION, names.regions), (STATE, names.countries)):
            found |= {fold(name).lower: (kind, code) for code, name in listed.items()} | found
    by_word: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for name in sorted(found.keys() - _OTHER_WORDS, key=len, reverse=True):
        by_word[_WORDS.findall(name)[0]][name] = found[name]
    return by_word


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
