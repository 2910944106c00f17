"""The clocks: the database's own, that every worker goes by, and since when the record knows anything."""

from datetime import UTC, date, datetime

from django.db import connection

from restrictions.models import Revision


def database_now() -> datetime:
    """This moment by the database. Leases are counted by it: a worker whose clock is wrong takes nobody's work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: list[tuple[datetime]] = cursor.fetchall()
    return found[0][0]


def record_began() -> date | None:
    """The day (UTC) of the first revision, on which the record began to know; none while it is empty: one query."""
    first = Revision.objects.order_by("instant").values_list("instant", flat=True).first()
    return first.astimezone(UTC).date() if first else None
