"""How many files `manage.py ingest` stores a second, in an empty record and in one of a million dispatches."""

import random
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from bench.figures import Figure
from bench.services import environment, manage
from bench.stored import Newsroom, fill_up
from server.scratch import Scratch

_FILES = 10_000
_LETTERS = 300
_MANY = 1_000_000


def figures() -> Iterator[Figure]:
    """On a server that waits for its disk, as a real one does."""
    scratch = Scratch(options=())
    newsroom = Newsroom(20240601)
    try:
        scratch.start()
        settings = environment(scratch)
        manage(settings, "migrate", "-v0")
        with tempfile.TemporaryDirectory() as folder:
            _write_files(Path(folder), newsroom)
            yield from _rate(settings, folder, "new")
            yield from _rate(settings, folder, "all held already")
        with psycopg.connect(scratch.environment["DATABASE_URL"], autocommit=True) as connection:
            fill_up(connection.cursor(), first=_FILES * 2 + 1, last=_MANY)
        with tempfile.TemporaryDirectory() as folder:
            _write_files(Path(folder), newsroom)
            yield from _rate(settings, folder, f"new, beside {_MANY:,} held")
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield Figure(f"memory to ingest {_FILES:,} files", largest, "MB", at_most=250)
    finally:
        scratch.stop()


def _rate(settings: Mapping[str, str], folder: str, what: str) -> Iterator[Figure]:
    """How many a second, and what the program itself computes for each, which is nearly the same on a busy machine."""
    started, computed = time.perf_counter(), _computed()
    manage(settings, "ingest", folder)
    rate = _FILES / (time.perf_counter() - started)
    yield Figure(f"ingest {_FILES:,} files of {_LETTERS} characters, {what}", rate, "files/s", at_least=1_000)
    each = 1_000 * (_computed() - computed) / _FILES
    yield Figure(f"ingest, {what}: computing for each file", each, "ms", at_most=0.8)


def _computed() -> float:
    """Seconds that the commands have computed so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write_files(folder: Path, newsroom: Newsroom) -> None:
    batch = random.Random(str(folder)).randrange(1 << 30)
    for number in range(_FILES):
        header = f"date: 2024-05-{number % 28 + 1:02}\ntitle: Dispatch {number}\npublisher: An agency\nlanguage: en\n"
        header += f"url: https://example.org/news/{batch}/{number}\n"
        (folder / f"{number:05}.txt").write_text(f"{header}\n{newsroom.story()[:_LETTERS]}\n")
