"""How much waits for curators, and for how long: the counts of the front page and of the queue."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Case, CharField, Count, Min, Q, QuerySet, Value, When

from restrictions.models import Claim, Dispatch, DispatchState, Mark, Report
from restrictions.queries.queue import BY_CONFIDENCE, OVERDUE_AFTER, Queue, by_age, disagrees, waiting_in

_MOST_PUBLISHERS = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a curator; ``oldest`` is since when the claim that waits longest does."""

    claims: int
    overdue: int
    oldest: datetime | None
    marks: int
    quarantined: int
    reports: int


def waiting_counts(now: datetime) -> Waiting:
    """The counts of the front page: four queries."""
    late = Q(recorded_at__lt=now - OVERDUE_AFTER)
    rows = Claim.objects.proposed().order_by()
    claims = rows.aggregate(claims=Count("pk"), overdue=Count("pk", filter=late), oldest=Min("recorded_at"))
    return Waiting(
        **claims,
        marks=Mark.objects.proposed().count(),
        quarantined=Dispatch.objects.filter(state=DispatchState.QUARANTINED).count(),
        reports=Report.objects.open().count(),
    )


@dataclass(frozen=True, slots=True)
class WaitingDispatch:
    """A dispatch with claims to decide; ``claim`` is the first of them."""

    dispatch: int
    claim: int
    title: str
    received_at: datetime
    synthetic: bool


def waiting_dispatches(*, first: int) -> tuple[WaitingDispatch, ...]:
    """Those whose claims wait longest, at most ``first`` of them. One query, of a few rows however many wait."""
    rows = (
        Claim.objects.proposed()
        .filter(dispatch_version__isnull=False)
        .order_by("pk")
        .select_related("dispatch_version__dispatch")[: 10 * first]
    )
    found: dict[int, WaitingDispatch] = {}
    for row in rows:
        version = row.dispatch_version
        if version and version.dispatch_id not in found:
            found[version.dispatch_id] = WaitingDispatch(
                version.dispatch_id, row.pk, version.title, row.recorded_at, version.dispatch.synthetic
            )
    return tuple(found.values())[:first]


@dataclass(frozen=True, slots=True)
class Shares:
    """How many claims of a queue fall to each code of each filter, the commonest first."""

    total: int
    by: Mapping[str, tuple[tuple[str, int], ...]]


def queue_shares(queue: Queue, now: datetime) -> Shares:
    """What a queue is made of: four queries. Where many wait, what was counted within the same minute counts."""
    if Claim.objects.proposed().order_by()[: _MANY + 1].count() > _MANY:
        return _counted_at(queue, now.replace(second=0, microsecond=0))
    return _counted(queue, now)


_MANY = 5_000


@lru_cache(maxsize=64)
def _counted_at(queue: Queue, minute: datetime) -> Shares:
    return _counted(queue, minute)


def _counted(queue: Queue, now: datetime) -> Shares:
    rows = waiting_in(queue, now, first=False)
    banded = rows.annotate(band=_band(BY_CONFIDENCE), waits=_band(by_age(now)))
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("supplier", "recipient", "confidence", "age")}
    total = 0
    for *codes, number in banded.values_list("supplier_id", "recipient_id", "band", "waits").annotate(n=Count("pk")):
        total += number
        for name, code in zip(counts, codes, strict=True):
            counts[name][code] += number
    by = {name: tuple(counter.most_common()) for name, counter in counts.items()}
    against = rows.filter(disagrees()).count()
    return Shares(total, by | {"record": (("disagrees", against),) if against else (), "publisher": _publishers(rows)})


def _publishers(rows: "QuerySet[Claim]") -> tuple[tuple[str, int], ...]:
    """The publishers whose claims wait, those with most of them."""
    named = rows.filter(dispatch_version__isnull=False).exclude(dispatch_version__dispatch__publisher="")
    counted = named.values_list("dispatch_version__dispatch__publisher").annotate(n=Count("pk"))
    return tuple(counted.order_by("-n", "dispatch_version__dispatch__publisher")[:_MOST_PUBLISHERS])


def _band(bands: Mapping[str, Q]) -> Case:
    return Case(*(When(condition, then=Value(name)) for name, condition in bands.items()), output_field=CharField())


def dispatch_of_mark(mark_id: int) -> int | None:
    """The dispatch that a mark quotes."""
    return Mark.objects.filter(pk=mark_id).values_list("dispatch_version__dispatch_id", flat=True).first()


def dispatch_of_claim(claim_id: int) -> int | None:
    """The dispatch that a claim quotes; none where no dispatch is held."""
    return Claim.objects.filter(pk=claim_id).values_list("dispatch_version__dispatch_id", flat=True).first()
