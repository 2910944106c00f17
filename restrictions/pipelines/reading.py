"""One file as a dispatch: opened with care, read to a limit, decoded where it is certain what it says."""

import os
import stat
from pathlib import Path

from restrictions.actions.dispatches import Received
from restrictions.extraction.decoding import decode_text
from restrictions.extraction.header import read_dispatch_text
from restrictions.extraction.unreadable import Unreadable
from restrictions.pipelines.checking import received

LARGEST = 5_000_000
"""Bytes of one text; more is no dispatch."""
_PIECE = 65_536

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_dispatch(path: Path, *, synthetic: bool = False) -> Received:
    """The dispatch that a text file holds, with what its header says of it. Raises Unreadable."""
    try:
        raw = _bytes_of(path)
    except OSError as error:
        raise Unreadable(f"It cannot be opened: {error.strerror}") from error
    said, body = read_dispatch_text(decode_text(raw))
    return received(said, body, synthetic=synthetic)


def _bytes_of(path: Path) -> bytes:
    """What the file holds. Nothing is opened that could wait for ever or do something when opened."""
    mode = path.stat().st_mode
    for is_one, what in _SPECIAL:
        if is_one(mode):
            raise Unreadable(f"It is {what}, not a file")
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        return _up_to_the_limit(file.fileno())


def _up_to_the_limit(descriptor: int) -> bytes:
    """Its bytes. A file that says that it is too large is not read; one that holds more than it says is found out."""
    said, raw = os.fstat(descriptor).st_size, b""
    if said <= LARGEST:
        while len(raw) <= LARGEST and (piece := os.read(descriptor, max(said + 1, _PIECE))):
            raw += piece
        if len(raw) <= LARGEST:
            return raw
    raise Unreadable(f"The file is larger than {LARGEST // 1_000_000} MB")
