"""The timeline and the overview with 10,000 positions, and how many a second beside a Dash app with the same rows.

Dash has an environment of its own, `.venv/bench`, which `make bench` makes. `python -m bench.reading 2000` measures at
another size.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count, repeat
from pathlib import Path

from bench.asking import rate
from bench.figures import Figure, table
from bench.services import environment, set_up
from server import ports, programs
from server.child import Child
from server.scratch import Scratch

_POSITIONS = 10_000
_ROUNDS = 60
_SECONDS = 10.0
_DASH = Path(sys.prefix) / "bench" / "bin" / "python"
_ROWS = """
    SELECT json_build_object('position', id, 'supplier', supplier_id, 'weapon', weapon_id, 'track', track,
        'status', status, 'starts', starts_latest, 'ends', coalesce(ends_latest, current_date))
    FROM restrictions_position ORDER BY id
"""
_FIRST = date(2022, 6, 1)
_TIMELINES = (
    *("", "page=2", "sort=name", "sort=name&page=2", "group=weapon", "group=weapon&page=2", "track=supply"),
    *("marks=shown", "status=banned", "condition=counter_fire", "weapon=atacms", "weapon=cruise_missile"),
    "supplier=US",
)


def figures(positions: int = _POSITIONS) -> Iterator[Figure]:
    """The timeline and the overview, alone and beside Dash."""
    scratch = Scratch(options=("shared_buffers=256MB",))
    settings = {"HTTPS": "0", "DEBUG": "0", "ALLOWED_HOSTS": "testserver,localhost"}
    try:
        scratch.start()
        set_up(scratch, "migrate", "load_reference", **settings)
        from django.core.management import call_command  # noqa: PLC0415  Django is set up now
        from django.db import connection  # noqa: PLC0415

        call_command("simulate", positions=positions, dispatches=positions // 10, seed=1, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        size = f"{positions:,} positions"
        yield from _pages(size, "timeline", _timeline, at_most=80)
        yield from _pages(size, "overview", _overview, at_most=80)
        yield from _beside_dash(scratch, settings, size)
        connection.close()
    finally:
        scratch.stop()


def _timeline(chance: random.Random) -> str:
    """Any of the ways to look at it, on any day: hardly ever the same twice."""
    return f"/timeline/?{chance.choice(_TIMELINES)}&on={_day(chance)}"


def _overview(chance: random.Random) -> str:
    return f"/?on={_day(chance)}"


def _day(chance: random.Random) -> date:
    return _FIRST + timedelta(days=chance.randrange(900))


def _pages(size: str, name: str, address: Callable[[random.Random], str], *, at_most: float) -> Iterator[Figure]:
    """Made anew, from the cache, and made by a process that has not seen this record yet; and the queries of each.

    What the program itself computes is nearly the same on a busy machine, where what a reader waits for is not.
    """
    asked = [address(random.Random(number)) for number in range(_ROUNDS)]
    _answers(asked, _keep)
    anew, computing, queries = _answers(asked, _forget_pages)
    yield Figure(f"{name}, {size}, uncached, p95", anew, "ms", at_most=at_most)
    yield Figure(f"{name}, {size}, uncached, computing alone, p95", computing, "ms", at_most=at_most)
    yield Figure(f"{name}, {size}, uncached, queries at most", max(queries), "queries", at_most=16)
    yield Figure(f"{name}, {size}, uncached, queries more than the fewest", max(queries) - min(queries), "", at_most=1)
    _answers(asked, _keep)
    yield Figure(f"{name}, {size}, cached, p95", _answers(asked, _keep)[0], "ms", at_most=10)
    first = _answers(asked, _forget_all)[1]
    yield Figure(f"{name}, {size}, first after a change of the record, computing, p95", first, "ms", at_most=500)


def _answers(addresses: list[str], before: Callable[[], None]) -> tuple[float, float, list[int]]:
    """Milliseconds, p95, in all and computing, and the queries of each; ``before`` is done before each."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, took, computed, queries = Client(), [], [], []
    for address in addresses:
        before()
        with CaptureQueriesContext(connection) as seen:
            started, at_work = time.perf_counter(), time.process_time()
            answer = client.get(address, headers={"Accept-Encoding": "gzip"})
            took.append(time.perf_counter() - started)
            computed.append(time.process_time() - at_work)
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} at {address}")
        queries.append(len(seen))
    return _p95(took), _p95(computed), queries


def _p95(seconds: list[float]) -> float:
    return 1000.0 * sorted(seconds)[int(0.95 * len(seconds))]


def _keep() -> None:
    """Nothing is forgotten."""


def _forget_pages() -> None:
    from django.core.cache import cache  # noqa: PLC0415

    cache.clear()


def _forget_all() -> None:
    """The pages, and what the process remembers of revisions that it has read."""
    _forget_pages()
    for name, module in list(sys.modules.items()):
        if name.startswith("restrictions.queries."):
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()


def _beside_dash(scratch: Scratch, settings: dict[str, str], size: str) -> Iterator[Figure]:
    """Both under gunicorn with two workers, one after the other; `/_dash-layout` is what Dash's page asks for."""
    ours = environment(scratch, **settings)
    with _running(lambda port: programs.site(scratch.places, ours, port)) as port:
        _forget_pages()
        days = (f"/timeline/?on={_FIRST + timedelta(days=number)}" for number in count())
        rate(port, days, seconds=3)
        uncached = rate(port, days, seconds=_SECONDS)
        rate(port, repeat("/timeline/"), seconds=1)
        cached = rate(port, repeat("/timeline/"), seconds=_SECONDS)
    theirs = _dash(scratch)
    what = f"timeline, {size}, two gunicorn workers"
    if theirs is None:
        print("Dash is not installed (.venv/bench): the timeline was NOT measured against it.", file=sys.stderr)
        return
    yield Figure(f"{what}, requests a second, cached, times Dash's /_dash-layout", cached / theirs, "times", at_least=5)
    yield Figure(f"{what}, cached", cached, "requests/s", at_least=5 * theirs)
    yield Figure(f"{what}, uncached", uncached, "requests/s", at_least=0)
    yield Figure(f"{what}, Dash's /_dash-layout with the same rows", theirs, "requests/s", at_least=0)


def _dash(scratch: Scratch) -> float | None:
    """Requests a second of the Dash app; none where it is not installed."""
    if not _DASH.exists() or subprocess.run([_DASH, "-c", "import dash"], capture_output=True, check=False).returncode:  # noqa: S603  our own words
        return None
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        rows.write_text(_rows_of_dash(), "utf-8")
        with _running(lambda port: _dash_site(scratch, port, rows)) as port:
            rate(port, repeat("/_dash-layout"), seconds=3)
            return rate(port, repeat("/_dash-layout"), seconds=_SECONDS)


def _rows_of_dash() -> str:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        return "\n".join(json.dumps(row) for (row,) in cursor.fetchall())


def _dash_site(scratch: Scratch, port: int, rows: Path) -> Child:
    """As our own site is served: two processes of four threads."""
    return Child(
        name="dash",
        argv=[
            *(str(_DASH), "-m", "gunicorn", "dash_app:server", "--bind", f"{ports.LOOPBACK}:{port}"),
            *("--workers", "2", "--worker-class", "gthread", "--threads", "4", "--preload", "--timeout", "60"),
        ],
        notes=scratch.places.notes,
        logs=scratch.places.logs,
        cwd=Path(__file__).parent,
        environment={**os.environ, "ROWS": str(rows)},
        ready=lambda: programs.answers(port),
    )


@contextmanager
def _running(made: Callable[[int], Child]) -> Iterator[int]:
    """The port on which a site answers, as long as it is asked."""
    port = ports.choose(0)
    child = made(port)
    child.start()
    try:
        child.wait_ready()
        yield port
    finally:
        child.stop()


if __name__ == "__main__":
    print(table(list(figures(int(sys.argv[1]) if len(sys.argv) > 1 else _POSITIONS))))
