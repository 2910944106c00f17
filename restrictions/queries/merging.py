"""What a claim gains when another one of its dispatch is merged into it, and what taking that back would change."""

from dataclasses import replace
from typing import Any

from restrictions.domain.vocabulary import Condition, Decision
from restrictions.models import Claim
from restrictions.queries.edits import edited, field_values
from restrictions.queries.steps import Step, as_it_stands, taking_in

Gain = dict[str, Any]


def gain(row: Claim, target: Claim) -> Gain:
    """The limits of ``row`` that ``target`` lacks, by the codebook's names; none where their status differs.

    Repeated mentions of one claim unite their limits (rule 2 of the coding). Areas of another role, and a depth beside
    another depth, are left where they are.
    """
    if row.status != target.status:
        return {}
    found: Gain = {}
    if row.areas and row.area_role == (target.area_role or row.area_role):
        found["areas"] = [code for code in row.areas if code not in target.areas]
        found["area_role"] = None if target.area_role else row.area_role
    if row.depth_km is not None and target.depth_km is None:
        found["depth_km"] = row.depth_km
    apart = {Condition.DEPTH_LIMIT.value} if "depth_km" not in found else set()
    found["conditions"] = [code for code in row.conditions if code not in {*target.conditions, *apart}]
    return {name: value for name, value in found.items() if value}


def united(target: Claim, gained: Gain) -> Claim:
    """The claim with what it gains, nothing saved. Raises FaultyFields."""
    values = field_values(target)
    return edited(target, {name: _with(values[name], value) for name, value in gained.items()})


def parted(target: Claim, gained: Gain) -> Claim:
    """The claim without what it gained, nothing saved; what has been changed since stays. Raises FaultyFields."""
    values = field_values(target)
    left = {name: _without(values[name], value) for name, value in gained.items()}
    if left.get("depth_km") is not None and "conditions" in left:
        left["conditions"] = [*left["conditions"], Condition.DEPTH_LIMIT.value]
    if left.get("areas", values["areas"]):
        left.pop("area_role", None)
    return edited(target, left)


def _with(stands: Any, gained: Any) -> Any:
    return [*stands, *gained] if isinstance(stands, list) else gained


def _without(stands: Any, gained: Any) -> Any:
    if isinstance(stands, list):
        return [code for code in stands if code not in gained]
    return None if stands == gained else stands


def merging(row: Claim, target: Claim) -> Step:
    """The claim is rejected for the other one, which gains its limits: that changes the record where it is in it."""
    return _step(row, target, united(target, gain(row, target)))


def parting(row: Claim, target: Claim) -> Step:
    """A merge is taken back."""
    return _step(row, target, parted(target, row.merged_gave or {}))


def _step(row: Claim, target: Claim, after: Claim) -> Step:
    stood = f"{as_it_stands(row)} {as_it_stands(target)}"
    if not counts(target):
        return Step(frozenset(), stood)
    return replace(taking_in(target, after), stood=stood)


def counts(row: Claim) -> bool:
    """Whether the record rests on the claim."""
    return row.decision == Decision.ACCEPTED and not row.retracted
