"""Retracting an accepted claim, and counting it again. It stays in the log, with the reason, either way."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from restrictions.actions.claims import locked
from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import derive_again, open_revision, pair_of
from restrictions.actions.seen import check_seen
from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Revision
from restrictions.queries.steps import restoring, taking_out


class CannotRetract(Exception):
    """The claim is not in a state to be retracted or to be counted again; the sentence says which it is in."""


def retract_claim(*, claim: int, by: User, reason: str, seen: str | None = None) -> Revision:
    """An accepted claim counts for nothing from now on, and the record is derived without it.

    Raises CannotRetract unless it is accepted and counts, PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("Retracting a claim needs its reason."))
    with transaction.atomic(), history_of(by, said):
        revision = open_revision(by=by, reason=said)
        row = _accepted(claim)
        if row.retracted:
            raise CannotRetract(
                gettext("This claim is retracted already: %(reason)s") % {"reason": row.retracted_reason}
            )
        check_seen(seen, taking_out(row))
        _mark(row, retracted=True, reason=said)
    return revision


def restore_claim(*, claim: int, by: User, reason: str, seen: str | None = None) -> Revision:
    """A retracted claim counts again, and the record is derived with it.

    Raises CannotRetract unless it is accepted and retracted, PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("Counting a claim again needs its reason."))
    with transaction.atomic(), history_of(by, said):
        revision = open_revision(by=by, reason=said)
        row = _accepted(claim)
        if not row.retracted:
            raise CannotRetract(gettext("This claim is not retracted: it counts."))
        check_seen(seen, restoring(row))
        _mark(row, retracted=False, reason="")
    return revision


def _accepted(claim: int) -> Claim:
    row = locked([claim])[0]
    if row.decision != Decision.ACCEPTED:
        raise CannotRetract(gettext("This claim is not accepted: only what is in the record can be retracted."))
    return row


def _mark(row: Claim, *, retracted: bool, reason: str) -> None:
    row.retracted, row.retracted_reason = retracted, reason
    row.save(update_fields=["retracted", "retracted_reason"])
    derive_again([pair_of(row)])
