"""A day's matrix on a record of ten thousand and of a million position versions, by any state of knowledge."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bench.figures import Figure, table
from bench.services import set_up
from server.scratch import Scratch

if TYPE_CHECKING:
    from django.test import Client

_ROUNDS = 100
_FEW, _MANY = 5_700, 570_000
"""Positions that give about ten thousand, and about a million, versions."""


def figures(*, many: int = _MANY) -> Iterator[Figure]:
    """p95 of query and resolution for random days, recipients and known days, each asked of a record not asked before;
    and of the page, made anew each time."""
    small, _ = _apart(_FEW)
    large, page = _apart(many)
    yield Figure("matrix for a day, about 1,000,000 versions, p95", large * 1000, "ms", at_most=50)
    yield Figure("the same beside about 10,000 versions", large / small, "times", at_most=3)
    yield Figure("matrix page, uncached, about 1,000,000 versions, p95", page * 1000, "ms", at_most=150)


def _apart(positions: int) -> tuple[float, float]:
    """In a process of its own: Django is set up once in each, for one database."""
    told = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-m", "bench.clocks", str(positions)], check=True, stdout=subprocess.PIPE
    )
    matrix, page = json.loads(told.stdout.splitlines()[-1])
    return matrix, page


def _measured(positions: int) -> tuple[float, float]:
    """Seconds of the matrix and of its page, p95, of a record with so many positions."""
    scratch = Scratch(options=("shared_buffers=512MB",))
    try:
        scratch.start()
        set_up(scratch, "migrate", "load_reference", ALLOWED_HOSTS="testserver,localhost", HTTPS="0", DEBUG="0")
        from django.core.management import call_command  # noqa: PLC0415  Django is set up now
        from django.db import connection  # noqa: PLC0415

        call_command("simulate", positions=positions, dispatches=positions // 50, seed=1)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        found = _p95(_matrix), _p95(_page)
        connection.close()
        return found
    finally:
        scratch.stop()


def _asked(chance: random.Random) -> tuple[str, date, date]:
    """A recipient, a day, and the day as known on which it is asked for."""
    from restrictions.models import Position  # noqa: PLC0415

    recipients = sorted(Position.objects.order_by().values_list("recipient_id", flat=True).distinct())
    known = datetime.now(UTC).date() - timedelta(days=chance.randrange(1, 690))
    return chance.choice(recipients), date(2022, 6, 1) + timedelta(days=chance.randrange(700)), known


def _matrix(recipient: str, on: date, known: date) -> None:
    from restrictions.domain.clock import Clock  # noqa: PLC0415
    from restrictions.queries.codes import known_codes  # noqa: PLC0415
    from restrictions.queries.matrix import matrix  # noqa: PLC0415

    matrix(recipient=recipient, territory="RU", on=on, today=known, codes=known_codes(), clock=Clock(known=known))


@cache
def _reader() -> "Client":
    """One for all that is asked: what a server loads when it starts is not a page's."""
    from django.test import Client  # noqa: PLC0415

    return Client()


def _page(recipient: str, on: date, known: date) -> None:
    from django.core.cache import cache as pages  # noqa: PLC0415

    pages.clear()
    answer = _reader().get(f"/matrix/?recipient={recipient}&territory=RU&on={on}&known={known}")
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}: {answer.content[:300]!r}")


def _p95(work: Callable[[str, date, date], None]) -> float:
    chance = random.Random(8)
    work(*_asked(chance))
    took = []
    for _ in range(_ROUNDS):
        asked = _asked(chance)
        start = time.perf_counter()
        work(*asked)
        took.append(time.perf_counter() - start)
    return sorted(took)[int(_ROUNDS * 0.95)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_measured(int(sys.argv[1]))))
    else:
        print(table(list(figures())))
