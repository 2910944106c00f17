"""`manage.py ingest` stopped half-way, by a disk that is full and by Ctrl-C: what is stored stays, the rest follows."""

import base64
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from restrictions.models import Dispatch, DispatchVersion
from restrictions.pipelines.files import BATCH
from tests.live import machine
from tests.live.small_disk import SmallDisk, small_disk
from tests.live.starting import Run

ROOT = Path(__file__).resolve().parents[2]
SELF = machine.PlainUser(sys.executable, [], {})


def ingest(folder: Path, database: str, *, by: machine.PlainUser = SELF, root: Path = ROOT) -> "subprocess.Popen[str]":
    services = {"DATABASE_URL": database, "REDIS_URL": "redis://127.0.0.1:1/0", "LOG_LEVEL": "ERROR"}
    return subprocess.Popen(
        [*by.before, by.python, "manage.py", "ingest", str(folder)],
        cwd=root,
        env={**os.environ, **services, **by.more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def write_texts(folder: Path, count: int, letters: int) -> Path:
    """Texts that do not compress."""
    chance = random.Random(count)
    folder.mkdir(exist_ok=True)
    for number in range(count):
        words = base64.b64encode(chance.randbytes(letters * 3 // 4)).decode()
        (folder / f"{number:05}.txt").write_text(f"title: Number {number}\n\n{words}")
    return folder


# --- A disk that is full


@dataclass(frozen=True)
class Case:
    """What is small, by how many megabytes it can grow, how many are left, what PostgreSQL says, and how many texts."""

    part: str | None
    megabytes: int
    left: int
    said: str
    count: int


_FULL = "No space left on device"
# Only root may mount a small disk. For anyone else a limit for each file stands for it, above that of a log's segment.
MOUNTED = {
    "the disk of all its data": Case("", 80, 6, _FULL, 700),
    "the disk of its log": Case("pg_wal", 60, 0, f"{_FULL}|server closed the connection", 700),
}
LIMITED = Case(None, 0, 16, "File too large|wrote only", 1_500)


@pytest.fixture(scope="module")
def migrated() -> Iterator[Path]:
    """The folder of a stopped server whose database was migrated, and no more."""
    with small_disk() as disk:
        environment = {**os.environ, "DATABASE_URL": disk.postgres.url()}
        words = [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"]
        subprocess.run(words, cwd=ROOT, env=environment, check=True)
        disk.child.stop()
        yield disk.postgres.folder


@machine.needs_namespaces
@pytest.mark.parametrize("case", MOUNTED.values(), ids=MOUNTED)
def test_a_disk_that_is_full_ends_it_in_a_sentence_and_the_rest_follows(
    case: Case, migrated: Path, tmp_path: Path
) -> None:
    stored = _full_and_then_the_rest(case, migrated, write_texts(tmp_path / "texts", case.count, 16_000))
    assert 0 < stored < case.count


@machine.needs_plain_user
def test_a_plain_user_whose_database_takes_no_more_hears_the_same(first: Run, migrated: Path) -> None:
    folder = write_texts(first.root.parent / "texts", LIMITED.count, 16_000)
    stored = _full_and_then_the_rest(LIMITED, migrated, folder, by=machine.plain_user() or SELF, root=first.root)
    assert 0 < stored < LIMITED.count


def _full_and_then_the_rest(
    case: Case, migrated: Path, folder: Path, *, by: machine.PlainUser = SELF, root: Path = ROOT
) -> int:
    """How many were stored before the disk was full; after it, the same command stores the others and no more."""
    with small_disk(case.part, case.megabytes, like=migrated) as disk:
        _use_up_the_log(disk)
        disk.fill(but_for=case.left)
        stored = _stopped(ingest(folder, disk.postgres.url(), by=by, root=root), case)
        disk.make_space()
        assert disk.execute("SELECT count(*) FROM restrictions_dispatch") == [(stored,)]
        again = ingest(folder, disk.postgres.url(), by=by, root=root)
        out, errors = again.communicate(timeout=120)
        assert (again.returncode, errors) == (0, "")
        assert out == f"{case.count:,} files: {case.count - stored:,} stored, {stored:,} already held.\n"
        count = "SELECT count(*), count(DISTINCT dispatch_id) FROM restrictions_dispatchversion"
        assert disk.execute(count) == [(case.count, case.count)]
    return stored


def _stopped(stopped: "subprocess.Popen[str]", case: Case) -> int:
    """How many files were stored before the disk was full, as the command counts them."""
    out, errors = stopped.communicate(timeout=120)
    assert stopped.returncode == 2, errors
    assert re.search(rf"^CommandError: The database takes no more: .*({case.said})", errors), errors
    assert "What is stored stays; once the database is well again, the same command does what is left.\n" in errors
    assert "Traceback" not in errors
    found = re.fullmatch(rf"{case.count:,} files: (.+) stored, (.+) not reached\.\n", out)
    assert found, out
    stored, rest = (int(number.replace(",", "")) for number in found.groups())
    assert stored > 0
    assert stored + rest == case.count
    return stored


def _use_up_the_log(disk: SmallDisk) -> None:
    """Segments of the log that were made beforehand would hold more than the test has to write."""
    disk.execute("CHECKPOINT")
    ahead = "SELECT count(*) FROM pg_ls_waldir() WHERE name > pg_walfile_name(pg_current_wal_lsn()) AND size > 0"
    for _ in range(int(str(disk.execute(ahead)[0][0]))):
        disk.execute("SELECT pg_logical_emit_message(true, 'a', 'turn'), pg_switch_wal()")
    disk.execute("SELECT pg_logical_emit_message(true, 'a', repeat('x', 10000000))")


# --- Ctrl-C


@pytest.mark.django_db(transaction=True)
def test_ctrl_c_says_how_far_it_came_and_the_same_command_does_what_is_left(tmp_path: Path) -> None:
    count = BATCH * 8
    folder = write_texts(tmp_path / "texts", count, 300)
    database = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    running = ingest(folder, database)
    while not Dispatch.objects.exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    out, errors = running.communicate(timeout=30)
    assert running.returncode == 130, errors
    assert errors == "CommandError: Stopped by Ctrl-C. What is stored stays; the same command does what is left.\n"
    stored = Dispatch.objects.count()
    assert stored % BATCH == 0
    assert 0 < stored < count
    # A batch that was written when the signal came may not have been counted any more.
    said = re.fullmatch(rf"{count:,} files: (.+) stored, .+ not reached\.\n", out)
    assert said, out
    assert int(said[1].replace(",", "")) in (stored, stored - BATCH)
    again = ingest(folder, database)
    assert again.communicate(timeout=60)[0] == f"{count:,} files: {count - stored:,} stored, {stored:,} already held.\n"
    assert again.returncode == 0
    assert (Dispatch.objects.count(), DispatchVersion.objects.count()) == (count, count)
