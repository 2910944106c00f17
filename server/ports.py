"""Ports on the loopback address."""

import os
import socket
from pathlib import Path
from zlib import crc32

LOOPBACK = "127.0.0.1"


def hindrance(port: int) -> OSError | None:
    """Why a program could not listen there now; a port that has just been closed counts as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            return error
    return None


def is_free(port: int) -> bool:
    """Whether a program could listen there now."""
    return hindrance(port) is None


def next_free(port: int) -> int:
    """The nearest free port above, or any that is free."""
    near = range(max(port + 1, 1024), min(port + 100, 65536))
    return next((other for other in near if is_free(other)), 0) or choose(0)


def own(first: int, var: Path) -> int:
    """One of the thousand ports from the first on, the same each time for one folder of data.

    A server that is down for a second finds its port free again: another installation's has its own, and systems hand
    out none so high.
    """
    return first + crc32(os.fsencode(var)) % 1000


def choose(usual: int) -> int:
    """The usual port, or another that is free."""
    if usual and is_free(usual):
        return usual
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
