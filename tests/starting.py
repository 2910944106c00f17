"""The starter record for tests: for a module in one transaction, or committed for programs that run beside.

Its own actions load it once for each process that runs tests; from then on copies of those rows are put back.
"""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

# Django's own modules are imported inside: pytest reads this file before Django is set up.

_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""
_SEQUENCE = "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))"
# Triggers judged these rows when they were loaded; now they would number, date and log them anew.
_WITHOUT_TRIGGERS, _WITH_TRIGGERS = (f"SET session_replication_role = {role}" for role in ("replica", "origin"))


@pytest.fixture(scope="session")
def kept_starter_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[str, ...]:
    """The tables that the starter record fills, whose rows stand in the schema `kept` from now on."""
    from django.db import connection  # noqa: PLC0415

    from restrictions.actions.reference import load_reference  # noqa: PLC0415
    from restrictions.actions.starter import load_starter  # noqa: PLC0415

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        empty = [table for table in connection.introspection.table_names(cursor) if not _holds_rows(cursor, table)]
        load_reference()
        load_starter()
        filled = tuple(table for table in empty if _holds_rows(cursor, table))
        cursor.execute("CREATE SCHEMA kept")
        cursor.execute(_WITHOUT_TRIGGERS)
        for table in filled:
            cursor.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
            cursor.execute(f"DELETE FROM public.{table}")
        cursor.execute(_WITH_TRIGGERS)
    return filled


@pytest.fixture(scope="module")
def starter_record(kept_starter_record: tuple[str, ...], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter record, put back once for a module of tests in a transaction that is never committed."""
    from django.db import transaction  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        _put_back(kept_starter_record)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed_starter_record(kept_starter_record: tuple[str, ...], transactional_db: None) -> None:
    """The starter record where a browser, and the server that it asks, can see it."""
    _put_back(kept_starter_record)


def _put_back(tables: tuple[str, ...]) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_TRIGGERS)
        for table in tables:
            cursor.execute(_COLUMNS, [table])
            [(columns,)] = cursor.fetchall()
            cursor.execute(f"INSERT INTO public.{table} ({columns}) SELECT {columns} FROM kept.{table}")
            if "id" in columns.split(", "):
                cursor.execute(_SEQUENCE.format(table=table), [table])
        cursor.execute(_WITH_TRIGGERS)


def _holds_rows(cursor: object, table: str) -> bool:
    from django.db.backends.utils import CursorWrapper  # noqa: PLC0415

    assert isinstance(cursor, CursorWrapper)
    cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
    [(found,)] = cursor.fetchall()
    return bool(found)
