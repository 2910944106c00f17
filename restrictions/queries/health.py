"""Whether the program can work, and for how long its queue has waited. Nothing here names a person or a dispatch."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache as once

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from redis.exceptions import RedisError

from restrictions.models import Dispatch

LAST_SWEEP = "last-sweep"


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
class Waits:
    """Since when the oldest waiting dispatch has been here, and when the last sweep ended; None for none known."""

    broker: bool
    oldest_waiting: datetime | None
    last_sweep: datetime | None


def waits(*, now: datetime) -> Waits:
    """The queue's and the sweep's ages. One query, and one question to the cache."""
    oldest = Dispatch.objects.waiting(now).aggregate(oldest=Min("received_at"))["oldest"]
    try:
        return Waits(broker=True, oldest_waiting=oldest, last_sweep=cache.get(LAST_SWEEP))
    except (RedisError, OSError):
        return Waits(broker=False, oldest_waiting=oldest, last_sweep=None)
