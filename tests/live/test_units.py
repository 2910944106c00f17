"""The systemd units and the shell lines of docs/operations.md, on Debian's PostgreSQL and Redis without systemd.

The lines run as they stand; folders are moved, and `sudo` is a program that stays who it is: it shows that the
program's own role suffices in the database, not that Debian's users may do what they do.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from socket import gethostname

import psycopg
import pytest

from server import ports
from server.child import Child
from server.places import Places
from tests.live import debian
from tests.live.composing import ROOT, Service
from tests.live.guide import MAKE_SECRETS, all_shell, shell_after
from tests.live.stack import Stack, copy_image_tree, folder

UNITS = ROOT / "docs" / "systemd"
PROGRAMS = ("migrate", "web", "worker", "beat")
# `sudo -u NAME` without the change of user; `install` and `chgrp` without the group, which this machine does not have.
_STANDS_IN = {"sudo": 'shift 2; exec "$@"', "chgrp": "exit 0", "install": 'exec /usr/bin/install -d -m 750 "$6"'}
# Where the guide's lines stand that are run here; those of Docker's secrets are run with the composition.
SENTENCES = (
    "What became of the items",
    "Make the settings and secrets",
    "Make the database",
    "Make the first curator",
    "Backup, each night",
    "A backup that was never restored",
    "Let the program judge it",
    "Put it in the old one's place",
    "The signing key.",
    "The database's password.",
    "Show what was set aside",
    "Nobody can sign in",
)


def said(unit: str, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", (UNITS / unit).read_text("utf-8"), re.MULTILINE)


# --- What the units say


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if not verify:
        assert not os.environ.get("CI"), "CI is set, and there is no systemd-analyze: apt-get install systemd"
        pytest.skip("there is no systemd-analyze: the units were NOT verified")
    for path in UNITS.glob("caveat*.*"):
        text = path.read_text("utf-8").replace("/opt/caveat/.venv/bin/python", "/bin/true")
        (tmp_path / path.name).write_text(text, "utf-8")
    units = sorted(path for path in tmp_path.iterdir() if path.suffix in {".service", ".target"})
    done = subprocess.run([verify, "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "caveat-web.service").write_text((tmp_path / "caveat-web.service").read_text() + "\nNoSuchKey=1\n")
    broken = subprocess.run([verify, "verify", units[-1]], capture_output=True, text=True, check=False)
    assert "NoSuchKey" in broken.stderr


def test_the_target_brings_everything_and_each_waits_for_the_tables() -> None:
    [wanted] = said("caveat.target", "Wants")
    assert set(wanted.split()) == {"caveat-web.service", "caveat-worker.service", "caveat-beat.service"}
    for name in ("web", "worker", "beat"):
        assert said(f"caveat-{name}.service", "Requires") == ["caveat-migrate.service"]
        assert "caveat-migrate.service" in said(f"caveat-{name}.service", "After")[0].split()


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_unit_gives_up_what_it_does_not_need(name: str) -> None:
    unit = f"caveat-{name}.service"
    assert said(unit, "User") == ["caveat"]
    assert said(unit, "CapabilityBoundingSet") == [""]
    for key, value in {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes"}.items():
        assert said(unit, key) == [value]


# --- What the lines and the commands do


@dataclass
class Machine:
    """A machine that followed the guide: its servers, its settings, its programs, and a shell for the guide's lines."""

    root: Path
    database: int
    redis: int
    web: int

    @property
    def moved(self) -> dict[str, str]:
        return {
            "/opt/caveat/.venv/bin": str(ROOT / ".venv/bin"),
            ".venv/bin/python": str(ROOT / ".venv/bin/python"),
            "/opt/caveat": str(self.root / "tree"),
            "/etc/caveat": str(self.root / "etc"),
            "/var/backups": str(self.root),
            "/var/lib/caveat": str(self.root),
            "127.0.0.1:5432": f"{ports.LOOPBACK}:{self.database}",
            "127.0.0.1:6379": f"{ports.LOOPBACK}:{self.redis}",
            "127.0.0.1:8000": f"{ports.LOOPBACK}:{self.web}",
        }

    def here(self, text: str) -> str:
        """The text with the folders and ports of a server moved to ours."""
        pattern = re.compile("|".join(re.escape(place) for place in sorted(self.moved, key=len, reverse=True)))
        return pattern.sub(lambda found: self.moved[found.group()], text)

    def shell(self, lines: str) -> str:
        """What the lines print, typed by root."""
        programs = debian.postgres_programs()
        environment = {
            "PATH": f"{self.root / 'bin'}:{programs}:{os.environ['PATH']}",
            "PGHOST": ports.LOOPBACK,
            "PGPORT": str(self.database),
            "PGUSER": "postgres",
            "PGPASSWORD": "root",
        }
        done = subprocess.run(
            ["sh", "-ec", self.here(lines)], env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def follow(self, sentence: str) -> str:
        """What the guide's lines after this sentence print."""
        assert sentence in SENTENCES
        return self.shell(shell_after(sentence))

    def commands(self, name: str) -> list[list[str]]:
        """The commands of a unit, one after the other."""
        return [shlex.split(self.here(line.replace("%%", "%"))) for line in said(f"caveat-{name}.service", "ExecStart")]

    def program(self, name: str) -> Service:
        """A unit as a service, and how its health is asked; its settings come from `.env`, as on a server."""
        pairs = [pair for line in said(f"caveat-{name}.service", "Environment") for pair in line.split()]
        python = str(ROOT / ".venv/bin/python")
        ready = f"from urllib.request import urlopen as ask; ask('http://{ports.LOOPBACK}:{self.web}/health/ready/')"
        health = {
            "web": [python, "-c", ready],
            "worker": [
                python,
                "-m",
                "celery",
                "-A",
                "config",
                "inspect",
                "ping",
                "--destination",
                f"caveat@{gethostname()}",
            ],
            "beat": ["sh", "-c", f"ls {self.root}/beat-schedule*"],
        }
        return Service(name, self.commands(name)[0], dict(pair.split("=", 1) for pair in pairs), health[name], {})

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """What the database of the site answers to its superuser."""
        address = f"host={ports.LOOPBACK} port={self.database} user=postgres password=root dbname=caveat"
        with psycopg.connect(address) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def redis_as_debian_has_it(machine: Machine, places: Places) -> Child:
    return Child(
        name="redis",
        argv=["redis-server", "--bind", ports.LOOPBACK, "--port", str(machine.redis), "--dir", str(machine.root)],
        notes=places.notes,
        logs=places.logs,
        cwd=machine.root,
        ready=lambda: not ports.is_free(machine.redis),
    )


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """The guide was followed up to the database; Redis runs."""
    debian.need_servers()
    with folder() as root, ExitStack() as started:
        places = Places(root / "var")
        places.make()
        (root / "bin").mkdir()
        for name, lines in _STANDS_IN.items():
            (root / "bin" / name).write_text(f"#!/bin/sh\n{lines}\n")
            (root / "bin" / name).chmod(0o755)
        copy_image_tree(root / "tree")
        shutil.copytree(UNITS, root / "tree" / "docs" / "systemd")
        port = started.enter_context(debian.postgres(root, places, user="postgres", password="root", words=[]))
        machine = Machine(root, port, ports.choose(0), ports.choose(0))
        redis = redis_as_debian_has_it(machine, places)
        redis.start()
        started.callback(redis.stop)
        redis.wait_ready()
        machine.follow("Make the settings and secrets")
        settings = root / "etc" / "caveat.env"
        settings.write_text(machine.here(settings.read_text()))
        machine.follow("Make the database")
        yield machine


class Target:
    """`caveat.target`: the tables first, then the three programs."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        programs = {name: machine.program(name) for name in ("web", "worker", "beat")}
        self.stack = Stack(machine.root / "tree", Places(machine.root / "var"), programs, machine.web)
        self._running: list[Child] = []

    def start(self) -> None:
        for words in self.machine.commands("migrate"):
            done = self.stack.run("beat", words)
            assert done.returncode == 0, done.stderr
        self._start_programs()

    def _start_programs(self) -> None:
        for name in self.stack.services:
            self._running.append(self.stack.start(name))

    def stop(self) -> None:
        while self._running:
            self._running.pop().stop()

    def restart(self) -> None:
        """The programs alone: the tables' unit stays done until the target stops."""
        self.stop()
        self._start_programs()


@pytest.fixture(scope="module")
def target(machine: Machine) -> Iterator[Target]:
    target = Target(machine)
    try:
        target.start()
        yield target
    finally:
        target.stop()


def test_the_site_runs_on_a_database_of_a_role_without_rights_beyond_it(machine: Machine, target: Target) -> None:
    status, _, body = target.stack.get("/")
    assert (status, b"Ukraine" in body) == (200, True)
    rights = machine.query("SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'caveat'")
    assert rights == [(False, False, False)]


def test_a_first_curator_is_made(machine: Machine, target: Target) -> None:
    assert re.search(r"^first-curator \S+ \S+$", machine.follow("Make the first curator"), re.MULTILINE)


def test_what_became_of_the_items_of_feeds_is_counted(machine: Machine, target: Target) -> None:
    assert "(0 rows)" in machine.follow("What became of the items")


def test_what_was_set_aside_is_shown(machine: Machine, target: Target) -> None:
    machine.query(
        "INSERT INTO restrictions_dispatch (publisher, state, outcome, attempts, synthetic, coded_by)"
        " VALUES ('', 'quarantined', 'It was too long.', 3, false, '')"
    )
    assert "It was too long." in machine.follow("Show what was set aside")
    machine.query("DELETE FROM restrictions_dispatch")


def test_a_database_that_was_away_is_found_again(machine: Machine, target: Target) -> None:
    """Every connection is cut, as by a restart of the server; the next pages and the next sweep make new ones."""
    pages = [target.stack.get("/")[0] for _ in range(6)]
    machine.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'caveat'")
    assert [target.stack.get("/")[0] for _ in range(6)] == pages == [200] * 6
    python = str(ROOT / ".venv/bin/python")
    target.stack.run("beat", [python, "-m", "celery", "-A", "config", "call", "restrictions.tasks.sweep"])
    end = time.monotonic() + 30
    while (told := json.loads(target.stack.get("/health/")[2]))["last_sweep_seconds"] is None:
        assert time.monotonic() < end, told
        time.sleep(0.2)


def test_everybody_may_try_to_sign_in_again(machine: Machine, target: Target) -> None:
    assert "No attempts found" in machine.follow("Nobody can sign in")


def test_a_restored_backup_takes_the_place_of_the_record(machine: Machine, target: Target) -> None:
    before = machine.query("SELECT count(*), max(id) FROM restrictions_claim")
    machine.follow("Backup, each night")
    machine.query("DELETE FROM restrictions_source")
    machine.follow("A backup that was never restored")
    assert "The record is clean" in machine.follow("Let the program judge it")
    target.stop()
    machine.follow("Put it in the old one's place")
    target.start()
    assert target.stack.get("/")[0] == 200
    assert machine.query("SELECT count(*), max(id) FROM restrictions_claim") == before
    assert machine.query("SELECT count(*) > 0 FROM restrictions_source") == [(True,)]


def test_secrets_are_rotated(machine: Machine, target: Target) -> None:
    files = machine.root / "etc"
    key, password = (files / "secret_key").read_text(), (files / "database_password").read_text()
    machine.follow("The signing key.")
    assert (files / "secret_key_fallbacks").read_text() == key != (files / "secret_key").read_text()
    machine.follow("The database's password.")
    assert (files / "database_password").read_text() != password
    target.restart()
    assert target.stack.get("/health/ready/")[0] == 200
    old = f"host={ports.LOOPBACK} port={machine.database} user=caveat dbname=caveat"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(old, password=password)


def test_every_shell_line_of_the_guide_is_run_by_a_test() -> None:
    assert sorted(all_shell()) == sorted(map(shell_after, [*SENTENCES, MAKE_SECRETS]))
