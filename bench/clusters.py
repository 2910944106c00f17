"""How long it takes to find the cluster of a new dispatch, at 10,000 stored and at many more.

`python -m bench.clusters 100000` measures at another size than a million.
"""

import random
import sys
import time
from collections.abc import Iterator

from bench.figures import Figure, table
from bench.services import set_up
from bench.stored import Newsroom, fill_up
from restrictions.feeds.dedupe import Fingerprint, fingerprint, is_copy, packed, unpacked
from server.scratch import Scratch

_SMALL, _LARGE = 10_000, 1_000_000
_LOOKUPS = 1_000
_COPY_DISPATCHES = (
    "COPY restrictions_dispatch (id, publisher, state, outcome, attempts, synthetic, coded_by) FROM STDIN"
)
_COPY_PRINTS = "COPY restrictions_fingerprint (dispatch_id, sketch, bands) FROM STDIN WITH (FORMAT binary)"


def figures(large: int = _LARGE) -> Iterator[Figure]:
    """The 95th percentile of one look-up, comparison included, at both sizes; and how many copies were found."""
    scratch = Scratch(options=())
    try:
        scratch.start()
        set_up(scratch, "migrate")
        newsroom = Newsroom(20240530)
        kept = _write_stories(newsroom)
        small, found = _slowest(newsroom, kept)
        _fill_up(large)
        many, found_many = _slowest(newsroom, kept)
    finally:
        scratch.stop()
    yield Figure(f"find the cluster of a new dispatch, {_SMALL:,} stored, p95", small, "ms", at_most=5)
    yield Figure(f"find the cluster of a new dispatch, {large:,} stored, p95", many, "ms", at_most=min(5, 2 * small))
    yield Figure("edited and cut copies that were found", 100 * min(found, found_many), "%", at_least=85)


def _write_stories(newsroom: Newsroom) -> list[tuple[int, str]]:
    """The first stories by COPY, as fingerprints; gives some of them, to be copied later."""
    from django.db import connection  # noqa: PLC0415

    stories = {number: newsroom.story() for number in range(1, _SMALL + 1)}
    with connection.cursor() as cursor:
        with cursor.copy(_COPY_DISPATCHES) as rows:
            for number in stories:
                rows.write_row((number, "An agency", "coded", "", 0, True, "bench"))
        with cursor.copy(_COPY_PRINTS) as rows:
            rows.set_types(["int8", "bytea", "int4[]"])
            for number, story in stories.items():
                one = fingerprint("", story)
                rows.write_row((number, packed(one), list(one.bands)))
        cursor.execute("VACUUM ANALYZE restrictions_fingerprint")
    return [(number, story) for number, story in stories.items() if number % 20 == 0]


def _fill_up(until: int) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        fill_up(cursor, first=_SMALL + 1, last=until)


def _slowest(newsroom: Newsroom, kept: list[tuple[int, str]]) -> tuple[float, float]:
    """The 95th percentile in milliseconds over new stories and copies in turn, and the share of copies found.

    Each is looked up three times, with all others between, and the shortest counts: the rest is other work's.
    """
    copies = random.Random(7).choices(kept, k=_LOOKUPS // 2)
    looked_for = [(number, fingerprint("", newsroom.edited(story))) for number, story in copies]
    looked_for += [(0, fingerprint("", newsroom.story())) for _ in copies]
    passes = [[_look_up(original, one) for original, one in looked_for] for _ in range(3)]
    durations = sorted(min(seconds for seconds, _ in same) for same in zip(*passes, strict=True))
    return 1000 * durations[int(0.95 * len(durations))], sum(found for _, found in passes[0]) / len(copies)


def _look_up(original: int, one: Fingerprint) -> tuple[float, bool]:
    """How long it took, and whether the original was among what was found."""
    from restrictions.queries.clusters import near_texts  # noqa: PLC0415

    started = time.perf_counter()
    matches = [held for held, sketch in near_texts({0: one})[0] if is_copy(one, unpacked(sketch))]
    return time.perf_counter() - started, original in matches


if __name__ == "__main__":
    print(table(list(figures(int(sys.argv[1]) if len(sys.argv) > 1 else _LARGE))))
