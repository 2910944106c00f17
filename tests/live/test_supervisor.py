"""The program started and stopped as a user does it, in a folder whose name has a space and an accent."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.ports import LOOPBACK
from tests.live.starting import Run, copy_program, still_running


@pytest.fixture(scope="module")
def first() -> Iterator[Run]:
    """A finished first start, with one row of the user's own in the database; the folder serves every later start."""
    parent = Path(tempfile.mkdtemp(prefix="caveat live é "))
    parent.chmod(0o755)
    copy_program(parent / "a clone")
    run = Run(parent / "a clone").start()
    try:
        run.serving()
        run.execute("CREATE TABLE kept AS SELECT 'mine' AS row")
        running = run.processes()
        assert run.stop() == 0
        assert not still_running(running)
        yield run
    finally:
        run.process.kill()
        shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def again(first: Run) -> Iterator[Run]:
    """A later start over the same folder."""
    run = Run(first.root).start()
    yield run
    if run.process.poll() is None:
        run.stop()


def test_the_first_start_loads_the_record_and_names_a_curator_once(first: Run, again: Run) -> None:
    assert "Loading the starter record." in first.text()
    assert "password" in first.text().lower()
    again.serving()
    assert "password" not in again.text().lower()
    assert "Loading" not in again.text()


def test_the_demonstration_dispatch_went_through_the_worker(first: Run, again: Run) -> None:
    again.serving()
    assert again.execute("SELECT state FROM restrictions_dispatch WHERE synthetic") == [("coded",)]


def test_a_later_start_serves_the_same_data_within_six_seconds(again: Run) -> None:
    seconds = again.serving()
    assert again.status() == 200
    assert again.execute("SELECT row FROM kept") == [("mine",)]
    # The promise is six seconds on a machine of its own; other work may share this one.
    assert seconds < 12


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_and_leaves_no_process(again: Run, number: signal.Signals) -> None:
    again.serving()
    running = again.processes()
    assert {"web", "worker", "beat", "valkey", "postgres"} <= {note.stem for note in (again.var / "run").glob("*.json")}
    assert again.stop(number) == 0
    assert not still_running(running)
    assert not list((again.var / "run").glob("*.json"))
    assert not (again.var / "services.env").exists()


def test_a_signal_while_it_still_starts_leaves_no_process(again: Run) -> None:
    again.wait_for("Starting PostgreSQL")
    running = again.processes()
    assert again.stop() == 0
    assert "Stopping." in again.text()
    assert not still_running(running)


def test_after_a_kill_the_next_start_clears_up_and_has_the_data(again: Run) -> None:
    again.serving()
    orphans = again.processes()
    again.stop(signal.SIGKILL)
    later = Run(again.root).start()
    try:
        later.serving()
        assert not still_running(orphans)
        assert later.execute("SELECT row FROM kept") == [("mine",)]
    finally:
        assert later.stop() == 0


def test_a_second_copy_over_the_same_folder_is_refused(again: Run) -> None:
    again.wait_for("Starting PostgreSQL")
    second = Run(again.root).start()
    assert second.process.wait(20) == 1
    assert "already running" in second.text()
    assert f"kill {again.process.pid}\n" in second.text()


def test_a_taken_port_is_said_in_a_sentence(first: Run) -> None:
    with socket.socket() as holder:
        holder.bind((LOOPBACK, 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused = Run(first.root, port=port).start()
        assert refused.process.wait(20) == 1
    assert refused.text() == f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}\n"


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(first: Run) -> None:
    hindrance = first.root.parent / "a file"
    hindrance.touch()
    refused = Run(first.root, more={"CAVEAT_VAR": str(hindrance / "var")}).start()
    assert refused.process.wait(20) == 1
    assert "cannot be written to" in refused.text()
    assert "Traceback" not in refused.text()


def test_a_given_database_that_does_not_answer_is_said_in_a_sentence(first: Run) -> None:
    refused = Run(first.root, more={"DATABASE_URL": f"postgres://nobody@{LOOPBACK}:1/none"}).start()
    assert refused.process.wait(20) == 1
    assert refused.text().startswith("DATABASE_URL is set, but PostgreSQL does not let us in there")
    assert "Traceback" not in refused.text()


def test_make_run_says_which_python_it_needs(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n')
    old.chmod(0o755)
    copy = shutil.copy(Path(__file__).parents[2] / "Makefile", tmp_path)
    done = subprocess.run(
        ["make", "-f", copy, ".venv/stamps/venv", f"PYTHON={old}"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert f"Caveat needs Python 3.11 or later; {old} is Python 3.9.2." in done.stdout
