"""What is forgotten after a time: bodies that nothing quotes, and what was handed in when."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from restrictions.models import Claim, Dispatch, DispatchState, DispatchVersion, Mark, Submission

BATCH = 1_000


def drop_bodies(*, recorded_before: datetime, now: datetime) -> int:
    """Empty the bodies of irrelevant dispatches whose newest version came before then; gives how many of one batch.

    Title, outcome, fingerprint and content hash stay, so that the same text is known when it comes again. A dispatch
    with a claim or a mark, in whichever version, keeps its bodies.
    """
    with transaction.atomic():
        # Held, so that none of them is coded again meanwhile.
        held = _forgettable(recorded_before).order_by("pk").select_for_update(skip_locked=True, of=("self",))
        dispatches = list(held.values_list("pk", flat=True)[:BATCH])
        bodies = DispatchVersion.objects.filter(dispatch__in=dispatches, body_dropped_at=None).exclude(body="")
        return bodies.update(body="", body_dropped_at=now)


def _forgettable(recorded_before: datetime) -> "QuerySet[Dispatch]":
    versions = DispatchVersion.objects.filter(dispatch=OuterRef("pk"))
    quoted = [model.objects.filter(dispatch_version__dispatch=OuterRef("pk")) for model in (Claim, Mark)]
    irrelevant = Dispatch.objects.filter(state=DispatchState.IRRELEVANT)
    old = irrelevant.exclude(Exists(versions.filter(recorded_at__gte=recorded_before)))
    unquoted = old.exclude(Exists(quoted[0])).exclude(Exists(quoted[1]))
    return unquoted.filter(Exists(versions.filter(body_dropped_at=None).exclude(body="")))


def drop_submissions(*, before: datetime) -> int:
    """Forget what was handed in before then, and the keys that it came under. The dispatches stay."""
    return Submission.objects.filter(recorded_at__lt=before).delete()[0]
