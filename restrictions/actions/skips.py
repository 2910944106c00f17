"""Leaving a claim for later: it comes back in the curator's own queue, after all others."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from restrictions.actions.claims import check_waits, locked
from restrictions.models import Skip


def skip_claim(*, claim: int, by: User) -> None:
    """The claim comes last in this curator's queue from now on, until it is decided. Raises AlreadyDecided."""
    with transaction.atomic():
        row = locked([claim])[0]
        check_waits(row)
        Skip.objects.bulk_create(
            [Skip(claim=row, curator=by, skipped_at=timezone.now())],
            update_conflicts=True,
            unique_fields=["curator", "claim"],
            update_fields=["skipped_at"],
        )
