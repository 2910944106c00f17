"""A text cut where quotes begin and end, so that quotes that overlap can be shown in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands: half-open, in code points. ``owner`` is the claim or mark that it carries.

    ``label`` is its number or letter, ``spoken`` the same for those who hear the page.
    """

    start: int
    end: int
    owner: str
    label: str
    tone: str
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that the same quotes cover throughout; ``begin`` are those that start with it."""

    text: str
    within: tuple[Span, ...] = ()
    begin: tuple[Span, ...] = ()

    @property
    def tones(self) -> str:
        """Each kind of quote that covers it, once, as classes of a stylesheet."""
        return " ".join(dict.fromkeys(f"quote-{span.tone}" for span in self.within))


def cut(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    """The whole text as segments in order; joined, they are the text again. An empty text has none."""
    spans = sorted(spans, key=lambda span: (span.start, -span.end, span.owner))
    cuts = sorted({0, len(text), *(at for span in spans for at in (span.start, span.end))})
    return tuple(_segment(text, spans, start, end) for start, end in pairwise(cuts))


def _segment(text: str, spans: list[Span], start: int, end: int) -> Segment:
    return Segment(
        text=text[start:end],
        within=tuple(span for span in spans if span.start <= start and end <= span.end),
        begin=tuple(span for span in spans if span.start == start),
    )
