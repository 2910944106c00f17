"""The database's clock: the one that every worker goes by, whatever its own machine says."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """This moment by the database. Leases are counted by it: a worker whose clock is wrong takes nobody's work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: list[tuple[datetime]] = cursor.fetchall()
    return found[0][0]
