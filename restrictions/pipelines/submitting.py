"""What a program hands in at once: kept, said back, and a worker woken."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from restrictions.actions.dispatches import Kept, Received
from restrictions.actions.submissions import close_submission, open_submission
from restrictions.domain.unreadable import Unreadable
from restrictions.models import ApiToken, Submission
from restrictions.pipelines.files import Outcome
from restrictions.pipelines.keeping import keep
from restrictions.pipelines.waking import wake_coder


def submit(*, token: ApiToken, key: str | None, body_digest: str, received: Sequence[Received]) -> Submission:
    """The submission with what became of each dispatch, in their order; the same again for the same key and body.

    Raises KeyReused, StillStoring and DatabaseStopped; after the last the same request does what is left.
    """
    begun = open_submission(token=token, key=key, body_digest=body_digest, size=len(received), now=timezone.now())
    if begun.is_ours:
        outcomes = [outcome_row(result) for result in keep(received)]
        close_submission(submission=begun.submission, outcomes=outcomes)
        # Each transaction above has ended: a worker that looks now finds all of it.
        wake_coder()
    return begun.submission


def outcome_row(result: Kept | Unreadable) -> dict[str, Any]:
    """What became of a dispatch as it is stored with its submission."""
    if isinstance(result, Unreadable):
        return {"outcome": Outcome.REFUSED.value, "reason": str(result)}
    return {"outcome": (Outcome.STORED if result.is_new else Outcome.HELD).value, "dispatch": result.dispatch}
