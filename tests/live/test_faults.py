"""20,000 dispatches while workers, broker and database are killed: each ends once, and no claim is doubled."""

import json
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from restrictions.extraction import code
from restrictions.extraction.gold import document_of
from tests.live.starting import Run, copy_record

_COUNT = 20_000
_KILLED = ("worker", "valkey", "worker", "postgres", "valkey", "worker")
# The supervisor gives up on a program that ends three times in a minute.
_MINUTE = 62.0
_ENDED = "('coded', 'irrelevant', 'duplicate')"
_OPEN = f"SELECT count(*) FROM restrictions_dispatch WHERE NOT synthetic AND state NOT IN {_ENDED}"


def line(number: int) -> dict[str, str]:
    """Every tenth dispatch permits, in words of its own day and unit; the others are about the weather."""
    topical = number % 10 == 0
    said = (
        "The United States has allowed Ukraine to fire ATACMS missiles at targets in Russia's Kursk region, "
        f"a senior US official told reporter {number} on condition of anonymity."
        if topical
        else f"Rain fell on {number} fields while {number * 7 % 1009} farmers of district {number * 13 % 5003} slept."
    )
    day = f"2024-11-{17 + number % 10}"
    address = f"https://news.example/{number}"
    return {"title": f"Report {number}", "body": said, "published": day, "language": "en", "address": address}


def write_lines(file: Path, numbers: range) -> Path:
    file.write_text("".join(json.dumps(line(number)) + "\n" for number in numbers))
    return file


@pytest.fixture
def faulty(first: Run) -> Iterator[Run]:
    """A start whose leases are short, so that what a dead worker held is soon another's."""
    var = first.root.parent / "faults"
    copy_record(first, var)
    run = Run(first.root, more={"CODING_LEASE": "20", "CAVEAT_VAR": str(var)})
    run.start().serving()
    yield run
    run.end()


def test_twenty_thousand_dispatches_while_everything_is_killed(faulty: Run) -> None:
    share = _COUNT // len(_KILLED) + 1
    last_death = {"worker": [-_MINUTE], "valkey": [-_MINUTE], "postgres": [-_MINUTE]}
    for turn, name in enumerate(_KILLED):
        numbers = range(turn * share, min((turn + 1) * share, _COUNT))
        if len(last_death[name]) > 2:
            time.sleep(max(0.0, last_death[name][-2] + _MINUTE - time.monotonic()))
        with ThreadPoolExecutor(1) as beside:
            handed_in = beside.submit(hand_in, faulty, write_lines(faulty.root.parent / f"{turn}.jsonl", numbers))
            kill_at_work(faulty, name)
            last_death[name].append(time.monotonic())
            handed_in.result()
    wait_until_all_ended(faulty)
    each_ended_once(faulty)
    no_claim_is_missing_or_doubled(faulty)
    said = health(faulty)
    assert (said["ready"], said["broker"], said["oldest_waiting_seconds"]) == (True, True, None)


def hand_in(run: Run, file: Path) -> None:
    """As an operator does: where the database was away, the same command again does what is left."""
    end = time.monotonic() + 120
    while True:
        try:
            run.manage("ingest", str(file))
        except AssertionError:
            assert time.monotonic() < end
            time.sleep(1)
        else:
            return


def kill_at_work(run: Run, name: str) -> None:
    """Kills it without a word while dispatches come in, wait and are coded, and waits for the next one."""
    end = time.monotonic() + 60
    while run.execute(_OPEN) == [(0,)]:
        assert time.monotonic() < end
        time.sleep(0.05)
    killed = run.kill(name)
    end = time.monotonic() + 60
    while run.children().get(name, killed) == killed or not run.reachable():
        assert time.monotonic() < end, run.text()
        time.sleep(0.1)


def wait_until_all_ended(run: Run) -> None:
    """Progress is seen at least each two minutes: a lost wake-up costs one."""
    left, since = -1, time.monotonic()
    while now := int(str(run.execute(_OPEN)[0][0])):
        if now != left:
            left, since = now, time.monotonic()
        assert time.monotonic() - since < 130, run.execute(
            "SELECT state, count(*) FROM restrictions_dispatch GROUP BY 1"
        )
        time.sleep(0.5)


def each_ended_once(run: Run) -> None:
    ends = run.execute(
        "SELECT count(*), count(DISTINCT address), count(*) FILTER (WHERE lease_token IS NULL AND retry_at IS NULL)"
        " FROM restrictions_dispatch WHERE NOT synthetic"
    )
    assert ends == [(_COUNT, _COUNT, _COUNT)]
    versions = "FROM restrictions_dispatchversion v JOIN restrictions_dispatch d ON d.id = v.dispatch_id"
    assert run.execute(f"SELECT count(*) {versions} WHERE NOT d.synthetic") == [(_COUNT,)]


def no_claim_is_missing_or_doubled(run: Run) -> None:
    """What the coder says of each text stands once in the record."""
    meant = Counter(
        len(code(document_of({"id": "1", "lang": "en", **line(number)})).claims) for number in range(0, 100, 10)
    )
    assert set(meant) == {1}
    stored = run.execute(
        "SELECT count(*), count(DISTINCT v.dispatch_id), count(DISTINCT (c.dispatch_version_id, c.weapon_id, c.status))"
        " FROM restrictions_claim c JOIN restrictions_dispatchversion v ON v.id = c.dispatch_version_id"
        " JOIN restrictions_dispatch d ON d.id = v.dispatch_id WHERE NOT d.synthetic"
    )
    assert stored == [(_COUNT // 10,) * 3]


def health(run: Run) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/health/", timeout=10) as answer:
        said: dict[str, object] = json.loads(answer.read())
    return said
