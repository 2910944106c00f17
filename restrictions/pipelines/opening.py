"""What stands in a file, opened with care: nothing that waits for ever, nothing that grows without end."""

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from restrictions.domain.unreadable import Unreadable
from restrictions.pipelines.checking import LARGEST

_PIECE = 65_536
_GROWS = 100
"""Times its packed size that an archive may hold; text packs to a tenth, seldom to a thirtieth."""

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read: its name without folders, its size as it says, and its bytes."""

    name: str
    size: int
    stream: BinaryIO


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The file. Nothing is opened that could wait for ever or do something when opened. Raises OSError, Unreadable."""
    mode = path.stat().st_mode
    for is_one, what in _SPECIAL:
        if is_one(mode):
            raise Unreadable(f"It is {what}, not a file")
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        yield Opened(path.name, os.fstat(file.fileno()).st_size, file)


def unpacked(file: Opened) -> Opened:
    """What a gzip archive holds, under the name without `.gz`; any other file as it is."""
    if not file.name.lower().endswith(".gz"):
        return file
    bounded = _Bounded(file.stream, max(LARGEST, file.size * _GROWS))
    return Opened(file.name[:-3], 0, io.BufferedReader(bounded))


def whole(file: Opened) -> bytes:
    """All its bytes. One that says that it is too large is not read; one that holds more than it says is found out."""
    raw = b""
    if file.size <= LARGEST:
        while len(raw) <= LARGEST and (piece := file.stream.read(max(file.size + 1, _PIECE))):
            raw += piece
        if len(raw) <= LARGEST:
            return raw
    raise Unreadable(f"The file is larger than {LARGEST // 1_000_000} MB")


class _Bounded(io.RawIOBase):
    """What an archive holds, up to a limit that no honest one reaches."""

    def __init__(self, packed: BinaryIO, most: int) -> None:
        self._archive = gzip.GzipFile(fileobj=packed)
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed asks for more
        try:
            count = self._archive.readinto(buffer)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Unreadable("The gzip archive is damaged, or is none") from error
        self._left -= count
        if self._left < 0:
            raise Unreadable(f"The archive holds more than {_GROWS} times its size: it may be made to fill the disk")
        return count
