"""The whole record into one file, and out of it again: a zip of one CSV a table, with a list of what it holds."""

import os
import tempfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from restrictions.actions.archive import check_loadable, load_record
from restrictions.actions.audit import enter
from restrictions.domain.archive import (
    MANIFEST,
    ArchiveRefused,
    Manifest,
    Part,
    manifest_bytes,
    read_manifest,
)
from restrictions.models import EntryKind
from restrictions.queries.archive import Carried, carried_tables, newest_migration
from restrictions.queries.datasets import one_moment

_BLOCK = 1 << 18


def export_archive(target: Path, *, bodies: bool, now: datetime) -> Manifest:
    """Write the record as of one moment to a file that only its owner may read; gives what it holds.

    Nothing is held in memory but one block. Raises ArchiveRefused where the file is there already.
    """
    if target.exists():
        raise ArchiveRefused(f"{target} is there already. Name another file.")
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as zipped:
            manifest = _write(zipped, bodies=bodies, now=now)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink()
        raise
    enter(kind=EntryKind.EXPORTED, by=None, what=f"{target.name}: the whole record, {manifest.rows} rows")
    return manifest


def load_archive(source: Path) -> Manifest:
    """Load the archive into this empty installation; gives what it holds.

    Every byte is checked before the first row is written. Raises ArchiveRefused, and changes nothing, where the file
    is broken, of another version, or not sound, and where the installation is not empty.
    """
    try:
        with ZipFile(source) as zipped:
            manifest = _checked(zipped)
            load_record(manifest=manifest, read=lambda part: _blocks(zipped, part.file))
    except (BadZipFile, zlib.error, EOFError, KeyError) as broken:
        raise ArchiveRefused(f"{source} is no archive of a record, or a part of it is missing.") from broken
    return manifest


def _write(zipped: ZipFile, *, bodies: bool, now: datetime) -> Manifest:
    with one_moment():
        tables = carried_tables(bodies=bodies)
        parts = tuple(_written(zipped, table) for table in tables)
        manifest = Manifest(now.astimezone(UTC).isoformat(timespec="seconds"), newest_migration(), bodies, parts)
    zipped.writestr(ZipInfo(MANIFEST), manifest_bytes(manifest), ZIP_DEFLATED)
    return manifest


def _written(zipped: ZipFile, table: Carried) -> Part:
    digest, size = sha256(), 0
    about = ZipInfo(f"{table.table}.csv")
    about.compress_type = ZIP_DEFLATED
    with zipped.open(about, "w", force_zip64=True) as file:
        for block in table.blocks():
            digest.update(block)
            size += len(block)
            file.write(block)
    # Asked for after the rows: whatever number they bear was given by then.
    return Part(table.table, table.columns, table.rows, size, digest.hexdigest(), table.last_number())


def _checked(zipped: ZipFile) -> Manifest:
    """The list of contents, once every file is what it says."""
    manifest = read_manifest(zipped.read(MANIFEST))
    check_loadable(manifest)
    for part in manifest.parts:
        digest, size = sha256(), 0
        for block in _blocks(zipped, part.file):
            digest.update(block)
            size += len(block)
        if (size, digest.hexdigest()) != (part.bytes, part.sha256):
            raise ArchiveRefused(f"{part.file} is not what the list of contents says: the file is broken.")
    return manifest


def _blocks(zipped: ZipFile, name: str) -> Iterator[bytes]:
    with zipped.open(name) as file:
        while block := file.read(_BLOCK):
            yield block
