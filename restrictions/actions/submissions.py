"""Keeping what was handed in at once, under a key that makes saying it twice the same as once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from restrictions.models import ApiToken, Submission

ABANDONED_AFTER = timedelta(minutes=1)
"""How long somebody may take to store a submission before another request with its key may begin anew."""


class KeyReused(Exception):
    """The key came before, with another body."""


class StillStoring(Exception):
    """The same submission is being stored just now."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A submission, and whether its dispatches are now to be stored by whoever opened it."""

    submission: Submission
    is_ours: bool


def open_submission(*, token: ApiToken, key: str | None, body_digest: str, size: int, now: datetime) -> Begun:
    """The submission of this token under this key, new or as it was. Without a key it is always new.

    Raises KeyReused, and StillStoring where another request stores it.
    """
    try:
        with transaction.atomic():
            return Begun(
                Submission.objects.create(
                    token=token, idempotency_key=key, body_digest=body_digest, size=size, begun_at=now
                ),
                is_ours=True,
            )
    except IntegrityError:
        held = Submission.objects.filter(token=token, idempotency_key=key).first()
        if key is None or held is None:
            raise
    return _held(held, body_digest, now)


def _held(held: Submission, body_digest: str, now: datetime) -> Begun:
    if held.body_digest != body_digest:
        raise KeyReused
    if held.outcomes is not None:
        return Begun(held, is_ours=False)
    abandoned = Submission.objects.filter(pk=held.pk, outcomes__isnull=True, begun_at__lte=now - ABANDONED_AFTER)
    if not abandoned.update(begun_at=now):
        raise StillStoring
    # Whoever began it died half-way. Storing is idempotent: what is held already is found to be held.
    return Begun(held, is_ours=True)


def close_submission(*, submission: Submission, outcomes: Sequence[dict[str, Any]]) -> None:
    """What became of each dispatch, for whoever asks later."""
    submission.outcomes, submission.size = list(outcomes), len(outcomes)
    submission.save(update_fields=["outcomes", "size"])


def keep_upload(*, outcomes: Sequence[dict[str, Any]], by: User, now: datetime) -> Submission:
    """A curator's upload with what became of each dispatch."""
    return Submission.objects.create(sender=by, outcomes=list(outcomes), size=len(outcomes), begun_at=now)
