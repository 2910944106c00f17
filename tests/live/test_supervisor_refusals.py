"""What stands in the way of a start is said in a sentence, with what to do, and never in a traceback."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

from server.ports import LOOPBACK
from tests.live.starting import Run


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
