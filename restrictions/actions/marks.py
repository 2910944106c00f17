"""What curators decide about context marks. A mark never makes a position; observed use dates its first use."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from restrictions.actions.record import derive_again, open_revision
from restrictions.domain.vocabulary import Act, Decision
from restrictions.models import Mark


class MarkAlreadyDecided(Exception):
    """Somebody else decided the mark first."""


def accept_mark(*, mark: int, by: User) -> None:
    """Make a mark public: a change of the record, like any. Raises MarkAlreadyDecided, or Mark.DoesNotExist."""
    with transaction.atomic():
        seen = Mark.objects.get(pk=mark)
        open_revision(by=by, reason=f"Accepted the mark {seen.key}")
        _decide(mark, Decision.ACCEPTED, by=by)
        if seen.act == Act.USED and seen.supplier_id and seen.recipient_id:
            derive_again([(seen.supplier_id, seen.recipient_id)])


def reject_mark(*, mark: int, by: User) -> None:
    """Keep a mark from the public. Raises MarkAlreadyDecided, or Mark.DoesNotExist."""
    with transaction.atomic():
        _decide(mark, Decision.REJECTED, by=by)


def _decide(mark: int, decision: Decision, *, by: User) -> None:
    """One conditional update: of two curators at once, one decides."""
    undecided = Mark.objects.proposed().filter(pk=mark)
    if not undecided.update(decision=decision.value, decided_by=by, decided_at=timezone.now()):
        Mark.objects.get(pk=mark)  # an unknown mark is not a decided one
        raise MarkAlreadyDecided(gettext("This mark is already decided."))
