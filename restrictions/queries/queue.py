"""What waits for curators, in the order and by the filters that they chose, and what comes next for each of them."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value, When
from django.db.models.lookups import Exact

from restrictions.domain.vocabulary import Act, Condition, Status, Track
from restrictions.models import Claim, Position, Skip
from restrictions.models.claim import SURENESS

OVERDUE_AFTER = timedelta(days=7)
"""A rule about weapons in a war is news for days: what waits for more than a week, the public reads elsewhere first."""

SURE, DOUBTFUL = 0.8, 0.5
"""The coder's confidence from which a claim counts as sure, and below which as doubtful."""

ORDERS = {"oldest": "id", "newest": "-id", "surest": "-sureness", "doubtful": "sureness"}


@dataclass(frozen=True, slots=True)
class Queue:
    """What a curator works through: filters, each empty for all, and the order. All of it stands in the address."""

    supplier: str = ""
    recipient: str = ""
    publisher: str = ""
    confidence: str = ""
    age: str = ""
    record: str = ""
    order: str = "oldest"

    @property
    def chosen(self) -> dict[str, str]:
        """What departs from the whole queue in its usual order, as it stands in the address."""
        whole = Queue()
        values = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in values.items() if value != getattr(whole, name)}


def waiting_in(queue: Queue, now: datetime, *, first: bool = True) -> "QuerySet[Claim]":
    """The claims of the queue that wait, in no order. ``first``: only the first of them will be looked at."""
    rows = Claim.objects.proposed().order_by()
    for name, column in _COLUMNS.items():
        if value := getattr(queue, name):
            rows = rows.filter(**{column: value})
    if queue.confidence:
        rows = rows.filter(BY_CONFIDENCE[queue.confidence])
    if queue.age:
        rows = rows.filter(by_age(now)[queue.age])
    if queue.record:
        rows = rows.filter(one_by_one(disagrees()) if first else disagrees())
    return rows


_COLUMNS = {
    "supplier": "supplier_id",
    "recipient": "recipient_id",
    "publisher": "dispatch_version__dispatch__publisher",
}
BY_CONFIDENCE = {
    "sure": Q(confidence__gte=SURE),
    "middling": Q(confidence__gte=DOUBTFUL, confidence__lt=SURE),
    "doubtful": Q(confidence__lt=DOUBTFUL) | Q(confidence__isnull=True),
}


def by_age(now: datetime) -> dict[str, Q]:
    """Claims by how long they wait."""
    day, week = now - timedelta(days=1), now - OVERDUE_AFTER
    return {
        "day": Q(recorded_at__gte=day),
        "week": Q(recorded_at__lt=day, recorded_at__gte=week),
        "overdue": Q(recorded_at__lt=week),
    }


CODES = {
    "confidence": tuple(BY_CONFIDENCE),
    "age": ("day", "week", "overdue"),
    "record": ("disagrees",),
    "order": tuple(ORDERS),
}
"""What each filter of a vocabulary takes."""


def disagrees() -> Q:
    """Whether the record says otherwise: on the day that the claim speaks for, its line has another status.

    A new decision disagrees only where the record upholds the former status on a later day (rule 2); a refusal to say
    and a partial refusal contest nothing, and "nothing said" yields to any claim.
    """
    line = ("supplier_id", "role", "recipient_id", "weapon_id", "track")
    spoken_for = (
        Position.objects.annotate(claimed=ExpressionWrapper(OuterRef("act"), CharField()))
        .filter(Q(track=Track.SUPPLY.value) | Q(territory=OuterRef("territory")))
        .filter(~Q(claimed=Act.SETS.value) | Q(last_confirmed__gt=OuterRef("effective_latest")))
        .filter(**{name: OuterRef(name) for name in line}, validity__contains=OuterRef("effective_latest"))
        .exclude(status=OuterRef("status"))
        .exclude(status__in=(Status.UNSTATED.value, Status.UNDISCLOSED.value))
    )
    contests = ~Q(status=Status.UNDISCLOSED.value) & ~Q(conditions__contains=[Condition.PARTIAL.value])
    return contests & Q(Exists(spoken_for))


def in_order(rows: "QuerySet[Claim]", queue: Queue) -> "QuerySet[Claim]":
    """Claims in the order of the queue."""
    if queue.order in ("surest", "doubtful"):
        return rows.alias(sureness=SURENESS).order_by(ORDERS[queue.order], "id")
    return rows.order_by(ORDERS[queue.order])


def one_by_one(condition: Q) -> Q:
    """The same condition, asked of each row as it comes and not of all before the first: PostgreSQL would join them."""
    return Q(Exact(Case(When(condition, then=Value(True)), default=Value(False)), Value(True)))


def next_in(queue: Queue, *, after: int | None, curator: int, now: datetime) -> int | None:
    """The claim to decide after this one, or the first: those that the curator skipped come once all others are done.

    From the top again after the last. None where nothing else waits.
    """
    ahead = in_order(waiting_in(queue, now), queue)
    if after is not None:
        ahead = ahead.exclude(pk=after)
    fresh = ahead.exclude(Exists(Skip.objects.filter(claim=OuterRef("pk"), curator=curator)))
    beyond = _beyond(queue, after) if after is not None else None
    found = fresh.alias(sureness=SURENESS).filter(beyond).values_list("pk", flat=True).first() if beyond else None
    if found is None:
        found = fresh.values_list("pk", flat=True).first()
    if found is None:
        skipped = Skip.objects.filter(claim__in=ahead.order_by().values("pk"), curator=curator).order_by("skipped_at")
        found = skipped.values_list("claim_id", flat=True).first()
    return found


def _beyond(queue: Queue, claim: int) -> Q | None:
    """What comes after a claim in the queue's order; none where there is no such claim."""
    row = Claim.objects.filter(pk=claim).values_list("confidence", flat=True)
    if not row:
        return None
    sureness = row[0] or 0.0
    return {
        "oldest": Q(pk__gt=claim),
        "newest": Q(pk__lt=claim),
        # The bound first: with the choice alone PostgreSQL reads the index from its beginning.
        "surest": Q(sureness__lte=sureness) & (Q(sureness__lt=sureness) | Q(pk__gt=claim)),
        "doubtful": Q(sureness__gte=sureness) & (Q(sureness__gt=sureness) | Q(pk__gt=claim)),
    }[queue.order]
