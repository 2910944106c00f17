"""Storing what was received, so that one that the database refuses stops no other."""

from collections.abc import Iterator, Sequence

from django.db import Error

from restrictions.actions.dispatches import Kept, Received, store_dispatch, store_plain
from restrictions.domain.unreadable import Unreadable
from restrictions.words.foreign import in_one_line

# Classes of PostgreSQL's errors that one row can cause. Any other (no space, no connection, shutting down, a damaged
# disk) meets the next row as well.
_OF_A_ROW = ("22", "23", "40", "54")


class DatabaseStopped(Exception):
    """The database takes no more, whichever file comes next; the text is its own first line."""


def keep(batch: Sequence[Received]) -> Iterator[Kept | Unreadable]:
    """What became of each: together where they are plain, alone where they are not or where one spoils the batch.

    Each is stored in a transaction that ends here. Raises DatabaseStopped.
    """
    try:
        together = store_plain(batch)
    except Error as error:
        _refusal_by_database(error)
        together = [None] * len(batch)
    for kept, received in zip(together, batch, strict=True):
        yield kept or _keep_one(received)


def _keep_one(received: Received) -> Kept | Unreadable:
    try:
        return store_dispatch(received)
    except Error as error:
        return _refusal_by_database(error)


def _refusal_by_database(error: Error) -> Unreadable:
    """The refusal of this dispatch; DatabaseStopped where the trouble is not this dispatch's own."""
    errors = _from_the_first(error)
    for one in errors:
        if not (getattr(one.__cause__, "sqlstate", None) or "").startswith(_OF_A_ROW):
            raise DatabaseStopped(_words(one)) from error
    return Unreadable("The database refused it", _words(errors[0]))


def _from_the_first(error: Error) -> list[Error]:
    """The error and those before it: Django, told that the disk is full, may go on to fail at connecting again."""
    errors: list[Error] = []
    before: BaseException | None = error
    while before:
        if isinstance(before, Error):
            errors.insert(0, before)
        before = before.__cause__ or before.__context__
    return errors


def _words(error: Error) -> str:
    return in_one_line(str(error).partition("\n")[0].rstrip("."), 200) or type(error).__name__
