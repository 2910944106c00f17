"""Whether the program can work, and for how long its queue has waited. Nothing here names a person or a dispatch."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache as once

from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from restrictions.feeds.schedule import Health as FeedHealth
from restrictions.models import Dispatch, DispatchState, Feed

LAST_SWEEP = "last-sweep"

_WORKERS, _STATES = "workers-that-answer", "dispatches-by-state"
_KEPT_SECONDS = 10
"""Anyone may ask how the program is: the database and the workers are asked no more often than this."""
_PATIENCE = 0.5


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the database answers, and whether it has every table that this program expects."""

    database: bool
    migrated: bool

    @property
    def is_ready(self) -> bool:
        return self.database and self.migrated


def readiness() -> Readiness:
    """Whether a page could be served now. Two queries."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return Readiness(database=False, migrated=False)
    return Readiness(database=True, migrated=_last_migrations() <= applied)


@once
def _last_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, as the program's files say; they do not change while it runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many dispatches stand in a state, and since when the oldest of them was queued; none where there is none."""

    state: DispatchState
    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Waits:
    """Since when the oldest waiting dispatch has waited, when the last sweep ended, and how many workers answer.

    None for none known; ``workers`` is none where the broker does not answer.
    """

    broker: bool
    oldest_waiting: datetime | None
    last_sweep: datetime | None
    workers: int | None = None
    states: tuple[StateCount, ...] = ()
    feeds: dict[str, int] = field(default_factory=dict)


def waits(*, now: datetime) -> Waits:
    """The queue's and the sweep's ages, how feeds are, and the counts of some seconds ago. Three queries at most."""
    oldest = Dispatch.objects.waiting(now).aggregate(oldest=Min("waits_since"))["oldest"]
    try:
        last_sweep, broker = cache.get(LAST_SWEEP), True
        workers = cache.get_or_set(_WORKERS, _workers, _KEPT_SECONDS)
        states: tuple[StateCount, ...] = cache.get_or_set(_STATES, _states, _KEPT_SECONDS) or ()
    except (RedisError, OSError):
        last_sweep, broker, workers, states = None, False, None, _states()
    return Waits(broker, oldest, last_sweep, workers, states, _feeds(now))


def _feeds(now: datetime) -> dict[str, int]:
    """How many feeds are well, silent, failing and so on. There are some dozens of them."""
    found = Counter(feed.health(now) for feed in Feed.objects.order_by())
    return {health.value: found[health] for health in FeedHealth}


def _states() -> tuple[StateCount, ...]:
    """Every state with its counts. It reads the whole table, which is why it is kept for some seconds."""
    rows = Dispatch.objects.order_by().values_list("state").annotate(n=Count("pk"), oldest=Min("waits_since"))
    found = {state: (count, oldest) for state, count, oldest in rows}
    return tuple(StateCount(state, *found.get(state, (0, None))) for state in DispatchState)


def _workers() -> int | None:
    """How many workers answer a call, on any host; none where it cannot be made."""
    try:
        return len(current_app.control.ping(timeout=_PATIENCE))
    except (OperationalError, RedisError, OSError):
        return None
