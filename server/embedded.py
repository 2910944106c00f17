"""Servers that came as packages: where they stand, and whether they run on this machine at all."""

import importlib.util
import subprocess
from pathlib import Path

from server.errors import CannotStart

User = tuple[int, int] | None


def folder_of(package: str, *, way_out: str) -> Path:
    """Where the package stands, or `CannotStart` names the variable that points to another server."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStart(
            f"The package {package} is not installed. `make run` installs it; where that cannot be, name a server of "
            f"your own: {way_out} make run"
        )
    return Path(spec.origin).parent


def try_out(program: Path, *, user: User, name: str, way_out: str) -> None:
    """The program can say its version here, or `CannotStart` names the variable that points to another server.

    What was built for another processor or C library (musl, an old glibc) fails before its first word.
    """
    try:
        done = subprocess.run(
            [str(program), "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            user=user[0] if user else None,
            group=user[1] if user else None,
            extra_groups=[] if user else None,
        )
    except OSError as error:
        why = error.strerror or str(error)
    else:
        if done.returncode == 0:
            return
        why = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
    raise CannotStart(
        f"The {name} that comes with Caveat does not run on this machine ({why.rstrip('.')}). "
        f"Run one of your own and name it: {way_out} make run"
    )
