"""How fast the record goes out as files beside PostgreSQL's own COPY of the same rows, and in how much memory.

`python -m bench.exports 20000` measures at another size.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

from bench.figures import Figure, table
from bench.services import set_up
from server.scratch import Scratch

_LARGE = 100_000
_SMALL = 5_000
_ROUNDS = 5
_FORMS = ("csv", "ndjson", "json", "xlsx", "parquet")
_COLUMNS = """
    SELECT string_agg(quote_ident(column_name), ',') FROM information_schema.columns
    WHERE table_name = 'restrictions_positionversion' AND column_name NOT IN ('id', 'position_id')
"""
_LEAST = {"csv": 0.5, "ndjson": 0.25}
_MEMORY = 60
"""Megabytes that an export of many rows may take above one of few: blocks, a group of Parquet, a sheet's strings."""


def figures(large: int = _LARGE) -> Iterator[Figure]:
    """The rates of those forms that PostgreSQL writes itself, and the memory of each."""
    rates, growth = _measure_all(large)
    for form, rate in rates.items():
        what = f"export: {large:,} positions as {form}, rows a second as a share of COPY's"
        yield Figure(what, rate, "of COPY", at_least=_LEAST[form])
    for form, megabytes in growth.items():
        what = f"export: memory for {large:,} positions as {form} above that for {_SMALL:,}"
        yield Figure(what, megabytes, "MB", at_most=_MEMORY)


def _measure_all(large: int) -> tuple[dict[str, float], dict[str, float]]:
    scratch = Scratch(options=())
    try:
        scratch.start()
        set_up(scratch, "migrate", "load_reference", "load_starter", HTTPS="0", ALLOWED_HOSTS="testserver")
        _fill(_SMALL)
        for form in _FORMS:
            _through(form)
        _fill(large)
        growth = {form: _grown(form) for form in _FORMS}
        copied, *ours = _fastest(_copied, *(partial(_through, form) for form in _LEAST))
        return {form: copied / seconds for form, seconds in zip(_LEAST, ours, strict=True)}, growth
    finally:
        scratch.stop()


def _fill(until: int) -> None:
    """The starter record's positions again and again, each with a number of its own, until there are so many."""
    from django.db import connection  # noqa: PLC0415

    name = "restrictions_positionversion"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {name} DROP CONSTRAINT IF EXISTS position_version_one_at_a_time")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_COLUMNS)
        columns = cursor.fetchone()[0]
        cursor.execute(f"SELECT count(*), max(position_id) FROM {name}")  # noqa: S608  ours
        held, last = cursor.fetchone()
        cursor.execute(
            f"INSERT INTO {name} (position_id, {columns}) SELECT %s + row_number() OVER (), {columns} FROM {name},"  # noqa: S608
            f" generate_series(1, %s) LIMIT %s",
            [last, until // held + 1, until - held],
        )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(f"VACUUM ANALYZE {name}")


def _through(form: str) -> int:
    """Bytes of the file as the site sends it, which nobody keeps."""
    from django.test import Client  # noqa: PLC0415

    return _drained(Client().get(f"/data/positions.{form}"))


def _copied() -> int:
    """Bytes of the same rows by COPY alone, with nothing of ours between."""
    from django.db import connection  # noqa: PLC0415

    from restrictions.domain.datasets import POSITIONS  # noqa: PLC0415
    from restrictions.queries.datasets import Wanted  # noqa: PLC0415
    from restrictions.queries.datasets.copying import csv_statement  # noqa: PLC0415

    statement, values = csv_statement(POSITIONS, Wanted(datetime.now(UTC).date()))
    with connection.cursor() as cursor, cursor.copy(statement, values) as copy:
        return _drained(copy)


def _drained(blocks: Iterable[bytes]) -> int:
    return sum(len(block) for block in blocks)


def _fastest(*works: Callable[[], int]) -> list[float]:
    """The shortest of a few rounds of each, in seconds, each in turn: the rest is other work's."""
    rounds = [[_once(work) for work in works] for _ in range(_ROUNDS)]
    return [min(durations) for durations in zip(*rounds, strict=True)]


def _once(work: Callable[[], int]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _grown(form: str) -> float:
    """Megabytes by which the most memory that this process ever had rises."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _through(form)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


if __name__ == "__main__":
    print(table(list(figures(int(sys.argv[1]) if len(sys.argv) > 1 else _LARGE))))
