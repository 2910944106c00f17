"""What a dispatch proposes, brought up to its latest coding. What a curator decided or edited is left as it is.

The database holds it to that: see the triggers of claims and marks.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, DispatchVersion, Mark

_Row = TypeVar("_Row", Claim, Mark)

_SAID = ("coder", "coder_version", "rule_ids", "confidence")
_QUOTE = ("quote", "quote_in", "quote_start", "quote_end")
# By the machine's names. The role is the record's word, not the machine's, and the curators may have changed it.
_LINE = {"supplier": "supplier_id", "recipient": "recipient_id", "weapon": "weapon_id", "effective": "effective_edtf"}
_CODES = ("track", "territory", "status", "areas", "area_role", "depth_km", "act", "attribution", "prior")
_EDITABLE = {**_LINE, **{name: name for name in _CODES}}
_CLAIM_COLUMNS = (*_EDITABLE.values(), "conditions", "effective_earliest", "effective_latest", *_QUOTE)
_MARK_COLUMNS = ("supplier_id", "recipient_id", "weapon_id", "territory", *_QUOTE)
_WRITTEN_BY_HAND = ("speaker", "notes", "summary")


def refresh_claims(version: DispatchVersion, fresh: Iterable[Claim], because: str) -> None:
    """Propose the fresh claims that the version's rows lack, renew those that wait, withdraw those that are not made
    any more, with the reason ``because``. To be called inside a transaction."""
    held = list(Claim.objects.select_for_update(of=("self",)).filter(dispatch_version=version).order_by("pk"))
    targets = {row.merged_into_id for row in held}
    by_name = {_claim_name(row): row for row in held} | {_machines_name(row): row for row in held if row.machine}
    met = _met(fresh, by_name, _claim_name, _renew_claim)
    for row in held:
        waits = row.decision == Decision.PROPOSED and row.machine is not None
        if row.pk not in met and waits and row.pk not in targets and not _is_edited(row):
            _withdraw(row, because)


def refresh_marks(version: DispatchVersion, fresh: Iterable[Mark], because: str) -> None:
    """The same for marks."""
    held = list(Mark.objects.select_for_update(of=("self",)).filter(dispatch_version=version).order_by("pk"))
    met = _met(fresh, {_mark_name(row): row for row in held}, _mark_name, _renew_mark)
    for row in held:
        if row.pk not in met and row.decision == Decision.PROPOSED:
            _withdraw(row, because)


def _met(
    fresh: Iterable[_Row],
    by_name: dict[Any, _Row],
    name: Callable[[_Row], object],
    renew: Callable[[_Row, _Row], None],
) -> set[int]:
    """The rows that are still made; those that wait are renewed, and what is new is stored."""
    met: set[int] = set()
    new: list[_Row] = []
    for row in fresh:
        old = by_name.get(name(row))
        if old is None:
            new.append(row)
        elif old.pk not in met:
            met.add(old.pk)
            if not Decision(old.decision).is_a_curators:
                renew(old, row)
    if new:
        type(new[0])._default_manager.bulk_create(new, ignore_conflicts=True)
    return met


def _claim_name(row: Claim) -> tuple[str, str, str]:
    """What a dispatch claims once (coding rule 2)."""
    return row.supplier_id, row.weapon_id, row.status


def _machines_name(row: Claim) -> tuple[Any, Any, Any]:
    """The same as the machine said it, whatever a curator made of it."""
    return row.proposal.get("supplier"), row.proposal.get("weapon"), row.proposal.get("status")


def _mark_name(row: Mark) -> tuple[str, str]:
    return row.act, row.actor


def _renew_claim(old: Claim, fresh: Claim) -> None:
    """The latest proposal beside the first one; the fields follow it unless a curator edited them."""
    latest = json.loads(json.dumps(fresh.machine))
    if old.machine is None or (old.proposal == latest and old.decision == Decision.PROPOSED):
        return
    columns = () if _is_edited(old) else _CLAIM_COLUMNS
    old.machine_latest = latest
    _write(old, fresh, ("machine_latest",), (*_SAID, *columns))


def _renew_mark(old: Mark, fresh: Mark) -> None:
    same = all(getattr(old, column) == getattr(fresh, column) for column in _MARK_COLUMNS)
    if not same or old.decision != Decision.PROPOSED:
        _write(old, fresh, (), ("coder_version", *_MARK_COLUMNS))


def _write(old: _Row, fresh: _Row, own: tuple[str, ...], taken: tuple[str, ...]) -> None:
    """The row as the machine sees it now; it waits again where it had been withdrawn."""
    for column in taken:
        setattr(old, column, getattr(fresh, column))
    if old.decision == Decision.WITHDRAWN:
        old.decision, old.decision_reason = Decision.PROPOSED, ""
    old.save(update_fields=[*own, *taken, "decision", "decision_reason"])


def _withdraw(row: Claim | Mark, because: str) -> None:
    row.decision, row.decision_reason = Decision.WITHDRAWN, because
    row.save(update_fields=["decision", "decision_reason"])


def _is_edited(row: Claim) -> bool:
    """Whether a curator changed what the machine said, or wrote something beside it."""
    said = row.proposal
    differs = any(getattr(row, column) != said.get(name) for name, column in _EDITABLE.items())
    by_hand = any(getattr(row, column) for column in _WRITTEN_BY_HAND)
    return differs or by_hand or sorted(row.conditions) != sorted(said.get("conditions", ()))
