"""One program that the supervisor starts, watches and stops, and the note by which a later supervisor knows it."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from server.errors import CannotStart
from server.processes import die_with_parent, signal_group, started_at, wait_until_gone

_LOG_KEPT_BYTES = 5_000_000
_POLL_SECONDS = 0.05


@dataclass(kw_only=True)
class Child:
    """A program as a direct child in a group of its own: a Ctrl-C at the terminal reaches the supervisor alone."""

    name: str
    argv: list[str]
    notes: Path
    logs: Path
    cwd: Path
    environment: Mapping[str, str] | None = None
    user: tuple[int, int] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    hurry_signal: signal.Signals = signal.SIGQUIT
    grace: float = 10.0
    ready: Callable[[], bool] = lambda: True
    ready_seconds: float = 30.0
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        return self.logs / f"{self.name}.log"

    @property
    def note(self) -> Path:
        return self.notes / f"{self.name}.json"

    def start(self) -> None:
        """The program runs, or `CannotStart` says why it does not."""
        if self.log.exists() and self.log.stat().st_size > _LOG_KEPT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            try:
                self._process = subprocess.Popen(
                    self.argv,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=self.cwd,
                    env=self.environment,
                    start_new_session=True,
                    user=self.user[0] if self.user else None,
                    group=self.user[1] if self.user else None,
                    extra_groups=[] if self.user else None,
                    # After the change of user: the kernel forgets the wish when the user changes.
                    preexec_fn=partial(die_with_parent, self.hurry_signal),
                )
            except OSError as error:
                raise CannotStart(f"{self.name} cannot be started: {error}.") from error
        self._write_note(self._process.pid)

    def _write_note(self, pid: int) -> None:
        self.note.write_text(json.dumps({"pid": pid, "started": started_at(pid), "hurry": int(self.hurry_signal)}))

    def exit_code(self) -> int | None:
        """How the program ended; `None` while it runs or has not been started."""
        return None if self._process is None else self._process.poll()

    def wait_ready(self, pause: Callable[[float], None] = time.sleep) -> None:
        """The program answers; `CannotStart`, with the end of its log, where it ends or stays silent instead."""
        end = time.monotonic() + self.ready_seconds
        while not self.ready():
            if self.exit_code() is not None:
                raise CannotStart(f"{self.name} ended at once. {self.last_words()}")
            if time.monotonic() > end:
                raise CannotStart(
                    f"{self.name} did not answer in {self.ready_seconds:.0f} seconds. {self.last_words()}"
                )
            pause(_POLL_SECONDS)

    def wait(self, pause: Callable[[float], None] = time.sleep) -> int:
        """The exit code of a program that ends by itself."""
        while (code := self.exit_code()) is None:
            pause(_POLL_SECONDS)
        self._forget()
        return code

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, and where the rest stands."""
        with contextlib.suppress(OSError):
            tail = self.log.read_text(errors="replace").splitlines()[-lines:]
            return "\n".join([f"The end of {self.log}:", *(f"  {line}" for line in tail)])
        return ""

    def stop(self) -> None:
        """The program and all it started are gone: asked first, hurried then, killed last."""
        if self._process is None:
            return
        for number in (self.stop_signal, self.hurry_signal, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            self._process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(self.grace)
        signal_group(self._process.pid, signal.SIGKILL)
        self._forget()

    def _forget(self) -> None:
        self._process = None
        self.note.unlink(missing_ok=True)


def end_orphans(notes: Path) -> list[str]:
    """The names of programs that a killed supervisor had left behind, ended now, the latest started first."""
    ended = []
    for note in sorted(notes.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        if _end_orphan(note):
            ended.append(note.stem)
        note.unlink(missing_ok=True)
    return ended


def _end_orphan(note: Path) -> bool:
    try:
        record = json.loads(note.read_text())
        pid, started = int(record["pid"]), str(record["started"])
    except (ValueError, KeyError, TypeError):
        return False  # the supervisor was killed while it wrote
    if started_at(pid) != started:
        return False
    # No politeness: what it was doing for its supervisor is lost already, and PostgreSQL recovers from its log.
    for number in (int(record["hurry"]), signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if wait_until_gone(pid, started, 3.0):
            break
    signal_group(pid, signal.SIGKILL)
    return True
