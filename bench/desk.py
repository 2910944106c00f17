"""How long each screen of the curators' desk takes with 100,000 claims in the queue, and how many queries it asks.

`python -m bench.desk 10000` measures at another size.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.figures import Figure, table
from bench.services import set_up
from server.scratch import Scratch

_LARGE = 100_000
_TEMPLATES = 1_000
_ROUNDS = 20
_PUBLISHERS = 60
_SUPPLIERS = ("US", "GB", "FR", "DE", "NL", "SE", "PL", "IT")
_WEAPONS = ("any", "long_range", "atacms", "storm_shadow", "scalp", "himars", "f16", "artillery")
_STATUSES = ("banned", "conditional", "allowed", "undisclosed")
_SENTENCE = "The government said that {weapon} may be fired at military targets, number {number}."
_FILLER = "Ministers met for an hour and said little that was new. " * 20
_OF_EACH = 5


def figures(large: int = _LARGE) -> Iterator[Figure]:
    """The 95th percentile of each screen, of it what the server itself computed, and the most queries of a request.

    What the server computes (without PostgreSQL) is nearly the same on a busy machine.

    In a process of its own: this one may have set Django up for other services.
    """
    told = subprocess.run([sys.executable, "-m", "bench.desk", str(large), "json"], check=True, stdout=subprocess.PIPE)  # noqa: S603  our own words
    for name, milliseconds, computing, queries, fewest in json.loads(told.stdout.splitlines()[-1]):
        yield Figure(f"desk: {name}, {large:,} claims in the queue, p95", milliseconds, "ms", at_most=200)
        yield Figure(f"desk: {name}, computing alone, p95", computing, "ms", at_most=150)
        yield Figure(f"desk: {name}, queries at most, {fewest} at least", queries, "queries", at_most=40)


def _measure_all(large: int) -> list[tuple[str, float, float, int, int]]:
    """Each screen: the 95th percentiles in milliseconds, in all and computing, the most and the fewest queries."""
    scratch = Scratch(options=())
    try:
        scratch.start()
        commands = ("migrate", "load_reference", "load_starter")
        set_up(scratch, *commands, HTTPS="0", DEMO="1", ALLOWED_HOSTS="testserver")
        _fill(large)
        return [(name, *_measured(ask)) for name, ask in _screens().items()]
    finally:
        scratch.stop()


def _fill(large: int) -> None:
    """Claims of five to a dispatch, written once and copied with new names until there are enough."""
    from django.db import connection  # noqa: PLC0415

    _write_templates()
    copies = -(-large // _TEMPLATES) - 1
    with connection.cursor() as cursor:
        # The copies are no one's work: the audit trail of them would take longer than all else.
        cursor.execute("SET session_replication_role = replica")
        for table_name, changed in _COPIES.items():
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ',') FROM information_schema.columns"
                " WHERE table_name = %s AND column_name <> ALL(%s)",
                [table_name, list(changed)],
            )
            kept = cursor.fetchone()[0]
            names, values = ",".join(changed), ",".join(changed.values())
            cursor.execute(
                f"INSERT INTO {table_name} ({names},{kept}) SELECT {values},{kept} FROM {table_name},"  # noqa: S608  ours
                f" generate_series(1, %s) n WHERE {table_name}.id > {_FIRST}",
                [copies],
            )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


_FIRST, _STEP = 10_000_000, 10_000
_COPIES = {
    "restrictions_dispatch": {"id": f"id + n * {_STEP}"},
    "restrictions_dispatchversion": {
        "id": f"id + n * {_STEP}",
        "dispatch_id": f"dispatch_id + n * {_STEP}",
        "content_hash": "encode(sha256((content_hash || n)::bytea), 'hex')",
    },
    "restrictions_claim": {
        "id": f"id + n * {_STEP}",
        "key": "key || '-' || n",
        "dispatch_version_id": f"dispatch_version_id + n * {_STEP}",
        "recorded_at": "recorded_at - n * interval '3 hours'",
        "confidence": "mod((confidence * 1000 + n)::int, 1000) / 1000.0",
    },
}


def _write_templates() -> None:
    from restrictions.models import Claim, Dispatch, DispatchVersion  # noqa: PLC0415

    chance = random.Random(20240602)
    numbers = [_FIRST + 1 + at for at in range(_TEMPLATES // _OF_EACH)]
    month = {"published_edtf": "2024-05", "published_earliest": "2024-05-01", "published_latest": "2024-05-31"}
    Dispatch.objects.bulk_create(
        Dispatch(id=number, publisher=f"Agency {number % _PUBLISHERS}", state="coded", **month) for number in numbers
    )
    texts = {number: [_sentence(number, at) for at in range(_OF_EACH)] for number in numbers}
    DispatchVersion.objects.bulk_create(
        DispatchVersion(
            id=number,
            dispatch_id=number,
            title=f"Dispatch {number}",
            body=f" {_FILLER}".join(texts[number]),
            language="en",
            content_hash=f"{number:064x}",
        )
        for number in numbers
    )
    rows = [(number, at) for number in numbers for at in range(_OF_EACH)]
    Claim.objects.bulk_create(
        Claim(id=_FIRST + 1 + count, **_claim(chance, number, texts[number], at))
        for count, (number, at) in enumerate(rows)
    )


def _sentence(number: int, at: int) -> str:
    return _SENTENCE.format(weapon=_WEAPONS[(number + at) % len(_WEAPONS)], number=f"{number}/{at}")


def _claim(chance: random.Random, number: int, texts: list[str], at: int) -> dict[str, Any]:
    start = sum(len(text) + len(_FILLER) + 1 for text in texts[:at])
    status = chance.choice(_STATUSES)
    day = f"2024-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
    return {
        "key": f"bench-{number}-{at}",
        "dispatch_version_id": number,
        "quote": texts[at],
        "quote_in": "body",
        "quote_start": start,
        "quote_end": start + len(texts[at]),
        "supplier_id": chance.choice(_SUPPLIERS),
        "recipient_id": "UA",
        "weapon_id": _WEAPONS[(number + at) % len(_WEAPONS)],
        "track": "use",
        "territory": "RU",
        "status": status,
        "act": chance.choice(("sets", "reaffirms", "denies")),
        "attribution": "named_official",
        **{f"{name}_{part}": day for name in ("effective", "published") for part in ("edtf", "earliest", "latest")},
        "conditions": ["counter_fire"] if status == "conditional" else [],
        "coder": "rules",
        "coder_version": "2",
        "rule_ids": ["op.may"],
        "confidence": chance.random(),
    }


def _screens() -> dict[str, Callable[[int], None]]:
    """Each screen by its name: what asks for it, the round's number given."""
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from restrictions.actions.curators import ensure_curators_group  # noqa: PLC0415
    from restrictions.models import Claim, Position  # noqa: PLC0415

    client = Client()
    curator = User.objects.create_user("bench", is_staff=True)
    curator.groups.add(ensure_curators_group())
    client.force_login(curator)
    waiting = list(Claim.objects.proposed().order_by("pk").values_list("pk", "dispatch_version__dispatch_id"))
    shown = random.Random(3).sample(waiting, _ROUNDS + 1)
    position = Position.objects.order_by("pk").values_list("pk", flat=True)[0]

    def page(address: str, **query: str) -> None:
        response = client.get(f"/admin/{address}", query)
        assert response.status_code == 200, (address, response.status_code)  # noqa: S101

    def skip(number: int) -> None:
        assert client.post(f"/admin/restrictions/claim/{shown[number][0]}/skip/").status_code == 302  # noqa: S101

    def reject(number: int) -> None:
        address = f"/admin/restrictions/claim/{shown[number][0]}/reject/?record=disagrees&order=surest"
        assert client.post(address, {"reason": "duplicate"}).status_code == 302  # noqa: S101

    def review(number: int, **query: str) -> None:
        claim, dispatch = shown[number]
        page(f"restrictions/dispatch/{dispatch}/change/", claim=str(claim), **query)

    queue = "restrictions/claim/queue/"
    return {
        "front page": lambda _: page(""),
        "queue": lambda _: page(queue),
        "queue of a supplier, surest first": lambda at: page(queue, supplier=_SUPPLIERS[at % 8], order="surest"),
        "queue of a publisher": lambda at: page(queue, publisher=f"Agency {at}"),
        "queue against the record": lambda _: page(queue, record="disagrees"),
        "review": review,
        "review in a queue against the record": lambda at: review(at, record="disagrees", order="doubtful"),
        "edit": lambda at: page(f"restrictions/claim/{shown[at][0]}/edit/"),
        "missed claim": lambda at: page(f"restrictions/dispatch/{shown[at][1]}/missed/"),
        "claim": lambda at: page(f"restrictions/claim/{shown[at][0]}/change/"),
        "list of claims": lambda at: page("restrictions/claim/", decision="proposed", p=str(at + 1)),
        "list of dispatches that wait": lambda at: page("restrictions/dispatch/", waiting="yes", p=str(at + 1)),
        "position": lambda _: page(f"restrictions/position/{position}/change/"),
        "skip": skip,
        "reject": reject,
    }


def _measured(ask: Callable[[int], None]) -> tuple[float, float, int, int]:
    """The 95th percentiles in milliseconds, the most and the fewest queries; after a request that is not counted.

    Each request is made three times, with all others between, and the shortest counts: the rest is other work's.
    """
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    ask(_ROUNDS)
    passes, computing, queries = [], [], []
    for _ in range(3):
        durations, computed = [], []
        for number in range(_ROUNDS):
            with CaptureQueriesContext(connection) as asked:
                started, at_work = time.perf_counter(), time.process_time()
                ask(number)
                durations.append(time.perf_counter() - started)
                computed.append(time.process_time() - at_work)
            queries.append(len(asked))
        passes.append(durations)
        computing.append(computed)
    return _p95(passes), _p95(computing), max(queries), min(queries)


def _p95(passes: list[list[float]]) -> float:
    """In milliseconds, of the shortest of each request."""
    shortest = sorted(min(same) for same in zip(*passes, strict=True))
    return 1000.0 * float(shortest[int(0.95 * _ROUNDS)])


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else _LARGE
    print(json.dumps(_measure_all(size)) if sys.argv[2:] == ["json"] else table(list(figures(size))))
