"""A PostgreSQL of its own whose disk can be filled, and emptied again."""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from server.child import Child
from server.places import Places
from server.postgres import Postgres

MEGABYTE = 1 << 20


@dataclass
class SmallDisk:
    """A running server. ``part`` is what lies on a small file system: a folder of its data, or "" for all of it.

    Only root may mount one. Without, ``part`` is None, and no file of the server may grow beyond a limit: to PostgreSQL
    that is a disk that is full for its large tables.
    """

    postgres: Postgres
    part: str | None
    megabytes: int
    child: Child = field(init=False)

    @property
    def mounted(self) -> Path:
        return self.postgres.data / (self.part or "")

    @property
    def _ballast(self) -> Path:
        return self.mounted / "ballast"

    def start(self) -> None:
        self.child = self.postgres.start(time.sleep)
        self.child.grace = 2.0  # a server that recovers over a full disk hears no polite signal

    def mount(self) -> None:
        """The files of the part move to a file system in memory, as large as they and some megabytes more."""
        aside = self.postgres.folder / "aside"
        shutil.copytree(self.mounted, aside)
        used = sum(path.stat().st_size for path in aside.rglob("*") if path.is_file())
        uid, gid = self.postgres.user or (os.getuid(), os.getgid())
        options = f"size={used + self.megabytes * MEGABYTE},mode=0700,uid={uid},gid={gid}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.mounted)], check=True)
        shutil.copytree(aside, self.mounted, dirs_exist_ok=True)
        shutil.rmtree(aside)
        for path in (self.mounted, *self.mounted.rglob("*")):
            os.chown(path, uid, gid)

    def fill(self, *, but_for: int) -> None:
        """No more than these megabytes are left; in a table's file, where the limit stands for a disk."""
        if self.part is None:
            self._start_again(but_for * MEGABYTE)
            return
        room = os.statvfs(self.mounted)
        with self._ballast.open("wb") as file:
            file.write(bytes(room.f_bavail * room.f_frsize - but_for * MEGABYTE))

    def make_space(self) -> None:
        """There is room again, and the server runs, as its operator sees to."""
        self._ballast.unlink(missing_ok=True)
        self._start_again(resource.RLIM_INFINITY)

    def _start_again(self, limit: int) -> None:
        """The server runs with this limit for a file, which it has from us."""
        self.child.stop()
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            self.start()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.postgres.url(), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def small_disk(part: str | None = None, megabytes: int = 0, like: Path | None = None) -> Iterator[SmallDisk]:
    """A server over a new cluster, or over a copy of that folder of a stopped one; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="caveat-disk-"))
    folder.chmod(0o711)
    places = Places(folder / "var")
    places.make()
    disk = SmallDisk(Postgres(places=places, usual_port=0, options=("min_wal_size=32MB", "fsync=off")), part, megabytes)
    if like:
        subprocess.run(["cp", "-a", str(like), str(disk.postgres.folder)], check=True)
    disk.postgres.create()
    try:
        if part is not None:
            disk.mount()
        disk.start()
        yield disk
    finally:
        disk.child.stop()
        if part is not None:
            subprocess.run(["umount", str(disk.mounted)], check=True)
        shutil.rmtree(folder, ignore_errors=True)
