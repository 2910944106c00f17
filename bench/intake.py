"""How many files `manage.py ingest` stores a second, in an empty record and in one of a million dispatches."""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from bench.figures import Figure
from bench.stored import Newsroom, fill_up
from server.scratch import Scratch

_FILES = 10_000
_LETTERS = 300
_MANY = 1_000_000
_ROOT = Path(__file__).resolve().parent.parent


def figures() -> Iterator[Figure]:
    """On a server that waits for its disk, as a real one does."""
    scratch = Scratch(options=())
    newsroom = Newsroom(20240601)
    try:
        scratch.start()
        environment = {**os.environ, **scratch.environment, "SECRET_KEY": "only-for-the-bench", "LOG_LEVEL": "ERROR"}
        _manage(environment, "migrate", "-v0")
        with tempfile.TemporaryDirectory() as folder:
            _write_files(Path(folder), newsroom)
            yield _rate(environment, folder, "new")
            yield _rate(environment, folder, "all held already")
        with psycopg.connect(scratch.environment["DATABASE_URL"], autocommit=True) as connection:
            fill_up(connection.cursor(), first=_FILES * 2 + 1, last=_MANY)
        with tempfile.TemporaryDirectory() as folder:
            _write_files(Path(folder), newsroom)
            yield _rate(environment, folder, f"new, beside {_MANY:,} held")
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield Figure(f"memory to ingest {_FILES:,} files", largest, "MB", at_most=250)
    finally:
        scratch.stop()


def _rate(environment: Mapping[str, str], folder: str, what: str) -> Figure:
    started = time.perf_counter()
    _manage(environment, "ingest", folder)
    rate = _FILES / (time.perf_counter() - started)
    return Figure(f"ingest {_FILES:,} files of {_LETTERS} characters, {what}", rate, "files/s", at_least=1_000)


def _manage(environment: Mapping[str, str], *words: str) -> None:
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=_ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own words


def _write_files(folder: Path, newsroom: Newsroom) -> None:
    batch = random.Random(str(folder)).randrange(1 << 30)
    for number in range(_FILES):
        header = f"date: 2024-05-{number % 28 + 1:02}\ntitle: Dispatch {number}\npublisher: An agency\nlanguage: en\n"
        header += f"url: https://example.org/news/{batch}/{number}\n"
        (folder / f"{number:05}.txt").write_text(f"{header}\n{newsroom.story()[:_LETTERS]}\n")
