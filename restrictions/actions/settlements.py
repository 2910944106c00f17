"""Rulings of editors on contested days: which side holds, from when until when, and why. The reason is public."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import derive_again, open_revision, pair_of
from restrictions.actions.seen import check_seen
from restrictions.domain.claims import Line
from restrictions.domain.vocabulary import Status
from restrictions.models import Revision, Settlement
from restrictions.queries.rulings import proposed_ruling
from restrictions.queries.steps import Standing, settling, unsettling


class CannotSettle(Exception):
    """The ruling would decide nothing; the sentence says why."""


class AlreadyWithdrawn(Exception):
    """Somebody withdrew the settlement first; the sentence says why."""


def settle(
    *,
    line: Line,
    first: date,
    until: date,
    status: Status,
    practice: Status | None = None,
    reason: str,
    by: User,
    seen: str | None = None,
) -> Settlement:
    """Rule that ``status`` holds on this line from ``first`` up to the day before ``until``, and derive again.

    Raises CannotSettle where that would change nothing, FaultyFields for days or a status that cannot be,
    PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("A settlement needs its reason: it is shown to the public."))
    with transaction.atomic(), history_of(by, said):
        revision = open_revision(by=by, reason=said)
        row = proposed_ruling(line=line, first=first, until=until, status=status, practice=practice, reason=said, by=by)
        step = settling(row)
        check_seen(seen, step)
        if not Standing(step).foresee().changes:
            raise CannotSettle(
                gettext("This would settle nothing: on these days there is no dispute in which a side claims that.")
            )
        row.key = _next_key(row, revision)
        row.save(force_insert=True)
        derive_again([pair_of(row)])
    return row


def withdraw_settlement(*, settlement: int, by: User, reason: str, seen: str | None = None) -> Revision:
    """A ruling holds no more, and the record is derived without it. The row stays, with the reason.

    Raises AlreadyWithdrawn, Settlement.DoesNotExist, PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("Withdrawing a settlement needs its reason."))
    with transaction.atomic(), history_of(by, said):
        revision = open_revision(by=by, reason=said)
        row = Settlement.objects.select_for_update(of=("self",)).get(pk=settlement)
        if row.withdrawn:
            raise AlreadyWithdrawn(
                gettext("This settlement is withdrawn already: %(reason)s") % {"reason": row.withdrawn_reason}
            )
        check_seen(seen, unsettling(row))
        row.withdrawn, row.withdrawn_reason = True, said
        row.save(update_fields=["withdrawn", "withdrawn_reason"])
        derive_again([pair_of(row)])
    return revision


def _next_key(row: Settlement, revision: Revision) -> str:
    """A name that stays; the revision in it lets a later ruling on the same days sort later."""
    named = [*map(str, row.line), row.first.isoformat(), f"{revision.pk:010d}"]
    return "/".join(part for part in named if part)
