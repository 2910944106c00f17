"""How far the coding is to be trusted, as rows: two people's codings of a passage, the machine's beside people's."""

from collections.abc import Iterator

from restrictions.domain.agreement import CLAIM
from restrictions.domain.datasets import AGREEMENT
from restrictions.domain.machine import MachineScore
from restrictions.queries.datasets.positions import Row
from restrictions.queries.samples import agreement_figures, machine_figures


def agreement_dataset() -> Iterator[Row]:
    """How far first and second codings agree, field by field."""
    for row in sorted(agreement_figures(), key=lambda row: (row.by, row.group, row.field)):
        yield tuple(getattr(row, name) for name in AGREEMENT.names)


def score_dataset() -> Iterator[Row]:
    """How good the machine's claims were, as curators left them: precision and misses, then each field."""
    yield from sorted((row for score in machine_figures() for row in _scores(score)), key=lambda row: row[:3])


def _scores(score: MachineScore) -> Iterator[Row]:
    proposed = score.hits + score.false_positives
    yield score.version, score.language, CLAIM, score.hits, proposed, score.precision, score.misses
    for field in score.fields:
        yield score.version, score.language, field.field, field.right, field.of, field.share, None
