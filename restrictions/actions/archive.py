"""Loading a whole record into an installation that holds none: every row as it was, or none at all."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from pghistory.models import Context

from restrictions.actions.copying import bulk_loading
from restrictions.domain.archive import ArchiveRefused, Manifest, Part, first_mismatch
from restrictions.queries.archive import CARRIED, carried_columns, counter_of, first_held
from restrictions.queries.invariants import breaches

Read = Callable[[Part], Iterable[bytes]]

_PEOPLE = User._meta.db_table
_TAKE_PEOPLE = f"""
    INSERT INTO {_PEOPLE} (id, username, first_name, last_name, password, email, is_active, is_staff, is_superuser,
        date_joined)
    SELECT id, username, first_name, last_name, '!', '', false, false, false, now() FROM archived_people
"""  # noqa: S608  the model's own name


def check_loadable(manifest: Manifest) -> None:
    """Raise ArchiveRefused, with what to do, where this database holds something or has other tables."""
    if held := first_held():
        raise ArchiveRefused(
            "This installation is not empty ({}: {}). An archive is loaded into a database of its own: create one,"
            " run “manage.py migrate” on it and nothing else, then load.".format(*held)
        )
    if table := first_mismatch(manifest, carried_columns()):
        raise ArchiveRefused(
            f"The archive was written by another version of the program (after migration {manifest.migration or '?'}):"
            f" its table {table} has other columns. Load it with that version, then upgrade."
        )


def load_record(*, manifest: Manifest, read: Read) -> None:
    """Write every row of the archive with its number and its instants, and let the numbers go on after them.

    ``read`` gives a table's bytes. People come without password, rights and address, and cannot sign in. One
    transaction: raises ArchiveRefused, and keeps nothing, where a table does not hold what the manifest says or the
    record is not sound.
    """
    parts = {part.table: part for part in manifest.parts}
    try:
        with transaction.atomic():
            check_loadable(manifest)
            _take_people(parts.pop(_PEOPLE), read)
            # Triggers have judged these rows once; now they would number, date and log them anew.
            with bulk_loading(Context, *CARRIED):
                for part in parts.values():
                    _copy(part, part.table, read)
            _check_sound()
            _go_on_after(manifest.parts)
    except DatabaseError as refused:
        said = str(refused).partition("\n")[0]
        raise ArchiveRefused(f"The database refused the archive: {said}") from refused


def _take_people(part: Part, read: Read) -> None:
    with connection.cursor() as cursor:
        columns = ", ".join(part.columns)
        cursor.execute(f"CREATE TEMPORARY TABLE archived_people ON COMMIT DROP AS SELECT {columns} FROM {_PEOPLE}")  # noqa: S608
        _copy(part, "archived_people", read)
        cursor.execute(_TAKE_PEOPLE)


def _copy(part: Part, table: str, read: Read) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, part.columns))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        with cursor.copy(f"COPY {quote(table)} ({columns}) FROM STDIN (FORMAT csv, HEADER MATCH)") as copy:
            for block in read(part):
                copy.write(block)
        if cursor.rowcount != part.rows:
            raise ArchiveRefused(
                f"{part.file} holds {cursor.rowcount} rows, and the list of contents says {part.rows}."
            )


def _check_sound() -> None:
    if broken := next(breaches(), None):
        raise ArchiveRefused(f"The record in the archive is not sound: {broken.what} ({broken.row}).")


def _go_on_after(parts: Iterable[Part]) -> None:
    """A number that was given stays given, also where its row is gone: past views still name it."""
    with connection.cursor() as cursor:
        for part in parts:
            if part.number:
                cursor.execute("SELECT setval(%s::regclass, %s)", [counter_of(part.table), part.number])
