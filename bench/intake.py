"""How many files a second `manage.py ingest` stores, from its start to its end, and what memory it takes."""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.figures import Figure
from server.scratch import Scratch

_FILES = 10_000
_LETTERS = 300
_ROOT = Path(__file__).resolve().parent.parent
_WORDS = ("missiles", "may", "be", "fired", "at", "targets", "across", "the", "border", "while", "ministers", "asked")


def figures() -> Iterator[Figure]:
    """On a server that waits for its disk, as a real one does."""
    scratch = Scratch(options=())
    try:
        scratch.start()
        environment = {**os.environ, **scratch.environment, "SECRET_KEY": "only-for-the-bench", "LOG_LEVEL": "ERROR"}
        _manage(environment, "migrate", "-v0")
        with tempfile.TemporaryDirectory() as folder:
            _write_files(Path(folder))
            for what in ("new", "all held already"):
                started = time.perf_counter()
                _manage(environment, "ingest", folder)
                rate = _FILES / (time.perf_counter() - started)
                yield Figure(
                    f"ingest {_FILES:,} files of {_LETTERS} characters, {what}", rate, "files/s", at_least=1_000
                )
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield Figure(f"memory to ingest {_FILES:,} files", largest, "MB", at_most=250)
    finally:
        scratch.stop()


def _manage(environment: Mapping[str, str], *words: str) -> None:
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=_ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own words


def _write_files(folder: Path) -> None:
    chance = random.Random(20240601)
    for number in range(_FILES):
        words = " ".join(chance.choices(_WORDS, k=_LETTERS // 4))
        header = f"date: 2024-05-{number % 28 + 1:02}\ntitle: Dispatch {number}\npublisher: An agency\nlanguage: en\n"
        header += f"url: https://example.org/news/{number}\n"
        (folder / f"{number:05}.txt").write_text(f"{header}\n{f'{number} {words}'[:_LETTERS]}\n")
