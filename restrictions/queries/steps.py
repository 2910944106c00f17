"""One step of a curator: what leaves the record and what comes in, before anything is written."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from hashlib import sha256

from restrictions.domain.claims import Claim, Settlement
from restrictions.domain.derivation import derive
from restrictions.domain.plan import Change, difference
from restrictions.domain.positions import Record
from restrictions.domain.rules import RULES_VERSION
from restrictions.models import Claim as StoredClaim
from restrictions.models import Settlement as StoredSettlement
from restrictions.queries.claims import Pair, as_derived_from, as_ruling, claims_of_pairs, settlements_of_pairs
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
    return Step(frozenset({_pair(row), _pair(would)}), _as_it_stands(row), leaves=row.key, claim=claim)


def taking_out(row: StoredClaim) -> Step:
    """Taking a decision back, or retracting a claim."""
    return Step(frozenset({_pair(row)}), _as_it_stands(row), leaves=row.key)


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


class Standing:
    """The record of some pairs as it stands, read in three queries, however many steps are asked about."""

    def __init__(self, steps: Iterable[Step]) -> None:
        pairs = {pair for step in steps for pair in step.pairs}
        self._claims = claims_of_pairs(pairs)
        self._rulings = settlements_of_pairs(pairs)
        self._weapons = recorded_tree()
        self._derived: dict[Pair, Record] = {}

    def changes(self, step: Step) -> list[Change]:
        """What the step would change."""
        return [change for pair in sorted(step.pairs) for change in self._changes(pair, step)]

    def seen(self, step: Step) -> str:
        """A mark of all that the plan of a step follows from: it differs as soon as any of that does."""
        claims = [_written(claim) for pair in sorted(step.pairs) for claim in self._claims.get(pair, ())]
        rulings = [repr(ruling) for pair in sorted(step.pairs) for ruling in self._rulings.get(pair, ())]
        parts = [RULES_VERSION, repr(sorted(self._weapons.nodes.items())), *sorted(claims), *sorted(rulings)]
        coming = _written(step.claim) if step.claim else ""
        parts += [step.stood, step.leaves, coming, step.ruling_leaves, repr(step.ruling)]
        return sha256("\n".join(parts).encode()).hexdigest()

    def _changes(self, pair: Pair, step: Step) -> list[Change]:
        claims, rulings = self._claims.get(pair, []), self._rulings.get(pair, [])
        after = [claim for claim in claims if claim.key != step.leaves]
        if step.claim and (step.claim.line.supplier, step.claim.line.recipient) == pair:
            after.append(step.claim)
        rulings_after = [ruling for ruling in rulings if ruling.key != step.ruling_leaves]
        if step.ruling:
            rulings_after.append(step.ruling)
        if pair not in self._derived:
            self._derived[pair] = derive(claims, rulings, weapons=self._weapons)
        return difference(self._derived[pair], derive(after, rulings_after, weapons=self._weapons))


def _pair(row: StoredClaim | StoredSettlement) -> Pair:
    return row.supplier_id, row.recipient_id


def _as_it_stands(row: StoredClaim) -> str:
    return repr([*field_values(row).values(), row.decision, row.retracted])


def _written(claim: Claim) -> str:
    """The claim as text that is the same in every process: a set has no order of its own."""
    return repr((replace(claim, conditions=frozenset()), sorted(claim.conditions)))
