"""A file as dispatches: one where it is a text or a page, many where it is a table or has an object a line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from restrictions.actions.dispatches import Received
from restrictions.domain.unreadable import Unreadable
from restrictions.extraction.decoding import decode_text
from restrictions.extraction.header import read_dispatch_text
from restrictions.feeds.pages import read_page
from restrictions.feeds.tables import Row, read_lines, read_table
from restrictions.pipelines.checking import received
from restrictions.pipelines.opening import Opened, opened, unpacked, whole

TEXTS = (".txt", ".text")
PAGES = (".html", ".htm", ".xhtml")
TABLES: dict[str, Callable[[BinaryIO], Iterator[Row]]] = {
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": read_table,
    ".tsv": read_table,
}
SUFFIXES = (*TEXTS, *PAGES, *TABLES)
"""Endings of the files that are read, each also with `.gz` after it."""

# What a text's header calls the fields.
_IN_HEADER = {"address": "The header's url", "published": "The header's date", "body": "The text"}


@dataclass(frozen=True, slots=True)
class Found:
    """One dispatch of a file, or why it is none.

    ``line`` is where it starts, in a file of many; ``until`` is how many bytes of the file have been read; ``note``
    says what was not as it should be, where it was taken all the same.
    """

    what: Received | Unreadable
    line: int | None = None
    until: int = 0
    note: str = ""


def is_read(name: str) -> bool:
    """Whether a file of this name is one that holds dispatches."""
    return name.lower().removesuffix(".gz").endswith(SUFFIXES)


def read_path(path: Path, *, synthetic: bool = False) -> Iterator[Found]:
    """What stands in a file, dispatch by dispatch; at least one. Refusals are given, never raised."""
    try:
        with opened(path) as file:
            yield from read_file(file, synthetic=synthetic)
    except OSError as error:
        yield Found(Unreadable(f"It cannot be opened: {error.strerror or error}"))
    except Unreadable as refusal:
        yield Found(refusal)


def read_file(file: Opened, *, synthetic: bool = False) -> Iterator[Found]:
    """The same of a file that is open. Its name decides how it is read; one with another ending is a text."""
    inner, number = unpacked(file), 0
    table = next((read for ending, read in TABLES.items() if inner.name.lower().endswith(ending)), None)
    try:
        if table is None:
            yield _alone(inner, synthetic=synthetic)
            return
        for number, row in enumerate(table(inner.stream), 1):  # noqa: B007  asked after the loop
            yield Found(_checked(row, synthetic=synthetic), row.line, file.stream.tell())
    except Unreadable as refusal:
        yield Found(refusal)
        return
    if not number:
        yield Found(Unreadable("The file is empty"))


def _alone(file: Opened, *, synthetic: bool) -> Found:
    raw = whole(file)
    if file.name.lower().endswith(PAGES):
        return _page(raw, until=file.size, synthetic=synthetic)
    header, body = read_dispatch_text(decode_text(raw))
    said = {{"url": "address", "date": "published"}.get(key, key): value for key, value in header.items()}
    synthetic = said.pop("synthetic", "").lower() in ("yes", "true") or synthetic
    return Found(received(said | {"body": body}, called=_in_header, synthetic=synthetic), until=file.size)


def _in_header(field: str) -> str:
    return _IN_HEADER.get(field, f"The header's {field}")


def _checked(row: Row, *, synthetic: bool) -> Received | Unreadable:
    if isinstance(row.said, Unreadable):
        return row.said
    try:
        return received(row.said, synthetic=synthetic)
    except Unreadable as refusal:
        return refusal


def _page(raw: bytes, *, until: int, synthetic: bool) -> Found:
    """The article of a page. What the page says wrongly of itself is left out: nobody wrote it for us."""
    page = read_page(raw)
    said = {
        "title": page.title,
        "body": page.text,
        "publisher": page.publisher,
        "address": page.address,
        "published": page.published,
        "language": page.language,
    }
    note = "" if page.text else "no article was found in the page; its title alone is kept"
    while True:
        try:
            return Found(received(said, synthetic=synthetic), until=until, note=note)
        except Unreadable as refusal:
            if refusal.field == "body" or not said.pop(refusal.field, ""):
                raise
