"""A file as dispatches: one where it is a text or a page, many where it is a feed, a table or has an object a line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from restrictions.actions.dispatches import Received
from restrictions.domain.unreadable import Unreadable
from restrictions.extraction.decoding import decode_text
from restrictions.extraction.header import read_dispatch_text
from restrictions.feeds.pages import read_page
from restrictions.feeds.parse import Item, NotAFeed, ParsedFeed, parse_feed
from restrictions.feeds.tables import Row, read_lines, read_table
from restrictions.pipelines.checking import received, said_by_item
from restrictions.pipelines.opening import Opened, opened, unpacked, whole

TEXTS = (".txt", ".text")
PAGES = (".html", ".htm", ".xhtml")
TABLES: dict[str, Callable[[BinaryIO], Iterator[Row]]] = {
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": read_table,
    ".tsv": read_table,
}
FEEDS = (".xml", ".rss", ".atom", ".json")
SUFFIXES = (*TEXTS, *PAGES, *TABLES, *FEEDS)
"""Endings of the files that are read, each also with `.gz` after it."""

# What a text's header calls the fields.
_IN_HEADER = {"address": "The header's url", "published": "The header's date", "body": "The text"}


@dataclass(frozen=True, slots=True)
class Found:
    """One dispatch of a file, or why it is none.

    ``part`` is where it stands in a file of many, e.g. “line 7”; ``until`` is how many bytes of the file have been
    read; ``note`` says what was not as it should be, where it was taken all the same.
    """

    what: Received | Unreadable
    part: str = ""
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
    inner, name = unpacked(file), file.name.lower().removesuffix(".gz")
    table = next((read for ending, read in TABLES.items() if name.endswith(ending)), None)
    count = 0
    try:
        if table is None and not name.endswith(FEEDS):
            yield _alone(inner, synthetic=synthetic)
            return
        many = _rows(table(inner.stream), file, synthetic) if table else _items(inner, synthetic)
        for count, found in enumerate(many, 1):  # noqa: B007  asked after the loop
            yield found
    except Unreadable as refusal:
        yield Found(refusal)
        return
    if not count:
        yield Found(Unreadable("The file is empty"))


def _rows(rows: Iterator[Row], file: Opened, synthetic: bool) -> Iterator[Found]:
    for row in rows:
        yield Found(_checked(row, synthetic=synthetic), f"line {row.line:,}", file.stream.tell())


def _items(file: Opened, synthetic: bool) -> Iterator[Found]:
    """The items of a saved feed. What was left out of it is said after them."""
    try:
        feed = parse_feed(whole(file), address="", today=timezone.now().date())
    except NotAFeed as error:
        raise Unreadable("The file is no feed that can be read", str(error)) from error
    for number, item in enumerate(feed.items, 1):
        yield Found(_of_item(item, feed, synthetic=synthetic), f"item {number:,}", file.size, " ".join(item.notes))
    for left, why in ((feed.empty, "hold nothing"), (feed.beyond, "are more than are read of one feed")):
        if left:
            yield Found(Unreadable(f"Some items {why}", f"{left:,}"), "its end", file.size)


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
    return Found(_without_faults(said, synthetic=synthetic), until=until, note=note)


def _of_item(item: Item, feed: ParsedFeed, *, synthetic: bool) -> Received | Unreadable:
    said = said_by_item(item, publisher=feed.title, language=feed.language)
    try:
        return _without_faults(said, synthetic=synthetic)
    except Unreadable as refusal:
        return refusal


def _without_faults(said: dict[str, str], *, synthetic: bool) -> Received:
    """The dispatch without what is said wrongly of it: nobody wrote it for us. Raises Unreadable for its text."""
    while True:
        try:
            return received(said, synthetic=synthetic)
        except Unreadable as refusal:
            if refusal.field == "body" or not said.pop(refusal.field, ""):
                raise
