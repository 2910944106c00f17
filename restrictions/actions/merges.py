"""Merging a claim into another one of its dispatch that says the same, and taking that back."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from restrictions.actions.claims import NotDecided, check_waits, decide, locked, save_edits, take_back
from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import derive_again, open_revision, pair_of
from restrictions.actions.seen import check_seen
from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Revision
from restrictions.queries.merging import counts, gain, merging, parted, parting, united

MERGED = "merged into"
"""How the stored reason of a merge begins; the key of the other claim follows."""


class CannotMerge(Exception):
    """The two claims cannot be merged; the sentence says why."""


def merge_claim(*, claim: int, into: int, by: User, seen: str | None = None) -> Revision | None:
    """The claim is rejected for the other one, which takes over the limits that it lacks.

    Gives the revision where the other one is in the record, which is derived again. Raises AlreadyDecided, CannotMerge,
    FaultyFields or PlanChanged, and then changes nothing.
    """
    with transaction.atomic():
        revision = _revision(into, by=by, reason=f"Merged a claim into {_key(into)}")
        row, target = _both(claim, into, revision)
        check_waits(row)
        _check_target(row, target)
        check_seen(seen, merging(row, target))
        gained, reason = gain(row, target), f"{MERGED} {target.key}"
        after = united(target, gained)
        row.merged_into, row.merged_gave = target, gained or None
        decide(row, Decision.REJECTED, by=by, reason=reason, beside=_MERGE)
        _change(target, after, revision, history_of(by, f"{row.key} {reason}"))
    return revision


def part_claims(*, claim: int, by: User, reason: str, seen: str | None = None) -> Revision | None:
    """A merge is taken back: the claim waits again, and the other one loses what it had gained.

    Gives the revision where the other one is in the record. Raises NotDecided where the claim is not merged,
    CannotMerge, FaultyFields, PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("Taking a decision back needs its reason."))
    with transaction.atomic():
        into = Claim.objects.get(pk=claim).merged_into_id
        if into is None:
            raise NotDecided(gettext("This claim is not merged."))
        revision = _revision(into, by=by, reason=said)
        row, target = _both(claim, into, revision)
        check_seen(seen, parting(row, target))
        after = parted(target, row.merged_gave or {})
        row.merged_into, row.merged_gave = None, None
        take_back(row, reason=said, beside=_MERGE)
        _change(target, after, revision, history_of(by, said))
    return revision


_MERGE = ("merged_into", "merged_gave")


def _revision(into: int, *, by: User, reason: str) -> Revision | None:
    """The record's turn, where the claim that gains or loses is in the record."""
    return open_revision(by=by, reason=reason) if counts(Claim.objects.get(pk=into)) else None


def _key(claim: int) -> str:
    return Claim.objects.get(pk=claim).key


def _both(claim: int, into: int, revision: Revision | None) -> tuple[Claim, Claim]:
    """Both rows, held until the end. Raises CannotMerge where somebody moved the other one meanwhile."""
    if claim == into:
        raise CannotMerge(gettext("A claim is not merged into itself."))
    found = {row.pk: row for row in locked([claim, into])}
    if counts(found[into]) != (revision is not None):
        raise CannotMerge(gettext("Somebody has just decided the other claim. Look at it again."))
    return found[claim], found[into]


def _check_target(row: Claim, target: Claim) -> None:
    ends = [version.dispatch_id if version else None for version in (row.dispatch_version, target.dispatch_version)]
    if ends[0] is None or ends[0] != ends[1]:
        raise CannotMerge(gettext("A claim is merged into a claim of the same dispatch only."))
    if target.retracted or target.decision == Decision.REJECTED:
        raise CannotMerge(gettext("The other claim is rejected or retracted: it would take this one with it."))


def _change(target: Claim, after: Claim, revision: Revision | None, history: AbstractContextManager[Any]) -> None:
    with history:
        save_edits(target, after)
    if revision:
        derive_again([pair_of(after)])
