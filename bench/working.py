"""How many dispatches a second go through Celery, from the file to the outcome, with one worker of two processes."""

import json
import random
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import psycopg

from bench.coder import topical_text
from bench.figures import Figure
from bench.services import environment, manage
from bench.stored import Newsroom
from server import programs
from server.scratch import Scratch

_DISPATCHES = 6_000
_TOPICAL = 10
"""One in so many is about the use of arms; most news is not."""
_WAITING = "SELECT count(*) FROM restrictions_dispatch WHERE state IN ('new', 'coding', 'retry')"


def figures() -> Iterator[Figure]:
    """Stored, put into clusters and coded, while the worker runs; on a server that waits for its disk."""
    scratch = Scratch(options=())
    try:
        scratch.start()
        settings = environment(scratch)
        for words in (("migrate", "-v0"), ("load_reference",)):
            manage(settings, *words)
        worker = programs.worker(scratch.places, settings)
        worker.start()
        try:
            number = json.loads((scratch.places.notes / "worker.json").read_text())["pid"]
            yield from _measured(settings, number)
        finally:
            worker.stop()
    finally:
        scratch.stop()


def _measured(settings: Mapping[str, str], worker_number: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = _write(Path(folder) / "dispatches.jsonl")
        with psycopg.connect(settings["DATABASE_URL"], autocommit=True) as connection:
            started = time.perf_counter()
            manage(settings, "ingest", str(file))
            while connection.execute(_WAITING).fetchone() != (0,):
                time.sleep(0.05)
            seconds = time.perf_counter() - started
    yield Figure(
        f"{_DISPATCHES:,} dispatches of 200 words through Celery, one in {_TOPICAL} of the topic, stored to coded",
        _DISPATCHES / seconds,
        "dispatches/s",
        at_least=150,
    )
    processes = psutil.Process(worker_number).children(recursive=True)
    largest = max(process.memory_info().rss for process in processes) / 1024**2
    yield Figure("memory of a worker's process after them", largest, "MB", at_most=250)


def _write(file: Path) -> Path:
    newsroom, chance = Newsroom(20241117), random.Random(20241117)
    with file.open("w") as lines:
        for number in range(_DISPATCHES):
            topical = number % _TOPICAL == 0
            body = topical_text(chance) if topical else newsroom.story()
            line = {"title": f"Report {number}", "body": body, "language": "en", "published": "2024-06-05"}
            lines.write(json.dumps(line | {"address": f"https://news.example/{number}"}) + "\n")
    return file
