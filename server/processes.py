"""Which process a number means: a process id alone may have passed to a stranger since it was written down."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def started_at(pid: int) -> str | None:
    """The instant a process began, in words that only equal themselves; `None` for no process and for a zombie."""
    if sys.platform == "linux":
        return _started_at_linux(pid)
    line = subprocess.run(
        ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split(maxsplit=1)
    return line[1].strip() if len(line) == 2 and not line[0].startswith("Z") else None


def _started_at_linux(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name, in parentheses, may hold spaces; the state is the first field after it, the start the twentieth.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else f"{_boot_id()}:{fields[19]}"


def _boot_id() -> str:
    """Ticks count from the boot, so the same count after another boot is another process."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return ""


def signal_group(pid: int, number: int) -> bool:
    """Whether the group that this process leads, or led, still had a member to receive the signal."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def wait_until_gone(pid: int, started: str, seconds: float) -> bool:
    """Whether that very process ended in time."""
    end = time.monotonic() + seconds
    while started_at(pid) == started:
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def die_with_parent(number: signal.Signals) -> None:
    """Called in a new child: the kernel sends it this signal when the supervisor ends, even by `kill -9`."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
