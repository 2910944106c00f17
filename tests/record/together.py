"""Two writers at once, and writes that fail: by real connections and real triggers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from django.db import connection, transaction


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


def at_once(*changes: Callable[[], Any]) -> list[str]:
    """What became of changes that run at the same time, each in a transaction: “stored” last, or why not."""

    def stored(change: Callable[[], Any]) -> str:
        with transaction.atomic():
            change()
        return "stored"

    return sorted(map(str, together(*(partial(stored, change) for change in changes))), key="stored".__eq__)


def break_writes(table: str, operation: str = "INSERT", when: str = "true") -> None:
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
            f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION pg_temp.fail()"
        )
