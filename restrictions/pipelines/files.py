"""From files to stored dispatches: read, decide, store; a file that cannot be read stops no other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.db import Error

from restrictions.actions.dispatches import Kept, Received, store_dispatch, store_plain
from restrictions.extraction.unreadable import Unreadable
from restrictions.pipelines.reading import read_dispatch
from restrictions.words.foreign import in_one_line

BATCH = 500
"""Files that are stored in one transaction at most."""
BATCH_LETTERS = 2_000_000
"""Letters after which a batch is full, so that large texts are not held by the hundred."""

# Classes of PostgreSQL's errors that one row can cause. Any other (no space, no connection, shutting down, a damaged
# disk) meets the next row as well.
_OF_A_ROW = ("22", "23", "40", "54")

_Read = tuple[Path, Received | Unreadable]


class Outcome(StrEnum):
    """What became of a file."""

    STORED = "stored"
    HELD = "already held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ingested:
    """One file's outcome: its dispatch where there is one, and why it was refused where it was."""

    path: Path
    outcome: Outcome
    dispatch: int | None = None
    refusal: Unreadable | None = None


class DatabaseStopped(Exception):
    """The database takes no more, whichever file comes next; the text is its own first line."""


def ingest_files(files: Iterable[Path], *, synthetic: bool = False) -> Iterator[Ingested]:
    """Store each file's dispatch; gives the outcomes one by one in their order, so that progress can be shown.

    Raises DatabaseStopped. What was given until then is stored, and so may be a batch that was not.
    """
    for batch in _batches((path, _read(path, synthetic=synthetic)) for path in files):
        kept = _keep([read for _, read in batch if isinstance(read, Received)])
        for path, read in batch:
            yield _outcome(path, read if isinstance(read, Unreadable) else next(kept))


def _read(path: Path, *, synthetic: bool) -> Received | Unreadable:
    try:
        return read_dispatch(path, synthetic=synthetic)
    except Unreadable as refusal:
        return refusal


def _batches(reads: Iterable[_Read]) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    letters = 0
    for item in reads:
        batch.append(item)
        letters += len(item[1].body) if isinstance(item[1], Received) else 0
        if len(batch) >= BATCH or letters >= BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _outcome(path: Path, result: Kept | Unreadable) -> Ingested:
    if isinstance(result, Unreadable):
        return Ingested(path, Outcome.REFUSED, refusal=result)
    return Ingested(path, Outcome.STORED if result.is_new else Outcome.HELD, result.dispatch)


def _keep(batch: Sequence[Received]) -> Iterator[Kept | Unreadable]:
    """What became of each: together where they are plain, alone where they are not or where one spoils the batch."""
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
