"""The whole record as one file: what its list of contents says. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
"""The version of the archive's own form; a program reads the archives of its own version."""
MANIFEST = "manifest.json"


class ArchiveRefused(Exception):
    """Why an archive is not written or not loaded, as a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its columns in order, its rows, and the bytes that hold them.

    ``number`` is the last number that the table has given to a row, also to one that is gone; none where it numbers
    nothing.
    """

    table: str
    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str
    number: int | None

    @property
    def file(self) -> str:
        return f"{self.table}.csv"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds, when it was made, and by which state of the program's tables."""

    made_at: str
    migration: str
    bodies: bool
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


def manifest_bytes(manifest: Manifest) -> bytes:
    """The list of contents as it is written."""
    said = {"format": FORMAT, **asdict(manifest)}
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def read_manifest(data: bytes) -> Manifest:
    """The list of contents as it was written. Raises ArchiveRefused where it is none, or of another format."""
    try:
        said = json.loads(data)
        if said["format"] != FORMAT:
            raise ArchiveRefused(f"This archive has format {said['format']}; this program reads format {FORMAT}.")
        parts = tuple(_part(part) for part in said["parts"])
        return Manifest(str(said["made_at"]), str(said["migration"]), bool(said["bodies"]), parts)
    except (KeyError, TypeError, ValueError) as broken:
        raise ArchiveRefused(f"The list of contents, {MANIFEST}, cannot be read.") from broken


def _part(said: Mapping[str, Any]) -> Part:
    number = said["number"]
    return Part(
        str(said["table"]),
        tuple(map(str, said["columns"])),
        int(said["rows"]),
        int(said["bytes"]),
        str(said["sha256"]),
        None if number is None else int(number),
    )


def first_mismatch(manifest: Manifest, wanted: Mapping[str, tuple[str, ...]]) -> str:
    """The first table in which the archive and the program differ; empty where none does."""
    held = {part.table: part.columns for part in manifest.parts}
    differing = [table for table in sorted(held.keys() | wanted.keys()) if held.get(table) != wanted.get(table)]
    return differing[0] if differing else ""
