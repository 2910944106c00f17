"""Claims that the machine missed: somebody selected their words and filled their fields."""

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from restrictions.actions.claims import accept_claim
from restrictions.actions.reasons import history_of
from restrictions.models import Claim, Revision

_WHY = "A claim that the machine missed"


class AlreadyProposed(Exception):
    """A claim about the same at the same words is there."""

    def __init__(self) -> None:
        super().__init__(
            gettext("There is a claim of this supplier, weapon and status at these words already: open that one.")
        )


def propose_missed(*, draft: Claim, by: User) -> Claim:
    """The drafted claim, stored: it waits for a decision. Raises AlreadyProposed."""
    with transaction.atomic(), history_of(by, _WHY):
        _store(draft)
    return draft


def accept_missed(*, draft: Claim, by: User, seen: str | None = None) -> Revision:
    """The drafted claim, stored and taken into the record, or neither.

    Raises AlreadyProposed, CannotAccept or PlanChanged.
    """
    with transaction.atomic():
        propose_missed(draft=draft, by=by)
        return accept_claim(claim=draft.pk, by=by, seen=seen)


def _store(draft: Claim) -> Any:
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as refused:
        draft.pk = None
        if Claim.objects.filter(key=draft.key).exists():
            raise AlreadyProposed from refused
        raise
