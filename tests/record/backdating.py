"""A record that began some days ago, so that a past day can be asked for: all that it wrote is moved back."""

from datetime import UTC, date, datetime, timedelta

from django.apps import apps
from django.db import connection

RANGES = {"restrictions_positionversion": "recorded"}


def days_ago(days: int) -> date:
    return datetime.now(UTC).date() - timedelta(days=days)


def set_back(*, days: int) -> None:
    """Everything that the record has written so far was written this many days earlier."""
    instants = {"restrictions_revision": "instant", "restrictions_dispatch": "received_at"}
    instants["restrictions_dispatchversion"] = "recorded_at"
    for model in apps.get_app_config("restrictions").get_models():
        if hasattr(model, "pgh_tracked_model"):
            instants[model._meta.db_table] = "pgh_created_at"
    with connection.cursor() as cursor:
        # History cannot be changed: its triggers are put to sleep for this transaction's statements.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, column in instants.items():
            cursor.execute(f"UPDATE {table} SET {column} = {column} - make_interval(days => %s)", [days])
        for table, column in RANGES.items():
            cursor.execute(
                f"UPDATE {table} SET {column} = tstzrange(lower({column}) - make_interval(days => %s),"
                f" upper({column}) - make_interval(days => %s))",
                [days, days],
            )
        cursor.execute("SET LOCAL session_replication_role = origin")
