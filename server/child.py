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

from server import reasons
from server.errors import CannotStart
from server.processes import die_with_parent, signal_group, started_at, wait_until_gone

_LOG_KEPT_BYTES = 5_000_000
_LOG_READ_BYTES = 20_000
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
    # Names of the children that it cannot outlive: it holds connections to them and does not notice their end.
    needs: frozenset[str] = frozenset()
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _asked: bool = field(default=False, init=False)
    _log_began: int = field(default=0, init=False)

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
            self._log_began = log.tell()
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
                raise CannotStart(f"{self.name} {self.end_in_words()}. {self.reason()}")
            if time.monotonic() > end:
                raise CannotStart(f"{self.name} did not answer in {self.ready_seconds:.0f} seconds. {self.reason()}")
            pause(_POLL_SECONDS)

    def wait(self, pause: Callable[[float], None] = time.sleep) -> int:
        """The exit code of a program that ends by itself."""
        while (code := self.exit_code()) is None:
            pause(_POLL_SECONDS)
        self._forget()
        return code

    def end_in_words(self) -> str:
        """How it ended, as the rest of a sentence that begins with its name."""
        code = self.exit_code()
        if code is None:
            return "did not answer"
        return f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended with exit code {code}"

    def reason(self) -> str:
        """What its log says since it was started last, and where the rest stands."""
        text = ""
        with contextlib.suppress(OSError), self.log.open("rb") as log:
            log.seek(max(self._log_began, self.log.stat().st_size - _LOG_READ_BYTES))
            text = log.read().decode(errors="replace")
        return reasons.of_log(text, self.log)

    def ask(self) -> None:
        """The program has heard, once, that it shall end: some take a second word for impatience."""
        if self._process is not None and not self._asked:
            self._process.send_signal(self.stop_signal)
            self._asked = True

    def stop(self) -> None:
        """The program and all it started are gone: asked first, hurried then, killed last."""
        if self._process is None:
            return
        self.ask()
        for number in (self.hurry_signal, signal.SIGKILL):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(self.grace)
                break
            self._process.send_signal(number)
        self._process.wait()
        signal_group(self._process.pid, signal.SIGKILL)
        self._forget()

    def _forget(self) -> None:
        self._process, self._asked = None, False
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
