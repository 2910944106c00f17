"""One program started, watched and stopped, with real processes."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from server.child import Child, end_orphans
from server.errors import CannotStart
from server.processes import started_at
from tests.live.starting import still_running

_SLEEP = "import time; time.sleep(60)"
_DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
_PARENT = (
    f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {_SLEEP!r}]); print('on', flush=True); {_SLEEP}"
)


def child(folder: Path, script: str) -> Child:
    return Child(name="part", argv=[sys.executable, "-c", script], notes=folder, logs=folder, cwd=folder, grace=0.5)


def said(part: Child, word: str) -> None:
    """Waits until the program has printed the word."""
    part.ready = lambda: word in part.log.read_text()
    part.wait_ready()


def test_a_stopped_program_is_gone_with_its_note(tmp_path: Path) -> None:
    part = child(tmp_path, _SLEEP)
    part.start()
    pid = json.loads(part.note.read_text())["pid"]
    assert started_at(pid)
    part.stop()
    assert started_at(pid) is None
    assert not part.note.exists()
    part.stop()
    assert part.exit_code() is None


def test_a_program_deaf_to_the_request_is_made_to_stop(tmp_path: Path) -> None:
    part = child(tmp_path, _DEAF)
    part.start()
    said(part, "deaf")
    pid = json.loads(part.note.read_text())["pid"]
    part.stop()
    assert started_at(pid) is None


def test_what_a_program_started_ends_with_it(tmp_path: Path) -> None:
    part = child(tmp_path, _PARENT)
    part.start()
    said(part, "on")
    below = psutil.Process(json.loads(part.note.read_text())["pid"]).children()
    assert len(below) == 1
    part.stop()
    assert not still_running(below)


def test_a_program_that_ends_at_once_shows_its_last_words(tmp_path: Path) -> None:
    part = child(tmp_path, "print('no such table'); raise SystemExit(3)")
    part.ready = lambda: False
    part.start()
    with pytest.raises(
        CannotStart, match=r"^part ended with exit code 3\. Read .*part\.log, which says: no such table$"
    ):
        part.wait_ready()
    assert part.exit_code() == 3


def test_a_silent_program_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    part = child(tmp_path, _SLEEP)
    part.ready, part.ready_seconds = (lambda: False), 0.2
    part.start()
    with pytest.raises(CannotStart, match="did not answer"):
        part.wait_ready()
    part.stop()


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    part = Child(name="part", argv=[str(tmp_path / "none")], notes=tmp_path, logs=tmp_path, cwd=tmp_path)
    with pytest.raises(CannotStart, match="part cannot be started"):
        part.start()


def test_a_long_log_is_put_aside(tmp_path: Path) -> None:
    part = child(tmp_path, "print('new')")
    part.log.write_bytes(b"x" * 5_000_001)
    part.start()
    assert part.wait() == 0
    assert part.log.read_text() == "new\n"
    assert part.log.with_suffix(".log.1").stat().st_size == 5_000_001


def test_orphans_end_and_strangers_stay(tmp_path: Path) -> None:
    words = [sys.executable, "-c", _SLEEP]
    orphan = subprocess.Popen(words, start_new_session=True)
    stranger = subprocess.Popen(words, start_new_session=True)
    try:
        mine = {"pid": orphan.pid, "started": started_at(orphan.pid), "hurry": int(signal.SIGQUIT)}
        reused = {"pid": stranger.pid, "started": "another instant", "hurry": int(signal.SIGQUIT)}
        (tmp_path / "orphan.json").write_text(json.dumps(mine))
        (tmp_path / "reused.json").write_text(json.dumps(reused))
        (tmp_path / "torn.json").write_text('{"pid": 12')
        assert end_orphans(tmp_path) == ["orphan"]
        assert orphan.wait(5) == -signal.SIGQUIT
        assert stranger.poll() is None
        assert not list(tmp_path.glob("*.json"))
    finally:
        for process in (orphan, stranger):
            process.kill()
            process.wait()
