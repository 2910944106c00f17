"""From files to stored dispatches: read, decide, store; a file that cannot be read stops no other."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from restrictions.actions.dispatches import Kept, Received
from restrictions.domain.unreadable import Unreadable
from restrictions.pipelines.keeping import keep
from restrictions.pipelines.reading import Found, read_path
from restrictions.words.foreign import in_one_line

BATCH = 500
"""Dispatches that are stored in one transaction at most."""
BATCH_LETTERS = 2_000_000
"""Letters after which a batch is full, so that large texts are not held by the hundred."""

Read = tuple[Path, int, Found]
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
    part: str = ""
    note: str = ""
    opens: bool = False
    until: int = 0

    @property
    def place(self) -> str:
        """Where it stands, e.g. “news.jsonl, line 7”, fit to be printed."""
        path = in_one_line(str(self.path), 300)
        return f"{path}, {self.part}" if self.part else path


def ingest_files(files: Iterable[Path], *, synthetic: bool = False) -> Iterator[Ingested]:
    """Store the dispatches of each file; gives the outcomes one by one in their order, so that progress can be shown.

    Raises DatabaseStopped. What was given until then is stored, and so may be a batch that was not.
    """
    reads = ((path, read_path(path, synthetic=synthetic)) for path in files)
    return keep_found((path, place, found) for path, read in reads for place, found in enumerate(read))


def keep_found(reads: Iterable[Read]) -> Iterator[Ingested]:
    """Store what was found in files, batch by batch. Raises DatabaseStopped.

    While PostgreSQL stores one batch, another thread reads the next and makes its fingerprints; not where nothing was
    new of late: files that were ingested before are read again for their hashes alone.
    """
    batches, is_new = _batches(reads), True
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(_next_ready, batches, fingerprints=is_new)
        while batch := coming.result():
            coming = reader.submit(_next_ready, batches, fingerprints=is_new)
            is_new = False
            for item in _kept(batch):
                is_new = is_new or item.outcome is Outcome.STORED
                yield item


def _kept(batch: list[Read]) -> Iterator[Ingested]:
    kept = keep([found.what for _, _, found in batch if isinstance(found.what, Received)])
    for path, place, found in batch:
        result = found.what if isinstance(found.what, Unreadable) else next(kept)
        yield _ingested(path, found, result, opens=place == 0)


def _next_ready(batches: Iterator[list[Read]], *, fingerprints: bool) -> list[Read]:
    """The next batch, and none of anything after the last."""
    batch = next(batches, [])
    for _, _, found in batch:
        if fingerprints and isinstance(found.what, Received):
            found.what.fingerprint  # noqa: B018  made here, kept with the dispatch
    return batch


def _batches(reads: Iterable[Read]) -> Iterator[list[Read]]:
    batch: list[Read] = []
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
    return Ingested(path, outcome, dispatch, refusal, found.part, found.note, opens, found.until)
