"""Debian's own servers, as an operator installs them: PostgreSQL in the newest version that is there, and Redis."""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from server import ports
from server.child import Child
from server.places import Places


def postgres_programs() -> Path | None:
    """The folder of Debian's newest PostgreSQL."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0), default=None)


def need_servers() -> None:
    """Debian's servers are here; where they are not, the test is left out aloud, and fails where `CI` is set."""
    missing = [] if postgres_programs() else ["postgresql"]
    missing += [] if shutil.which("redis-server") and shutil.which("redis-cli") else ["redis-server"]
    if missing:
        assert not os.environ.get("CI"), f"CI is set, and Debian's servers are not here: apt-get install {missing}"
        pytest.skip(f"Debian's servers are not here ({', '.join(missing)}): the commands were NOT run against them")


@contextmanager
def postgres(folder: Path, places: Places, *, user: str, password: str, words: list[str]) -> Iterator[int]:
    """The port of a new cluster of Debian's PostgreSQL with this superuser, started with these further words."""
    programs, port = postgres_programs(), ports.choose(0)
    assert programs
    data = _new_cluster(folder, programs, user, password)
    child = Child(
        name="postgres",
        argv=[
            *(str(programs / "postgres"), "-D", str(data), *words),
            *("-c", f"port={port}", "-c", f"listen_addresses={ports.LOOPBACK}", "-c", "unix_socket_directories="),
        ],
        notes=places.notes,
        logs=places.logs,
        cwd=Path("/"),
        user=_nobody(),
        stop_signal=signal.SIGINT,
        ready=lambda: _answers(port, user, password),
    )
    child.start()
    try:
        child.wait_ready()
        yield port
    finally:
        child.stop()


def _nobody() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root."""
    nobody = pwd.getpwnam("nobody")
    return (nobody.pw_uid, nobody.pw_gid) if os.geteuid() == 0 else None


def _new_cluster(folder: Path, programs: Path, user: str, password: str) -> Path:
    data, file = folder / "postgres", folder / f"password-{secrets.token_hex(4)}"
    data.mkdir(mode=0o700)
    file.write_text(password)
    owner = _nobody()
    if owner:
        os.chown(data, *owner)
        os.chown(file, *owner)
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", user, f"--pwfile={file}", "-A", "scram-sha-256", "-E", "UTF8"],
        check=True,
        capture_output=True,
        cwd="/",
        user=owner[0] if owner else None,
        group=owner[1] if owner else None,
        extra_groups=[] if owner else None,
        env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},
    )
    return data


def _answers(port: int, user: str, password: str) -> bool:
    try:
        psycopg.connect(host=ports.LOOPBACK, port=port, user=user, password=password, dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
