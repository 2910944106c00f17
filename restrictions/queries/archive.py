"""The rows of the whole record for its archive: which tables are carried, which are left behind, and what of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from pghistory.models import Context

from restrictions.models import (
    Adjudication,
    ApiToken,
    Claim,
    Country,
    Dispatch,
    DispatchVersion,
    Entry,
    Feed,
    FeedItem,
    Fingerprint,
    GroupPolicy,
    Host,
    Mark,
    OutboxEntry,
    Position,
    PositionEvidence,
    PositionVersion,
    Redaction,
    Region,
    Report,
    Revision,
    Sample,
    SampledClaim,
    SecondCoding,
    SentTable,
    Settlement,
    Silence,
    Skip,
    Source,
    Stretch,
    Submission,
    Subscription,
    Weapon,
    Webhook,
    WebhookDelivery,
)
from restrictions.models.dispatch import UNFINISHED

Model = type[models.Model]

_OWN: tuple[Model, ...] = (
    *(Country, Region, Weapon, Revision, Dispatch, DispatchVersion, Fingerprint, Claim, Source, Mark, Settlement),
    *(Position, PositionEvidence, Stretch, Silence, PositionVersion, Redaction),
    *(Sample, SampledClaim, SecondCoding, Adjudication, Feed, FeedItem),
)


def history_of_table(model: Model) -> list[Model]:
    """The table of its rows' history, where it keeps one."""
    return [model.pgh_event_model] if hasattr(model, "pgh_event_model") else []


CARRIED: tuple[Model, ...] = (*_OWN, *(event for model in _OWN for event in history_of_table(model)))
"""The record, each table with its history."""

LEFT: Mapping[Model, str] = {
    ApiToken: "tokens open doors of one installation",
    Submission: "what was handed in when is forgotten after 30 days",
    Subscription: "addresses of readers, and what they asked to be told of",
    SentTable: "files as they were sent in; what they changed is in the record",
    Report: "readers' words and how to reach them",
    Host: "leases, and robots.txt of the moment",
    OutboxEntry: "what is still to be told was told, or will be, where it was written",
    Webhook: "secrets, and addresses of programs that asked one installation",
    WebhookDelivery: "what was sent to them",
    Skip: "one curator's order of one queue",
    Entry: "who signed in when",
    GroupPolicy: "rights are given anew in each installation",
}
"""What is no part of the record, and why. The histories of accounts, groups and rights stay behind too."""

_PEOPLE = ("id", "username", "first_name", "last_name")
"""Of a person no more than the name under which they decided: no password, no address, no rights."""

_UNFINISHED = ", ".join(f"'{state.value}'" for state in UNFINISHED)
_NO_TEXT = "Its text is not in the archive that this record was loaded from."

_ALWAYS: Mapping[Model, Mapping[str, str]] = {
    # Who was coding it is no longer there: the next worker takes it.
    Dispatch: {
        "state": "CASE state WHEN 'coding' THEN 'new' ELSE state END",
        "lease_token": "NULL::uuid",
        "leased_until": "NULL::timestamptz",
    },
    Context: {
        "metadata": "jsonb_strip_nulls(jsonb_build_object('user', metadata->'user', 'reason', metadata->'reason'))"
    },
}
_WITHOUT_BODIES: Mapping[Model, Mapping[str, str]] = {
    # A dispatch that nobody has coded could be coded from its title alone: it is set aside.
    Dispatch: {
        "state": f"CASE WHEN state IN ({_UNFINISHED}) THEN 'quarantined' ELSE state END",
        "outcome": f"CASE WHEN state IN ({_UNFINISHED}) THEN '{_NO_TEXT}' ELSE outcome END",
    },
    DispatchVersion: {
        "body": "''",
        "body_dropped_at": "CASE WHEN body = '' THEN body_dropped_at ELSE statement_timestamp() END",
    },
    FeedItem: {"body": "''"},
}


@dataclass(slots=True)
class Carried:
    """One table on its way out. ``rows`` is known once all of it was read."""

    table: str
    columns: tuple[str, ...]
    statement: str
    counter: str = ""
    rows: int = field(default=0, init=False)

    def blocks(self) -> Iterator[bytes]:
        """Its rows as CSV, column names first, as the database's own bytes."""
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY ({self.statement}) TO STDOUT (FORMAT csv, HEADER)") as copy:
                for data in copy:
                    yield bytes(data)
            self.rows = cursor.rowcount

    def last_number(self) -> int | None:
        """The last number that the table has given."""
        if not self.counter:
            return None
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(pg_sequence_last_value(%s::regclass), 0)", [self.counter])
            return int(cursor.fetchone()[0])


def carried_tables(*, bodies: bool) -> list[Carried]:
    """All that an archive holds, in order; the texts of dispatches only where ``bodies`` are asked for."""
    return [_people(), _circumstances(), *(_carried(model, bodies=bodies) for model in CARRIED)]


def carried_columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table that an archive of this program holds."""
    return {one.table: one.columns for one in carried_tables(bodies=True)}


def newest_migration() -> str:
    """The last change of the record's tables that the database has seen."""
    applied = MigrationRecorder(connection).applied_migrations()
    return max((name for app, name in applied if app == "restrictions"), default="")


def first_held() -> tuple[str, int] | None:
    """A table of the record that holds rows, and how many; none in an empty installation."""
    held: tuple[Model, ...] = (User, *CARRIED)
    for model in held:
        if count := model._default_manager.count():
            return str(model._meta.verbose_name_plural), count
    return None


def counter_of(table: str) -> str:
    """The name of the sequence that numbers the table's rows; empty where none does."""
    keys = {model._meta.db_table: model._meta.pk for model in CARRIED} | {User._meta.db_table: User._meta.pk}
    key = keys.get(table)
    if not isinstance(key, models.AutoField):
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key.column])
        return str(cursor.fetchone()[0])


def _carried(model: Model, *, bodies: bool) -> Carried:
    instead = {**_ALWAYS.get(model, {}), **({} if bodies else _WITHOUT_BODIES.get(model, {}))}
    key = model._meta.pk
    return _table(model, [str(column.column) for column in model._meta.concrete_fields], instead, order=str(key.column))


def _table(model: Model, columns: list[str], instead: Mapping[str, str], *, order: str, where: str = "") -> Carried:
    quote = connection.ops.quote_name
    said = ", ".join(f"{instead.get(column, quote(column))} AS {quote(column)}" for column in columns)
    table = model._meta.db_table
    statement = f"SELECT {said} FROM {quote(table)} {where} ORDER BY {quote(table)}.{quote(order)}"  # noqa: S608  the models' own names
    return Carried(table, tuple(columns), statement, counter_of(table))


def _circumstances() -> Carried:
    """Who changed carried rows and why, beside their history."""
    columns = [str(column.column) for column in Context._meta.concrete_fields]
    return _table(Context, columns, _ALWAYS[Context], order="id", where=f"WHERE {_named_by_history()}")


def _named_by_history() -> str:
    events = [model for model in CARRIED if hasattr(model, "pgh_tracked_model")]
    named = " UNION ".join(f"SELECT pgh_context_id FROM {model._meta.db_table}" for model in events)  # noqa: S608
    return f"pghistory_context.id IN ({named})"


def _people() -> Carried:
    """Those whom a carried row names: who decided, settled, coded, and opened revisions."""
    named = [f"SELECT {column} FROM {table}" for table, column in _names_of_people()]  # noqa: S608
    acted = "SELECT (metadata->>'user')::bigint FROM pghistory_context"
    named.append(f"{acted} WHERE metadata->>'user' IS NOT NULL AND {_named_by_history()}")
    return _table(User, list(_PEOPLE), {}, order="id", where=f"WHERE id IN ({' UNION '.join(named)})")


def _names_of_people() -> Iterator[tuple[str, Any]]:
    for model in CARRIED:
        for column in model._meta.concrete_fields:
            if column.is_relation and column.related_model is User:
                yield model._meta.db_table, column.column
