"""Other circumstances than this shell's: another user, no network, a small disk. Each is a prefix of a command."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from server.places import is_open_to_all
from server.programs import ROOT

IS_ROOT = os.geteuid() == 0
_SITE = next(path for path in map(Path, sys.path) if path.name == "site-packages")
_NOBODY = 65534
_AS_NOBODY = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
_LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 0x41))  # SIOCSIFFLAGS: up and running
os.execvp(sys.argv[1], sys.argv[1:])
"""


def may_unshare() -> bool:
    """Whether this test may make networks and mounts of its own; a container's root often may not."""
    words = ["unshare", "--net", "--mount", "true"]
    return IS_ROOT and shutil.which("unshare") is not None and subprocess.run(words, check=False).returncode == 0


needs_namespaces = pytest.mark.skipif(
    not may_unshare(), reason="only root outside a container may take networks and disks away"
)


def without_network() -> list[str]:
    """Nothing but the loopback address answers."""
    return ["unshare", "--net", sys.executable, "-c", _LOOPBACK_UP]


def read_only(folder: Path) -> list[str]:
    """The folder's disk is mounted for reading alone."""
    words = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    return ["unshare", "--mount", "sh", "-c", words, str(folder)]


class SmallDisk:
    """A disk of so many megabytes over a folder, seen by what runs `inside` alone."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        folder.mkdir(parents=True)
        words = 'mount -t tmpfs -o "size=$1m,mode=0755" caveat "$0" && echo mounted && exec sleep 600'
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", words, str(folder), str(megabytes)], stdout=subprocess.PIPE
        )
        assert self._holder.stdout
        assert self._holder.stdout.readline() == b"mounted\n"
        self.folder = Path(f"/proc/{self._holder.pid}/root") / folder.relative_to("/")

    def inside(self, root: Path) -> list[str]:
        """For a command that sees this disk, started in that folder."""
        return ["nsenter", f"--target={self._holder.pid}", "--mount", f"--wd={root}"]

    def fill(self) -> None:
        """Not one byte more goes in."""
        with (self.folder / "filler").open("ab", buffering=0) as filler:
            for size in (1_000_000, 1_000):
                try:
                    while filler.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        (self.folder / "filler").unlink()

    def end(self) -> None:
        self._holder.kill()
        self._holder.wait()


@dataclass(frozen=True)
class PlainUser:
    """How a user who is not root starts a program: the Python, the words before it, the environment beside it."""

    python: str
    before: list[str]
    more: dict[str, str]


@cache
def plain_user() -> PlainUser | None:
    """The user nobody where root runs the tests, else who runs them; `None` where nobody can reach a Python."""
    if not IS_ROOT:
        return PlainUser(sys.executable, [], {})
    if not is_open_to_all(_SITE):
        return None
    if is_open_to_all(Path(sys.executable).resolve().parent):
        return PlainUser(sys.executable, _AS_NOBODY, {})
    return _through_an_open_door() if may_unshare() else None


def _through_an_open_door() -> PlainUser:
    """Root's own Python stands in a closed folder: nobody sees the same one under a name that is open."""
    door = Path(tempfile.mkdtemp(prefix="caveat-python-"))
    door.chmod(0o755)
    atexit.register(door.rmdir)
    words = 'mount --bind "$0" "$1" && shift && exec "$@"'
    python = door / Path(sys.executable).resolve().relative_to(sys.base_prefix)
    before = ["unshare", "--mount", "sh", "-c", words, sys.base_prefix, str(door), *_AS_NOBODY]
    return PlainUser(str(python), before, {"PYTHONPATH": str(_SITE), "LD_LIBRARY_PATH": str(door / "lib")})


def give_to_nobody(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)


needs_plain_user = pytest.mark.skipif(plain_user() is None, reason="no Python here that any user could start")


def linked_environment(root: Path) -> None:
    """The copy has a `.venv` that `make` takes for finished: this one's packages under links."""
    stamps = root / ".venv" / "stamps"
    stamps.mkdir(parents=True)
    (root / ".venv" / "bin").mkdir()
    (root / ".venv" / "bin" / "python").symlink_to(Path(sys.executable).resolve())
    (root / ".venv" / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).resolve().parent}\n")
    (root / ".venv" / "lib").symlink_to(_SITE.parent.parent)
    for name in ("venv", "runtime", "embedded", "plotly", "static", "words"):
        path = root / "static" / "vendor" / "plotly.min.js" if name == "plotly" else stamps / name
        path.touch()


def copy_for_make(root: Path) -> None:
    """What `make` and `scripts/run.sh` read stands in the copy too."""
    if (root / "Makefile").exists():
        return
    for name in ("Makefile", "scripts", "requirements-embedded.txt", "requirements-installer.txt"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, root)
    linked_environment(root)
