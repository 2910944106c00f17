"""Where the supervisor keeps what it keeps, and what the user `nobody` can reach of it."""

import fcntl
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from server import reasons
from server.errors import CannotStart


@dataclass(frozen=True)
class Places:
    """The folders of one copy of the program; all of them under `var`."""

    var: Path

    @property
    def notes(self) -> Path:
        return self.var / "run"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def services(self) -> Path:
        """The addresses of the running services, for commands typed in another terminal."""
        return self.var / "services.env"

    @property
    def prepared(self) -> Path:
        """Says for which release, database and wishes the database was prepared last."""
        return self.var / "prepared"

    def make(self) -> None:
        """The folders exist and can be written to, or `CannotStart` says which cannot."""
        try:
            for folder in (self.var, self.notes, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.notes / ".writable"
            probe.write_text("1")
            probe.unlink()
        except OSError as error:
            if reasons.is_full(error):
                raise CannotStart(reasons.full_disk(self.var)) from error
            raise CannotStart(
                f"The folder {self.var} cannot be written to ({error.strerror}). "
                "Give yourself the right to write there, or name a folder of your own: CAVEAT_VAR=/a/folder make run"
            ) from error

    def refuse_little_room(self, needed: int) -> None:
        """So many bytes are free, or `CannotStart`: a disk that fills up half-way costs more than a word now."""
        free = shutil.disk_usage(self.var).free
        if free < needed:
            raise CannotStart(
                f"Only {free // 1_000_000} MB are left on the disk of {self.var}, and this start needs "
                f"{needed // 1_000_000}. {reasons.MAKE_ROOM}"
            )

    def lock(self) -> IO[str]:
        """The lock of this copy, held until closed or until the process ends, however it ends."""
        file = (self.var / "lock").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            raise CannotStart(
                f"It is already running from this folder ({self.var}), as process {holder}. Stop that one first: "
                f"Ctrl-C in its terminal, or kill {holder}"
            ) from error
        file.truncate(0)
        print(os.getpid(), file=file, flush=True)
        return file

    def secret(self, name: str) -> str:
        """A random word that stays the same from start to start, readable by its owner alone."""
        path = self.var / name
        if not path.exists():
            write_private(path, secrets.token_hex(32))
        return path.read_text().strip()

    @property
    def outside(self) -> Path:
        """A folder of this copy's own that any user can walk to, for what a closed parent of `var` would hide."""
        return Path("/var/lib/caveat") / self.secret("copy")[:12]


def write_private(path: Path, text: str) -> None:
    """The file holds the text, whole or not at all, and only its owner can read it."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def is_open_to_all(path: Path) -> bool:
    """Whether any user can walk to this folder, along its own name and along what its links stand for."""
    real = path.resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in {path, *path.parents, real, *real.parents})


def copy_for_all(folders: list[Path], target: Path) -> None:
    """The folders stand in the target, readable by any user; a copy that was cut short is made again."""
    done = target / "complete"
    if done.exists():
        return
    shutil.rmtree(target, ignore_errors=True)
    for folder in folders:
        shutil.copytree(folder, target / folder.name, symlinks=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if path.is_dir() or mode & 0o100 else 0))
    done.touch()
