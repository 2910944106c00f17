"""Plans as templates print them: statuses in words stand out, without a character of HTML in the sentences."""

from dataclasses import dataclass

from restrictions.queries.plans import PlanLine


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; ``stands_out`` where it is a status in words."""

    text: str
    stands_out: bool


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """What changes on one line of the record."""

    heading: str
    sentences: tuple[tuple[Piece, ...], ...]


def in_words(lines: tuple[PlanLine, ...]) -> tuple[PlanBlock, ...]:
    """The plan with its sentences in pieces."""
    return tuple(PlanBlock(line.heading, tuple(map(_pieces, line.sentences))) for line in lines)


def _pieces(sentence: str) -> tuple[Piece, ...]:
    """``ends *not allowed*`` as pieces: every second one stands between asterisks."""
    return tuple(Piece(text, bool(at % 2)) for at, text in enumerate(sentence.split("*")) if text)
