"""How good the machine's claims were, as curators' decisions tell: precision and recall by version and language. Pure.

A claim is matched as the codebook scores it: supplier, weapon and status are as the machine said. One that was
rejected, or whose supplier, weapon or status a curator changed, is a false positive; what was changed so, and each
claim that a curator made by hand from a dispatch that the machine had read, is a miss.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from restrictions.domain.agreement import EXACT, SETS, value_of

KEY = ("supplier", "weapon", "status")
FIELDS = tuple(field for field in (*EXACT, *SETS) if field not in KEY)


@dataclass(frozen=True, slots=True)
class Judged:
    """One decided claim: what the machine said, none where a curator made it; what was left, none where rejected."""

    version: str
    language: str
    said: Mapping[str, Any] | None
    left: Mapping[str, Any] | None

    @property
    def hit(self) -> bool:
        both = self.said is not None and self.left is not None
        return both and all(value_of(self.said, field) == value_of(self.left, field) for field in KEY)


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Of the claims that the machine got right as claims, how many have this field right too."""

    field: str
    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class MachineScore:
    """Counts over one version and language (``all`` for all of them); shares none where there is nothing to divide."""

    version: str
    language: str
    hits: int
    false_positives: int
    misses: int
    fields: tuple[FieldScore, ...]

    @property
    def precision(self) -> float | None:
        return self.hits / (self.hits + self.false_positives) if self.hits + self.false_positives else None

    @property
    def recall(self) -> float | None:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else None


def machine_scores(judged: Sequence[Judged]) -> tuple[MachineScore, ...]:
    """The score of all decided claims, then of each version in all languages, then of each version and language."""
    scores = [_score("all", "all", judged)]
    for version in sorted({item.version for item in judged}):
        of_version = [item for item in judged if item.version == version]
        scores.append(_score(version, "all", of_version))
        for language in sorted({item.language for item in of_version}):
            scores += [_score(version, language, [item for item in of_version if item.language == language])]
    return tuple(scores)


def _score(version: str, language: str, judged: Iterable[Judged]) -> MachineScore:
    items = list(judged)
    hits = [item for item in items if item.hit]
    return MachineScore(
        version=version,
        language=language,
        hits=len(hits),
        false_positives=sum(item.said is not None and not item.hit for item in items),
        misses=sum(item.left is not None and not item.hit for item in items),
        fields=tuple(
            FieldScore(field, sum(value_of(hit.said, field) == value_of(hit.left, field) for hit in hits), len(hits))
            for field in FIELDS
        ),
    )
