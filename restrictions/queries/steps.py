"""One step of a curator: what leaves the record and what comes in, before anything is written."""

from copy import copy
from dataclasses import dataclass, replace
from hashlib import sha256

from restrictions.domain.claims import Claim, Settlement
from restrictions.domain.plan import Change, difference
from restrictions.domain.positions import Record, together
from restrictions.domain.weapons import WeaponTree
from restrictions.models import Claim as StoredClaim
from restrictions.models import Settlement as StoredSettlement
from restrictions.queries.claims import Pair, as_derived_from, as_ruling, claims_of_pairs, settlements_of_pairs
from restrictions.queries.derived import Inputs, derived, inputs
from restrictions.queries.edits import field_values
from restrictions.queries.weapons import recorded_tree


@dataclass(frozen=True, slots=True)
class Step:
    """What leaves by its key, and what comes in. ``stood`` is the row that it is about, as it stands."""

    pairs: frozenset[Pair]
    stood: str
    leaves: str = ""
    claim: Claim | None = None
    ruling_leaves: str = ""
    ruling: Settlement | None = None


def taking_in(row: StoredClaim, after: StoredClaim | None = None) -> Step:
    """Accepting or changing a claim; ``after`` is the claim as it would stand, where that differs."""
    would = after or row
    claim = as_derived_from(would) if would.effective_edtf else None
    return Step(frozenset({_pair(row), _pair(would)}), as_it_stands(row), leaves=row.key, claim=claim)


def taking_out(row: StoredClaim) -> Step:
    """Taking a decision back, or retracting a claim."""
    return Step(frozenset({_pair(row)}), as_it_stands(row), leaves=row.key)


def restoring(row: StoredClaim) -> Step:
    """A retracted claim counts again."""
    after = copy(row)
    after.retracted = False
    return taking_in(row, after)


def settling(row: StoredSettlement) -> Step:
    """A ruling comes in."""
    ruling = replace(as_ruling(row), key=_NEW)
    return Step(frozenset({_pair(row)}), "", ruling=ruling)


def unsettling(row: StoredSettlement) -> Step:
    """A ruling is withdrawn."""
    return Step(frozenset({_pair(row)}), f"{row.key} {row.withdrawn}", ruling_leaves=row.key)


_NEW = "~"  # a ruling gets its key when it is stored; after all others of its day, as a later one does


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a step would change, and the records of its pairs before and after it."""

    changes: tuple[Change, ...]
    before: Record
    after: Record


class Standing:
    """The record of a step's pairs as it stands, read in three queries."""

    def __init__(self, step: Step) -> None:
        claims, rulings = claims_of_pairs(step.pairs), settlements_of_pairs(step.pairs)
        weapons = recorded_tree()
        self._step = step
        self._stands = {pair: inputs(claims[pair], rulings[pair], weapons) for pair in step.pairs}

    def foresee(self) -> Foreseen:
        """What the step would change."""
        step, pairs = self._step, sorted(self._step.pairs)
        before = [derived(self._stands[pair]) for pair in pairs]
        after = [derived(_after(self._stands[pair], pair, step)) for pair in pairs]
        changes = [change for old, new in zip(before, after, strict=True) for change in difference(old, new)]
        return Foreseen(tuple(changes), together(before), together(after))

    def seen(self) -> str:
        """A mark of all that the plan of a step follows from: it differs as soon as any of that does."""
        step = self._step
        parts = [self._stands[pair].digest for pair in sorted(step.pairs)]
        coming = inputs([step.claim] if step.claim else [], [step.ruling] if step.ruling else [], _NO_WEAPONS)
        parts += [step.stood, step.leaves, step.ruling_leaves, coming.digest]
        return sha256("\n".join(parts).encode()).hexdigest()


_NO_WEAPONS = WeaponTree({})


def _after(stands: Inputs, pair: Pair, step: Step) -> Inputs:
    """What the record of the pair follows from once the step is done."""
    claims = [claim for claim in stands.claims if claim.key != step.leaves]
    if step.claim and (step.claim.line.supplier, step.claim.line.recipient) == pair:
        claims.append(step.claim)
    rulings = [ruling for ruling in stands.rulings if ruling.key != step.ruling_leaves]
    if step.ruling:
        rulings.append(step.ruling)
    return inputs(claims, rulings, stands.weapons)


def _pair(row: StoredClaim | StoredSettlement) -> Pair:
    return row.supplier_id, row.recipient_id


def as_it_stands(row: StoredClaim) -> str:
    """All of a claim that a plan about it follows from."""
    return repr([*field_values(row).values(), row.decision, row.retracted])
