"""How far two codings of one passage agree, field by field: percent, Cohen's kappa, Krippendorff's alpha. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import krippendorff
import numpy as np

CLAIM = "claim"
"""Whether the passage makes a claim at all; the other fields are compared where both say that it does."""
EXACT = (
    *("supplier", "recipient", "weapon", "status", "territory", "area_role", "depth_km"),
    *("act", "attribution", "effective", "prior"),
)
SETS = ("areas", "conditions")
"""Fields that hold several codes: alpha takes the Jaccard distance of two sets, as the codebook's scores do."""
TOO_FEW = 10
"""Passages under which kappa and alpha say nothing, and are not given."""

Coding = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Twice:
    """One passage coded twice, neither coder knowing of the other. None: the coder finds no claim in it."""

    period: str
    language: str
    first: Coding | None
    second: Coding | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One field's figures over the passages of a group. ``by`` is all, period or language; shares are from 0 to 1.

    None where there are too few passages, or where nobody used a second code so that chance cannot be told.
    """

    by: str
    group: str
    field: str
    passages: int
    agreed: int
    percent: float | None
    kappa: float | None
    alpha: float | None

    @property
    def too_few(self) -> bool:
        return self.passages < TOO_FEW


def agreement_rows(units: Sequence[Twice]) -> tuple[Agreement, ...]:
    """Figures for all passages, then for each period and each language, field by field."""
    groups = [("all", "", units)]
    for by in ("period", "language"):
        names = sorted({getattr(unit, by) for unit in units})
        groups += [(by, name, [unit for unit in units if getattr(unit, by) == name]) for name in names]
    return tuple(_row(by, name, field, found) for by, name, found in groups for field in (CLAIM, *EXACT, *SETS))


def disagreements(first: Coding | None, second: Coding | None) -> tuple[str, ...]:
    """The fields in which two codings of a passage differ; only whether it makes a claim, where they differ in that."""
    if first is None or second is None:
        return () if first is second else (CLAIM,)
    return tuple(field for field in (*EXACT, *SETS) if value_of(first, field) != value_of(second, field))


def value_of(coding: Coding | None, field: str) -> Hashable:
    """A field's value in a form that can be compared: sets have no order, and what is not stated is one value."""
    if field == CLAIM:
        return coding is not None
    value = (coding or {}).get(field)
    return frozenset(value or ()) if field in SETS else (None if value == "" else value)


def _row(by: str, group: str, field: str, units: Iterable[Twice]) -> Agreement:
    both = [unit for unit in units if field == CLAIM or (unit.first is not None and unit.second is not None)]
    pairs = [(value_of(unit.first, field), value_of(unit.second, field)) for unit in both]
    agreed = sum(one == other for one, other in pairs)
    enough = len(pairs) >= TOO_FEW
    return Agreement(
        by=by,
        group=group,
        field=field,
        passages=len(pairs),
        agreed=agreed,
        percent=agreed / len(pairs) if pairs else None,
        kappa=cohens_kappa(pairs) if enough else None,
        alpha=krippendorffs_alpha(pairs, of_sets=field in SETS) if enough else None,
    )


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement beyond chance of two coders who have habits of their own; none where chance alone agrees always."""
    count = len(pairs)
    firsts, seconds = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(firsts[value] * seconds[value] for value in firsts) / count**2
    if by_chance == 1:
        return None
    return (sum(one == other for one, other in pairs) / count - by_chance) / (1 - by_chance)


def krippendorffs_alpha(pairs: Sequence[tuple[Hashable, Hashable]], *, of_sets: bool = False) -> float | None:
    """Agreement beyond chance where the coders stand for any two; none where only one value was used."""
    values = sorted({value for pair in pairs for value in pair}, key=repr)
    if len(values) < 2:
        return None
    at = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(pairs), len(values)), dtype=int)
    for unit, pair in enumerate(pairs):
        for value in pair:
            counts[unit, at[value]] += 1
    if not of_sets:
        return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    distances = np.array([[jaccard_distance(one, other) for other in values] for one in values])
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement=_measured_by(distances)))


def _measured_by(distances: Any) -> Any:
    """The distance of two values by their numbers, as the library asks for it."""

    def measured(_v1: Any, _v2: Any, *, i1: Any, i2: Any, **_more: Any) -> Any:
        return distances[i1, i2]

    return measured


def jaccard_distance(one: Any, other: Any) -> float:
    """From 0 for two equal sets, empty ones too, to 1 for two that share nothing."""
    return 1 - len(one & other) / len(one | other) if one | other else 0.0
