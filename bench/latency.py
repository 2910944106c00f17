"""How long it takes from `POST` to a claim in the curators' queue, where nothing else is going on."""

import http.client
import json
import time
from collections.abc import Iterator

import psycopg

from bench.figures import Figure, table
from bench.services import environment, manage
from server import ports, programs
from server.child import Child
from server.scratch import Scratch

_ROUNDS = 60
_PATIENCE = 30.0
_LET_IN = """
from django.contrib.auth.models import User
from django.utils import timezone
from restrictions.actions.tokens import make_token
from restrictions.models import Scope
by = User.objects.create_user("bench")
print(make_token(name="Bench", scopes=[Scope.WRITE_DISPATCHES], expires_at=None, by=by, now=timezone.now())[1])
"""
_CLAIMS = "SELECT count(*) FROM restrictions_claim WHERE dispatch_version_id IS NOT NULL"


def figures() -> Iterator[Figure]:
    """The 95th percentile of some dozens of dispatches, one after another: gunicorn, Valkey, a worker, PostgreSQL."""
    scratch = Scratch(options=())
    children: list[Child] = []
    try:
        scratch.start()
        settings = environment(scratch, HTTPS="0", API_REQUESTS_PER_MINUTE="999")
        for words in (["migrate", "-v0"], ["load_reference"]):
            manage(settings, *words)
        token = manage(settings, "shell", "-v0", "-c", _LET_IN).split()[-1]
        port = ports.choose(0)
        children = [programs.worker(scratch.places, settings), programs.site(scratch.places, settings, port)]
        for child in children:
            child.start()
            child.wait_ready()
        with psycopg.connect(scratch.environment["DATABASE_URL"], autocommit=True) as record:
            _latency(record, port, token, 0, seconds=60)  # the first waits for the worker to have started
            waits = sorted(_latency(record, port, token, number) for number in range(1, _ROUNDS + 1))
    finally:
        for child in reversed(children):
            child.stop()
        scratch.stop()
    yield Figure("from POST to a claim in the queue, idle, median", waits[len(waits) // 2], "s", at_most=2)
    yield Figure("from POST to a claim in the queue, idle, p95", waits[int(len(waits) * 0.95)], "s", at_most=2)


def _latency(
    record: "psycopg.Connection[tuple[int, ...]]", port: int, token: str, number: int, seconds: float = _PATIENCE
) -> float:
    """Seconds from the request's start until one more claim can be read."""
    before, started = _claims(record), time.perf_counter()
    _post(port, token, number)
    while _claims(record) == before:
        if time.perf_counter() - started > seconds:
            raise TimeoutError(f"no claim within {seconds:.0f} s of dispatch {number}")
        time.sleep(0.005)
    return time.perf_counter() - started


def _claims(record: "psycopg.Connection[tuple[int, ...]]") -> int:
    [(count,)] = record.execute(_CLAIMS).fetchall()
    return count


def _post(port: int, token: str, number: int) -> None:
    said = f"The United States has authorised Ukraine to use ATACMS on targets inside Russia, report {number} says."
    body = json.dumps({"title": f"Report {number}", "body": said, "published": "2024-11-17", "language": "en"})
    connection = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=30)
    headers = {"Host": "localhost", "Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/dispatches", body, headers)
    answer = connection.getresponse()
    if answer.status != http.client.ACCEPTED:
        raise RuntimeError(f"{answer.status}: {answer.read().decode()}")
    connection.close()


if __name__ == "__main__":
    print(table(list(figures())))
