"""What curators decide about claims. Each decision derives the record again, in one revision."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from restrictions.actions.record import derive_again, open_revision
from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Revision


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


def accept_claim(*, claim: int, by: User) -> Revision:
    """Take one claim into the record. Raises AlreadyDecided or CannotAccept, and then changes nothing."""
    return accept_claims(claims=[claim], by=by)


def accept_claims(*, claims: Sequence[int], by: User, reason: str = "") -> Revision:
    """Take claims (row ids) into the record, all of them or none, as one revision.

    Raises AlreadyDecided or CannotAccept for the first claim that is decided or cannot be accepted.
    """
    with transaction.atomic():
        revision = open_revision(by=by, reason=reason or _reason_to_accept(claims))
        rows = _locked(claims)
        for row in rows:
            _check_acceptable(row)
            _decide(row, Decision.ACCEPTED, by=by, reason=reason)
        derive_again((row.supplier_id, row.recipient_id) for row in rows if not row.retracted)
    return revision


def reject_claim(*, claim: int, by: User, reason: str) -> None:
    """Keep a claim out of the record, with the reason. Raises AlreadyDecided, or ValueError without a reason."""
    said = _said(reason, gettext("A rejection needs its reason."))
    with transaction.atomic():
        row = _locked([claim])[0]
        if row.decision != Decision.PROPOSED:
            raise AlreadyDecided(row)
        _decide(row, Decision.REJECTED, by=by, reason=said)


def undo_decision(*, claim: int, by: User, reason: str) -> Revision | None:
    """Take a decision back: the claim is proposed again, and the record is derived without it.

    Gives the revision where the record changed: a rejected claim never was in it. Raises NotDecided,
    AlreadyDecided where somebody decided anew meanwhile, or ValueError without a reason.
    """
    said = _said(reason, gettext("Taking a decision back needs its reason."))
    with transaction.atomic():
        was_accepted = Claim.objects.get(pk=claim).decision == Decision.ACCEPTED
        revision = open_revision(by=by, reason=said) if was_accepted else None
        row = _locked([claim])[0]
        if row.decision == Decision.PROPOSED:
            raise NotDecided(gettext("This claim is not decided."))
        if (row.decision == Decision.ACCEPTED) != was_accepted:
            raise AlreadyDecided(row)
        row.decision, row.decided_by, row.decided_at, row.decision_reason = Decision.PROPOSED, None, None, said
        row.save(update_fields=["decision", "decided_by", "decided_at", "decision_reason"])
        if revision:
            derive_again([(row.supplier_id, row.recipient_id)])
    return revision


def _said(reason: str, without_one: str) -> str:
    if not reason.strip():
        raise ValueError(without_one)
    return reason.strip()


def _locked(claims: Sequence[int]) -> list[Claim]:
    """The rows of these claims, held until the end of the transaction, in one order so that no two writers deadlock."""
    rows = Claim.objects.select_for_update(of=("self",)).select_related("dispatch_version__dispatch", "decided_by")
    found = list(rows.filter(pk__in=claims).order_by("pk"))
    if len(found) < len(set(claims)):
        raise Claim.DoesNotExist(gettext("There is no such claim."))
    return found


def _decide(row: Claim, decision: Decision, *, by: User, reason: str) -> None:
    row.decision, row.decided_by, row.decided_at = decision.value, by, timezone.now()
    row.decision_reason = reason
    row.save(update_fields=["decision", "decided_by", "decided_at", "decision_reason"])


def _check_acceptable(row: Claim) -> None:
    if row.decision != Decision.PROPOSED:
        raise AlreadyDecided(row)
    if row.effective_edtf is None:
        raise CannotAccept(
            gettext("The dispatch has no day. Say since when the position holds before you accept the claim.")
        )
    version = row.dispatch_version
    if version and version.dispatch.synthetic and not settings.DEMO:
        raise CannotAccept(
            gettext("The dispatch is synthetic, made for demonstration. Its claims cannot enter this record.")
        )


def _reason_to_accept(claims: Sequence[int]) -> str:
    keys = Claim.objects.filter(pk__in=claims).order_by("pk").values_list("key", flat=True)
    return f"Accepted {', '.join(keys)}"


def _who_decided(claim: Claim) -> str:
    verbs = {Decision.ACCEPTED: gettext("accepted"), Decision.REJECTED: gettext("rejected")}
    when = claim.decided_at.astimezone(timezone.get_default_timezone()) if claim.decided_at else None
    return gettext("%(who)s %(what)s this claim on %(day)s at %(time)s UTC.") % {
        "who": claim.decided_by.get_full_name() or claim.decided_by.get_username() if claim.decided_by else "?",
        "what": verbs[Decision(claim.decision)],
        "day": date_format(when, "j F Y") if when else "?",
        "time": date_format(when, "H:i") if when else "?",
    }
