"""The clocks: the database's own, that every worker goes by, and the days of which the record can say what it knew."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from restrictions.models.triggers import RECORD_LOCK

# A revision takes its instant under the lock, and is seen once it is committed, which may be after midnight; so may any
# row that was stamped before it. Nothing written later is stamped before the oldest change that is still under way, so
# the days that ended before that one began stay as they are. The second is for a statement that has its moment and has
# written nothing yet; a revision needs none, for it holds the lock.
_SPAN = """
    SELECT (SELECT min(instant) FROM restrictions_revision), least(
        clock_timestamp() - interval '1 second',
        (
            SELECT min(under_way.xact_start) FROM pg_stat_activity under_way
            WHERE under_way.datname = current_database() AND under_way.backend_type = 'client backend'
                AND under_way.pid <> pg_backend_pid() AND (
                    under_way.backend_xid IS NOT NULL OR EXISTS (
                        SELECT FROM pg_locks held WHERE held.pid = under_way.pid AND held.granted
                            AND held.locktype = 'advisory' AND held.classid = 0 AND held.objid = %s
                    )
                )
        )
    )
"""


def database_now() -> datetime:
    """This moment by the database. Leases are counted by it: a worker whose clock is wrong takes nobody's work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: list[tuple[datetime]] = cursor.fetchall()
    return found[0][0]


@dataclass(frozen=True, slots=True)
class Span:
    """From when on the record knew anything, none while it is empty, and up to when nothing will be added any more."""

    began: datetime | None
    settled: datetime

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last whole day (UTC); the last lies before the first on the day on which it all began."""
        return (_day(self.began), _day(self.settled) - timedelta(days=1)) if self.began else None


def span_known() -> Span:
    """What the record can say of its own past: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, [RECORD_LOCK])
        found: list[tuple[datetime | None, datetime]] = cursor.fetchall()
    return Span(*found[0])


def known_days() -> tuple[date, date] | None:
    """The first and the last day (UTC) that ``known`` may name; none while the record is empty: one query.

    On the first the record began to know. The last is over, and no change that began on it is still being written.
    """
    return span_known().days


def _day(instant: datetime) -> date:
    return instant.astimezone(UTC).date()
