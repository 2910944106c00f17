"""Plans as templates print them: statuses in words stand out, without a character of HTML in the sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from restrictions.admin.bars import BarChart
from restrictions.domain.claims import Line
from restrictions.queries.plans import PlanLine


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; ``stands_out`` where it is a status in words."""

    text: str
    stands_out: bool


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """What changes on one line of the record; ``bars`` show it before and after, where that can be seen."""

    heading: str
    sentences: tuple[tuple[Piece, ...], ...]
    bars: BarChart | None = None


def in_words(lines: tuple[PlanLine, ...], charts: Mapping[Line, BarChart] | None = None) -> tuple[PlanBlock, ...]:
    """The plan with its sentences in pieces, and with the charts of its lines where they are drawn."""
    drawn = charts or {}
    return tuple(PlanBlock(line.heading, tuple(map(_pieces, line.sentences)), drawn.get(line.line)) for line in lines)


def _pieces(sentence: str) -> tuple[Piece, ...]:
    """``ends *not allowed*`` as pieces: every second one stands between asterisks."""
    return tuple(Piece(text, bool(at % 2)) for at, text in enumerate(sentence.split("*")) if text)
