"""A dispatch as the later steps see it: pages (title, body) of sentences, each with its hits and mentions."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TypeVar

from restrictions.extraction.document import Field, Quote, Span
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import MaskedText, Mention
from restrictions.extraction.rules import Hit, fire
from restrictions.extraction.sentences import Stretch, quotations, sentences
from restrictions.extraction.text import FoldedText
from restrictions.extraction.values import value

_Placed = TypeVar("_Placed")


@dataclass(frozen=True, slots=True)
class Page:
    """The title or the body: the text as it came, folded, and masked."""

    where: Field
    folded: FoldedText
    masked: MaskedText

    def quote(self, start: int, end: int) -> Quote:
        """The original words behind a stretch of the masked text."""
        words, first = self._words(start, end)
        return Quote(words, self.where, first, first + len(words))

    def span(self, hit: Hit) -> Span:
        words, first = self._words(hit.start, hit.end)
        return Span(hit.rule.id, self.where, first, first + len(words))

    def _words(self, start: int, end: int) -> tuple[str, int]:
        first, last = self.folded.span(self.masked.places[start], self.masked.places[end])
        words = self.folded.original[first:last]
        return words.strip(), first + len(words) - len(words.lstrip())


@value
class Sentence:
    """A sentence at places of its page's masked text. ``number`` counts through title and body."""

    page: Page
    number: int
    start: int
    end: int
    hits: tuple[Hit, ...]
    mentions: tuple[Mention, ...]
    quoted: tuple[Stretch, ...]
    opens_paragraph: bool
    kinds: Mapping[str, list[Hit]]
    signs: frozenset[str]

    @property
    def text(self) -> str:
        return self.page.masked.text[self.start : self.end]

    @property
    def is_question(self) -> bool:
        return self.page.masked.text.endswith("?", self.start, self.end)

    def between(self, start: int, end: int) -> str:
        return self.page.masked.text[start:end]

    def of(self, *kinds: str) -> list[Hit]:
        """The hits of these kinds, in order."""
        if len(kinds) == 1:
            return self.kinds.get(kinds[0], [])
        if self.kinds.keys().isdisjoint(kinds):
            return []
        found = [kind for kind in kinds if kind in self.kinds]
        if len(found) > 1:
            return [hit for hit in self.hits if hit.means in found]
        return self.kinds[found[0]]

    def named(self, *signs: str) -> list[Mention]:
        """The mentions with these signs, in order."""
        return [] if self.signs.isdisjoint(signs) else [mention for mention in self.mentions if mention.sign in signs]


def read_page(where: Field, folded: FoldedText, masked: MaskedText, lexicon: Lexicon, first: int) -> list[Sentence]:
    """The sentences of one page, numbered from ``first``."""
    page = Page(where, folded, masked)
    quoted = [_masked(masked, stretch) for stretch in quotations(folded.cased)]
    quote_ends = [quote.end for quote in quoted]
    stretches = sentences(folded.cased, lexicon.abbreviations)
    inside = [_masked(masked, stretch) for stretch in stretches]
    ends = [stretch.end for stretch in inside]
    hits = _shared_out(fire(masked.text, lexicon), ends, lambda hit: hit.start)
    mentions = _shared_out(masked.mentions, ends, lambda mention: mention.at)
    return [
        Sentence(
            page,
            first + count,
            here.start,
            here.end,
            hits[count],
            mentions[count],
            _touching(quoted, quote_ends, here),
            "\n" in folded.cased[max(0, stretch.start - 2) : stretch.start] or stretch.start == 0,
            _by_kind(hits[count]),
            frozenset([mention.sign for mention in mentions[count]]),
        )
        for count, (stretch, here) in enumerate(zip(stretches, inside, strict=True))
    ]


def _touching(quoted: list[Stretch], ends: list[int], here: Stretch) -> tuple[Stretch, ...]:
    """The quotations, in order and apart, that a sentence holds wholly or in part."""
    first = bisect_right(ends, here.start)
    return tuple(takewhile(lambda quote: quote.start < here.end, islice(quoted, first, None)))


def _by_kind(hits: tuple[Hit, ...]) -> dict[str, list[Hit]]:
    kinds: dict[str, list[Hit]] = {}
    for hit in hits:
        kinds.setdefault(hit.means, []).append(hit)
    return kinds


def _masked(masked: MaskedText, stretch: Stretch) -> Stretch:
    return Stretch(bisect_left(masked.places, stretch.start), bisect_left(masked.places, stretch.end))


def _shared_out(
    found: Iterable[_Placed], ends: list[int], place: Callable[[_Placed], int]
) -> list[tuple[_Placed, ...]]:
    """What was found in order, one share for each sentence that ends at one of ``ends``."""
    shares: list[list[_Placed]] = [[] for _ in ends]
    at = 0
    for one in found:
        while at < len(ends) - 1 and place(one) >= ends[at]:
            at += 1
        shares[at].append(one)
    return [tuple(share) for share in shares]
