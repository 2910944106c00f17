"""What waits for curators: how much, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Dispatch, DispatchState, Mark
from restrictions.queries.review import in_reading_order


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim is decided, and which claim of that dispatch waits next, if any does."""

    dispatch: int
    waiting: int | None


def claim_after(claim_id: int) -> Place | None:
    """The dispatch of a claim and the next claim there that waits, from the top again after the last.

    None for a claim without a held dispatch. Two queries.
    """
    dispatch = Claim.objects.filter(pk=claim_id).values_list("dispatch_version__dispatch_id", flat=True).first()
    if dispatch is None:
        return None
    rows = in_reading_order(Claim.objects.filter(dispatch_version__dispatch_id=dispatch))
    order = list(rows.values_list("pk", "decision"))
    at = [pk for pk, _ in order].index(claim_id)
    waiting = [pk for pk, decision in order[at + 1 :] + order[:at] if decision == Decision.PROPOSED]
    return Place(dispatch, waiting[0] if waiting else None)


def dispatch_of_mark(mark_id: int) -> int | None:
    """The dispatch that a mark quotes."""
    return Mark.objects.filter(pk=mark_id).values_list("dispatch_version__dispatch_id", flat=True).first()


def next_waiting_dispatch(dispatch_id: int) -> int | None:
    """Another dispatch with claims that wait, the one longest held first."""
    waiting = Claim.objects.proposed().filter(dispatch_version__isnull=False)
    others = waiting.exclude(dispatch_version__dispatch_id=dispatch_id)
    return (
        others.order_by("dispatch_version__dispatch_id").values_list("dispatch_version__dispatch_id", flat=True).first()
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a curator."""

    claims: int
    dispatches: int
    marks: int
    quarantined: int


def waiting_counts() -> Waiting:
    """The counts of the front page: four queries."""
    proposed = Claim.objects.proposed()
    return Waiting(
        claims=proposed.count(),
        dispatches=proposed.filter(dispatch_version__isnull=False)
        .values("dispatch_version__dispatch_id")
        .distinct()
        .count(),
        marks=Mark.objects.proposed().count(),
        quarantined=Dispatch.objects.filter(state=DispatchState.QUARANTINED).count(),
    )


@dataclass(frozen=True, slots=True)
class WaitingDispatch:
    """A dispatch with claims to decide."""

    dispatch: int
    title: str
    claims: int
    received_at: datetime
    synthetic: bool


def waiting_dispatches(*, first: int) -> tuple[WaitingDispatch, ...]:
    """Those that wait longest, at most ``first`` of them. One query."""
    rows = (
        Claim.objects.proposed()
        .filter(dispatch_version__isnull=False)
        .order_by("dispatch_version__dispatch__received_at", "dispatch_version__dispatch_id")
        .values_list(
            "dispatch_version__dispatch_id",
            "dispatch_version__dispatch__received_at",
            "dispatch_version__dispatch__synthetic",
        )
        .annotate(title=Max("dispatch_version__title"), claims=Count("pk"))
    )
    return tuple(
        WaitingDispatch(dispatch, title, claims, received_at, synthetic)
        for dispatch, received_at, synthetic, title, claims in rows[:first]
    )
