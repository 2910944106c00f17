"""Very many rows by `COPY`: indexes and foreign keys are built after them, triggers sleep meanwhile."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

Cell = str | None
Write = Callable[[Any], Cell]

_BUILT = """
    SELECT conname, format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x')
    UNION ALL
    SELECT indexrelid::regclass::text, format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY(%s::regclass[])
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY 1
"""


@contextmanager
def bulk_loading(*loaded: type[models.Model]) -> Iterator[None]:
    """Inside, these tables have neither indexes nor foreign keys nor triggers; what they lacked is built at the end.

    To be used in a transaction: whoever looks meanwhile waits, and where a row breaks a rule nothing is kept.
    """
    tables = [model._meta.db_table for model in loaded]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_BUILT, [tables, tables])
        built: list[tuple[str, str, str]] = cursor.fetchall()
        for _, drop, _ in built:
            cursor.execute(drop)
        _triggers(cursor, tables, "DISABLE")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers(cursor, tables, "ENABLE")
        for _, _, build in built:
            cursor.execute(build)
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


@contextmanager
def sleeping_triggers(tables: Sequence[str]) -> Iterator[None]:
    """Inside, no trigger of ours on these tables fires; foreign keys hold. To be used in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers(cursor, tables, "DISABLE")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers(cursor, tables, "ENABLE")


def _triggers(cursor: Any, tables: Iterable[str], do: str) -> None:
    for table in tables:
        cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {do} TRIGGER USER")


class Copied:
    """Rows of one table, sent in one `COPY` when they are flushed.

    Columns that a row leaves out take the default, and those that the database would fill with this moment take
    ``now``.
    """

    def __init__(self, model: type[models.Model], now: datetime) -> None:
        self._table = model._meta.db_table
        fields = model._meta.concrete_fields
        self._fields = {str(field.column): _writer(field) for field in fields}
        self._usual = {str(field.column): _writer(field)(_default(field, now)) for field in fields}
        self._rows: list[Sequence[Cell]] = []
        self.taken = 0
        self.next_id = _next_id(model)

    def number(self) -> int:
        """The next id, for a row that is taken later."""
        self.next_id += 1
        return self.next_id - 1

    def add(self, row: Mapping[str, Any], *, number: int | None = None) -> int:
        """Take a row of values by column, with this id, else with the next one."""
        number = self.number() if number is None else number
        self.taken += 1
        cells = {**self._usual, **{column: self._fields[column](value) for column, value in row.items()}}
        cells["id"] = str(number)
        self._rows.append(list(cells.values()))
        return number

    def flush(self) -> None:
        """Send what was taken, and let the table's own numbers go on after it."""
        quote = connection.ops.quote_name
        table, columns = quote(self._table), ", ".join(map(quote, self._fields))
        with connection.cursor() as cursor, connection.wrap_database_errors:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in self._rows:
                    copy.write_row(row)
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [self._table, self.next_id])
        self._rows.clear()


def _next_id(model: type[models.Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return int(cursor.fetchone()[0])


def _default(field: "models.Field[Any, Any]", now: datetime) -> Any:
    if field.has_db_default():
        return now
    return None if field.primary_key else field.get_default()


def _writer(field: "models.Field[Any, Any]") -> Write:
    """How a value of this column is written as text."""
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else orjson.dumps(value).decode()
    if isinstance(field, ArrayField):
        return lambda value: "{" + ",".join(f'"{item}"' for item in value) + "}"
    return _plain


def _plain(value: Any) -> Cell:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, DateRange | DateTimeTZRange):
        return f"[{value.lower or ''},{value.upper or ''})"
    return str(value)
