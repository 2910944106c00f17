"""A dispatch as the later steps see it: pages (title, body) of sentences, each with its hits and mentions."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from restrictions.extraction.document import Field, Quote, Span
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import MaskedText, Mention
from restrictions.extraction.rules import Hit, fire
from restrictions.extraction.sentences import Stretch, quotations, sentences
from restrictions.extraction.text import FoldedText


@dataclass(frozen=True, slots=True)
class Page:
    """The title or the body: the text as it came, folded, and masked."""

    where: Field
    folded: FoldedText
    masked: MaskedText

    def quote(self, start: int, end: int) -> Quote:
        """The original words behind a stretch of the masked text."""
        first, last = self.folded.span(self.masked.places[start], self.masked.places[end])
        words = self.folded.original[first:last]
        first += len(words) - len(words.lstrip())
        words = words.strip()
        return Quote(words, self.where, first, first + len(words))

    def span(self, hit: Hit) -> Span:
        found = self.quote(hit.start, hit.end)
        return Span(hit.rule.id, self.where, found.start, found.end)


@dataclass(frozen=True, slots=True)
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

    @property
    def text(self) -> str:
        return self.page.masked.text[self.start : self.end]

    def between(self, start: int, end: int) -> str:
        return self.page.masked.text[start:end]

    def of(self, *kinds: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.means in kinds]

    def named(self, *signs: str) -> list[Mention]:
        return [mention for mention in self.mentions if mention.sign in signs]


def read_page(where: Field, folded: FoldedText, masked: MaskedText, lexicon: Lexicon, first: int) -> list[Sentence]:
    """The sentences of one page, numbered from ``first``."""
    page = Page(where, folded, masked)
    quoted = [_masked(masked, stretch) for stretch in quotations(folded.cased)]
    found: list[Sentence] = []
    hits, mentions = _Cursor(fire(masked.text, lexicon)), _MentionCursor(masked.mentions)
    for stretch in sentences(folded.cased, lexicon.abbreviations):
        inside = _masked(masked, stretch)
        found.append(
            Sentence(
                page,
                first + len(found),
                inside.start,
                inside.end,
                tuple(hits.until(inside.end)),
                tuple(mentions.until(inside.end)),
                tuple(quote for quote in quoted if quote.start < inside.end and inside.start < quote.end),
                "\n" in folded.cased[max(0, stretch.start - 2) : stretch.start] or stretch.start == 0,
            )
        )
    return found


def _masked(masked: MaskedText, stretch: Stretch) -> Stretch:
    return Stretch(bisect_left(masked.places, stretch.start), bisect_left(masked.places, stretch.end))


class _Cursor:
    """Hits in order, handed out sentence by sentence."""

    def __init__(self, hits: list[Hit]) -> None:
        self._hits, self._at = hits, 0

    def until(self, end: int) -> Iterator[Hit]:
        while self._at < len(self._hits) and self._hits[self._at].start < end:
            yield self._hits[self._at]
            self._at += 1


class _MentionCursor:
    """Mentions in order, handed out sentence by sentence."""

    def __init__(self, mentions: tuple[Mention, ...]) -> None:
        self._mentions, self._at = mentions, 0

    def until(self, end: int) -> Iterator[Mention]:
        while self._at < len(self._mentions) and self._mentions[self._at].at < end:
            yield self._mentions[self._at]
            self._at += 1
