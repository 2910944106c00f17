"""The whole program as a user starts it: `python -m server` in a copy of the tree, on a port of its own."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from server import ports
from server.programs import ROOT
from tests.live import machine

_PROGRAM = (
    *("config", "dashboard", "locale", "restrictions", "server", "static", "staticfiles", "templates"),
    *("manage.py", "requirements.txt"),
)
# Bytecode comes along, as it lies in a clone that ran once; not what another test is writing of it just now.
UNFINISHED = shutil.ignore_patterns("*.pyc.*")
_INHERITED = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}


def copy_program(target: Path) -> None:
    """A copy with what a clone holds after `make setup`: nobody edits it while it is tried."""
    target.mkdir()
    for name in _PROGRAM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=UNFINISHED)
        else:
            shutil.copy(source, target)


@dataclass
class Run:
    """One start of the program in the given copy; its output goes to a file beside the copy."""

    root: Path
    port: int = field(default_factory=lambda: ports.choose(0))
    more: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=lambda: [sys.executable, "-m", "server"])
    before: list[str] = field(default_factory=list)
    # Where the tests see `var`; a start may see it on a disk of its own.
    seen: Path | None = None
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(init=False)

    @property
    def var(self) -> Path:
        return self.seen or Path(self.more.get("CAVEAT_VAR") or self.root / "var")

    @property
    def out(self) -> Path:
        return self.root.parent / f"out-{self.port}.txt"

    def by_plain_user(self) -> "Run":
        """The same start by a user who is not root."""
        user = machine.plain_user()
        assert user, "asked for where no plain user can start a Python"
        self.words[0], self.before = user.python, [*self.before, *user.before]
        own_path = self.more.get("PYTHONPATH", "")
        self.more |= user.more
        if own_path:
            self.more["PYTHONPATH"] = f"{own_path}:{self.more.get('PYTHONPATH', '')}"
        return self

    def start(self) -> "Run":
        own = {"PORT": str(self.port), "DEMO": "1"}
        environment = {name: value for name, value in os.environ.items() if name in _INHERITED}
        self.started = time.monotonic()
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [*self.before, *self.words],
                cwd=self.root,
                env={**environment, **own, **self.more},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        return self

    def text(self) -> str:
        return self.out.read_text()

    def wait_for(self, pattern: str, seconds: float = 60) -> str:
        """The first text of the output that matches, or a failure that shows the output."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.text())):
            assert self.process.poll() is None, f"it ended early:\n{self.text()}"
            assert time.monotonic() < end, f"no {pattern!r} in:\n{self.text()}"
            time.sleep(0.05)
        return found.group()

    def serving(self, seconds: float = 60) -> float:
        """The seconds from the start to the printed address."""
        self.wait_for(f"http://127.0.0.1:{self.port}\n(.*\n)*Ctrl-C stops it", seconds)
        return time.monotonic() - self.started

    def status(self) -> int:
        """The status of the first page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def reachable(self) -> bool:
        """Whether anything answers at all."""
        try:
            return self.status() == 200
        except OSError:
            return False

    def manage(self, *words: str) -> str:
        """What a management command prints, typed in another terminal."""
        inherited = {name: value for name, value in os.environ.items() if name in _INHERITED}
        done = subprocess.run(
            [*self.before, self.words[0], "manage.py", *words],
            cwd=self.root,
            env={**inherited, **self.more},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait_for_row(self, statement: str, seconds: float = 60) -> None:
        """The statement finds something."""
        end = time.monotonic() + seconds
        while not self.execute(statement):
            assert time.monotonic() < end, statement
            time.sleep(0.1)

    def processes(self) -> list[psutil.Process]:
        """The supervisor and all that descends from it."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """The exit code after the signal."""
        self.process.send_signal(number)
        return self.process.wait(60)

    def end(self) -> None:
        """Whatever the test did, nothing of this start goes on."""
        if self.process.poll() is None:
            self.stop()

    def children(self) -> dict[str, int]:
        """The processes that the supervisor keeps, as its notes say."""
        found = {}
        for note in (self.var / "run").glob("*.json"):
            with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):  # it is being written just now
                found[note.stem] = int(json.loads(note.read_text())["pid"])
        return found

    def kill(self, name: str) -> int:
        """The number of the child that was killed without a word."""
        number = self.children()[name]
        os.kill(number, signal.SIGKILL)
        return number

    @property
    def database_url(self) -> str:
        address = re.search("^DATABASE_URL=(.*)$", (self.var / "services.env").read_text(), re.MULTILINE)
        assert address
        return address.group(1)

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """What the running program's own database answers."""
        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def copy_record(first: Run, var: Path) -> None:
    """The folder `var` holds what that finished start left behind: a start over it has nothing to prepare."""
    subprocess.run(["cp", "-a", str(first.var), str(var)], check=True)


def still_running(processes: list[psutil.Process], seconds: float = 5) -> list[psutil.Process]:
    """Those of the processes that did not end in time."""
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
