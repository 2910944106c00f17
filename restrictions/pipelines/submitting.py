"""What a program sends or a curator uploads at once: kept, said back, and a worker woken."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from restrictions.actions.dispatches import Kept, Received
from restrictions.actions.submissions import close_submission, keep_upload, open_submission
from restrictions.domain.unreadable import Unreadable
from restrictions.models import ApiToken, Submission
from restrictions.pipelines.files import Ingested, Outcome, Read, keep_found
from restrictions.pipelines.keeping import keep
from restrictions.pipelines.opening import Opened
from restrictions.pipelines.reading import Found, read_file
from restrictions.pipelines.waking import wake_coders
from restrictions.words.foreign import in_one_line

MOST_UPLOADED = 5_000
"""Dispatches of one upload: some seconds of work, while somebody waits for the page."""


def submit(*, token: ApiToken, key: str | None, body_digest: str, received: Sequence[Received]) -> Submission:
    """The submission with what became of each dispatch, in their order; the same again for the same key and body.

    Raises KeyReused, StillStoring and DatabaseStopped; after the last the same request does what is left.
    """
    begun = open_submission(token=token, key=key, body_digest=body_digest, size=len(received), now=timezone.now())
    if begun.is_ours:
        outcomes = [_sent(result) for result in keep(received)]
        close_submission(submission=begun.submission, outcomes=outcomes)
        # Each transaction above has ended: a worker that looks now finds all of it.
        wake_coders()
    return begun.submission


def upload(files: Iterable[Opened], *, by: User) -> Submission:
    """The files' dispatches, kept, with what became of each. Raises DatabaseStopped; the same upload does the rest."""
    # One more than may be, so that it is known whether there were more.
    reads = islice(_found_in(files), MOST_UPLOADED + 1)
    outcomes = [_uploaded(item) for item in keep_found(_cut_off(reads))]
    submission = keep_upload(outcomes=outcomes, by=by, now=timezone.now())
    wake_coders()
    return submission


def _found_in(files: Iterable[Opened]) -> Iterator[Read]:
    for file in files:
        for place, found in enumerate(read_file(file)):
            yield Path(file.name), place, found


def _cut_off(reads: Iterator[Read]) -> Iterator[Read]:
    """All that may be in one upload; the first beyond it is refused, with a sentence for the rest."""
    for count, (path, place, found) in enumerate(reads):
        if count == MOST_UPLOADED:
            why = f"One upload takes {MOST_UPLOADED:,} dispatches; what follows was not read. Use manage.py ingest"
            found = Found(Unreadable(why), found.part)  # noqa: PLW2901  the last one
        yield path, place, found


def _uploaded(item: Ingested) -> dict[str, Any]:
    row: dict[str, Any] = {
        "outcome": item.outcome.value,
        "dispatch": item.dispatch,
        "reason": str(item.refusal) if item.refusal else item.note,
        "file": in_one_line(item.path.name, 200),
        "part": item.part,
    }
    return {name: value for name, value in row.items() if value}


def _sent(result: Kept | Unreadable) -> dict[str, Any]:
    """What became of a dispatch that a program sent, as it is stored with its submission."""
    if isinstance(result, Unreadable):
        return {"outcome": Outcome.REFUSED.value, "reason": str(result)}
    return {"outcome": (Outcome.STORED if result.is_new else Outcome.HELD).value, "dispatch": result.dispatch}
