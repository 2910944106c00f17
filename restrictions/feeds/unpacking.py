"""Packed bytes into plain ones, never more at a time than is asked for. Pure."""

import zlib
from collections.abc import Iterator

_GZIP = 16 + zlib.MAX_WBITS
_KNOWN = {"": 0, "identity": 0, "gzip": _GZIP, "x-gzip": _GZIP}
_PIECE = 262_144


class Packed(Exception):
    """It cannot be unpacked; the sentence says why."""


class Unpacker:
    """Unpacks gzip piece by piece. At most ``most`` bytes come out in all: a bomb goes off in small change."""

    def __init__(self, encoding: str, *, most: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in _KNOWN:
            raise Packed(f"The server packs its text as {encoding}, which was not asked for.")
        self._bits = _KNOWN[encoding]
        self._stream = zlib.decompressobj(self._bits) if self._bits else None
        self._left = most

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """The plain bytes of this piece, in pieces of a quarter of a megabyte. Raises Packed."""
        if self._stream is None:
            yield packed
            return
        while packed and self._left > 0:
            if self._stream.eof:  # one archive may follow another
                self._stream = zlib.decompressobj(self._bits)
            try:
                plain = self._stream.decompress(packed, min(_PIECE, self._left))
            except zlib.error as error:
                raise Packed(f"The server's packed text is damaged ({error}).") from error
            self._left -= len(plain)
            packed = self._stream.unconsumed_tail or self._stream.unused_data
            yield plain

    def finish(self) -> None:
        """Raises Packed where the archive breaks off before its end."""
        if self._stream is not None and not self._stream.eof and self._left > 0:
            raise Packed("The server's packed text breaks off.")
