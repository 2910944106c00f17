"""Two writers at once, and writes that fail: by real connections and real triggers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def together(*calls: Callable[[], Any]) -> list[Any]:
    """What came of calls that start at the same moment, each on its own connection: its answer or its exception."""
    start = Barrier(len(calls), timeout=20)

    def outcome(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(outcome, calls))


def break_writes(table: str, operation: str = "INSERT") -> None:
    """Until this test's transaction ends, every such write of the table fails with “the disk is full”."""
    with connection.cursor() as cursor:
        # A table with checks that wait for the commit takes no new trigger.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "CREATE FUNCTION pg_temp.fail() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = 'check_violation'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER zz_fail BEFORE {operation} ON restrictions_{table}"
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.fail()"
        )
