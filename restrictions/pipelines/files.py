"""From files to stored dispatches: read, decide, store; a file that cannot be read stops no other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.db import Error

from restrictions.actions.dispatches import Kept, Received, store_dispatch, store_plain
from restrictions.domain.unreadable import Unreadable
from restrictions.pipelines.reading import Found, read_path
from restrictions.words.foreign import in_one_line

BATCH = 500
"""Dispatches that are stored in one transaction at most."""
BATCH_LETTERS = 2_000_000
"""Letters after which a batch is full, so that large texts are not held by the hundred."""

# Classes of PostgreSQL's errors that one row can cause. Any other (no space, no connection, shutting down, a damaged
# disk) meets the next row as well.
_OF_A_ROW = ("22", "23", "40", "54")

_Read = tuple[Path, int, Found]
"""What was found in a file, and as the how manieth from 0."""


class Outcome(StrEnum):
    """What became of a dispatch that was handed in."""

    STORED = "stored"
    HELD = "already held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one dispatch of a file: its row where there is one, why it was refused where it was.

    ``opens`` is true of the first of each file, ``until`` how many bytes of the file have been read with it.
    """

    path: Path
    outcome: Outcome
    dispatch: int | None = None
    refusal: Unreadable | None = None
    line: int | None = None
    note: str = ""
    opens: bool = False
    until: int = 0

    @property
    def place(self) -> str:
        """Where it stands, e.g. “news.jsonl, line 7”, fit to be printed."""
        path = in_one_line(str(self.path), 300)
        return path if self.line is None else f"{path}, line {self.line:,}"


class DatabaseStopped(Exception):
    """The database takes no more, whichever file comes next; the text is its own first line."""


def ingest_files(files: Iterable[Path], *, synthetic: bool = False) -> Iterator[Ingested]:
    """Store the dispatches of each file; gives the outcomes one by one in their order, so that progress can be shown.

    Raises DatabaseStopped. What was given until then is stored, and so may be a batch that was not.
    """
    reads = ((path, read_path(path, synthetic=synthetic)) for path in files)
    return keep_found((path, place, found) for path, read in reads for place, found in enumerate(read))


def keep_found(reads: Iterable[_Read]) -> Iterator[Ingested]:
    """Store what was found in files, batch by batch. Raises DatabaseStopped."""
    for batch in _batches(reads):
        kept = _keep([found.what for _, _, found in batch if isinstance(found.what, Received)])
        for path, place, found in batch:
            result = found.what if isinstance(found.what, Unreadable) else next(kept)
            yield _ingested(path, found, result, opens=place == 0)


def _batches(reads: Iterable[_Read]) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    letters = 0
    for item in reads:
        batch.append(item)
        letters += len(item[2].what.body) if isinstance(item[2].what, Received) else 0
        if len(batch) >= BATCH or letters >= BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _ingested(path: Path, found: Found, result: Kept | Unreadable, *, opens: bool) -> Ingested:
    refusal = result if isinstance(result, Unreadable) else None
    dispatch, outcome = None, Outcome.REFUSED
    if isinstance(result, Kept):
        dispatch, outcome = result.dispatch, Outcome.STORED if result.is_new else Outcome.HELD
    return Ingested(path, outcome, dispatch, refusal, found.line, found.note, opens, found.until)


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
