"""What curators decide about claims. Each decision derives the record again, in one revision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import derive_again, open_revision, pair_of
from restrictions.actions.seen import check_seen
from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Revision
from restrictions.queries.edits import FaultyFields, changed_fields, columns_of, edited
from restrictions.queries.steps import taking_in, taking_out


class AlreadyDecided(Exception):
    """Somebody else decided the claim first; the sentence says who, what and when."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.decision = Decision(claim.decision)
        self.decided_by = claim.decided_by
        self.decided_at = claim.decided_at
        super().__init__(_who_decided(claim))


class CannotAccept(Exception):
    """The claim cannot enter the record as it stands; the sentence says why and what to do."""


class NotDecided(Exception):
    """There is no decision to take back."""


def accept_claim(
    *, claim: int, by: User, changes: Mapping[str, Any] | None = None, seen: str | None = None
) -> Revision:
    """Take one claim into the record, with these fields changed first where a curator edited it.

    ``changes`` are values by the codebook's names; what the machine said is kept beside them. ``seen`` is the mark of
    the plan that the curator saw. Raises AlreadyDecided, FaultyFields, CannotAccept or PlanChanged, and then changes
    nothing.
    """
    with transaction.atomic():
        revision = open_revision(by=by, reason=_reason_to_accept([claim], changes))
        row = locked([claim])[0]
        check_waits(row)
        after = edited(row, changes or {})
        _check_acceptable(after)
        check_seen(seen, taking_in(row, after))
        save_edits(row, after)
        decide(after, Decision.ACCEPTED, by=by, reason="")
        if not after.retracted:
            derive_again([pair_of(after)])
    return revision


def accept_claims(*, claims: Sequence[int], by: User, reason: str = "") -> Revision:
    """Take claims (row ids) into the record, all of them or none, as one revision.

    Raises AlreadyDecided or CannotAccept for the first claim that is decided or cannot be accepted.
    """
    with transaction.atomic():
        revision = open_revision(by=by, reason=reason or _reason_to_accept(claims))
        rows = locked(claims)
        for row in rows:
            check_waits(row)
            _check_acceptable(row)
            decide(row, Decision.ACCEPTED, by=by, reason=reason)
        derive_again(pair_of(row) for row in rows if not row.retracted)
    return revision


def edit_claim(
    *, claim: int, by: User, changes: Mapping[str, Any], reason: str, seen: str | None = None
) -> Revision | None:
    """Change fields of a claim that waits or is accepted; the record is derived again where it is accepted.

    Gives the revision where the claim is accepted. What the machine said stays. Raises FaultyFields, also where nothing
    is changed, AlreadyDecided for a rejected claim or where somebody decided meanwhile, PlanChanged, or ValueError
    without a reason.
    """
    said = needs_reason(reason, gettext("A change of a claim needs its reason."))
    with transaction.atomic(), history_of(by, said):
        was_accepted = _is_accepted(claim)
        revision = open_revision(by=by, reason=said) if was_accepted else None
        row = locked([claim])[0]
        if (
            row.decision in (Decision.REJECTED, Decision.WITHDRAWN)
            or (row.decision == Decision.ACCEPTED) != was_accepted
        ):
            raise AlreadyDecided(row)
        after = edited(row, changes)
        if not changed_fields(row, after):
            raise FaultyFields({"": gettext("Nothing is changed.")})
        check_seen(seen, taking_in(row, after))
        save_edits(row, after)
        if revision:
            derive_again([pair_of(row), pair_of(after)])
    return revision


def reject_claim(*, claim: int, by: User, reason: str) -> None:
    """Keep a claim out of the record, with the reason. Raises AlreadyDecided, or ValueError without a reason."""
    said = needs_reason(reason, gettext("A rejection needs its reason."))
    with transaction.atomic():
        row = locked([claim])[0]
        check_waits(row)
        decide(row, Decision.REJECTED, by=by, reason=said)


def undo_decision(*, claim: int, by: User, reason: str, seen: str | None = None) -> Revision | None:
    """Take a decision back: the claim is proposed again, and the record is derived without it.

    Gives the revision where the record changed: a rejected claim never was in it. Raises NotDecided,
    AlreadyDecided where somebody decided anew meanwhile, PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("Taking a decision back needs its reason."))
    with transaction.atomic():
        was_accepted = _is_accepted(claim)
        revision = open_revision(by=by, reason=said) if was_accepted else None
        row = locked([claim])[0]
        if not Decision(row.decision).is_a_curators:
            raise NotDecided(gettext("This claim is not decided."))
        if row.merged_into_id:
            raise NotDecided(gettext("This claim is merged into another one: take the merge back."))
        if (row.decision == Decision.ACCEPTED) != was_accepted:
            raise AlreadyDecided(row)
        if revision:
            check_seen(seen, taking_out(row))
        take_back(row, reason=said)
        if revision:
            derive_again([pair_of(row)])
    return revision


def locked(claims: Sequence[int]) -> list[Claim]:
    """The rows of these claims, held until the end of the transaction, in one order so that no two writers deadlock."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("dispatch_version__dispatch", "decided_by")
    found = list(rows.filter(pk__in=claims).order_by("pk"))
    if len(found) < len(set(claims)):
        raise Claim.DoesNotExist(gettext("There is no such claim."))
    return found


def _is_accepted(claim: int) -> bool:
    return Claim.objects.get(pk=claim).decision == Decision.ACCEPTED


def save_edits(before: Claim, after: Claim) -> None:
    """Write the fields in which the two differ, if any."""
    changed = columns_of(changed_fields(before, after))
    if changed:
        after.save(update_fields=changed)


_DECISION = ("decision", "decided_by", "decided_at", "decision_reason")


def decide(row: Claim, decision: Decision, *, by: User, reason: str, beside: Sequence[str] = ()) -> None:
    """Write a decision, with the columns ``beside`` it that go with it."""
    row.decision, row.decided_by, row.decided_at = decision.value, by, timezone.now()
    row.decision_reason = reason
    row.save(update_fields=[*_DECISION, *beside])


def take_back(row: Claim, *, reason: str, beside: Sequence[str] = ()) -> None:
    """Write that the claim waits again, and why."""
    row.decision, row.decided_by, row.decided_at, row.decision_reason = Decision.PROPOSED, None, None, reason
    row.save(update_fields=[*_DECISION, *beside])


def check_waits(row: Claim) -> None:
    """Raise AlreadyDecided unless the claim waits."""
    if row.decision != Decision.PROPOSED:
        raise AlreadyDecided(row)


def _check_acceptable(row: Claim) -> None:
    if row.effective_edtf is None:
        raise CannotAccept(
            gettext("The dispatch has no day. Say since when the position holds before you accept the claim.")
        )
    version = row.dispatch_version
    if version and version.dispatch.synthetic and not settings.DEMO:
        raise CannotAccept(
            gettext("The dispatch is synthetic, made for demonstration. Its claims cannot enter this record.")
        )


def _reason_to_accept(claims: Sequence[int], changes: Mapping[str, Any] | None = None) -> str:
    keys = Claim.objects.filter(pk__in=claims).order_by("pk").values_list("key", flat=True)
    return f"Accepted {', '.join(keys)}{' as edited' if changes else ''}"


def _who_decided(claim: Claim) -> str:
    if claim.decision == Decision.WITHDRAWN:
        return gettext("The machine has withdrawn this claim: %(reason)s") % {"reason": claim.decision_reason}
    if claim.decision == Decision.PROPOSED:
        return gettext("The decision on this claim was taken back meanwhile: it waits again.")
    verbs = {Decision.ACCEPTED: gettext("accepted"), Decision.REJECTED: gettext("rejected")}
    when = claim.decided_at.astimezone(timezone.get_default_timezone()) if claim.decided_at else None
    return gettext("%(who)s %(what)s this claim on %(day)s at %(time)s UTC.") % {
        "who": claim.decided_by.get_full_name() or claim.decided_by.get_username() if claim.decided_by else "?",
        "what": verbs[Decision(claim.decision)],
        "day": date_format(when, "j F Y") if when else "?",
        "time": date_format(when, "H:i") if when else "?",
    }
