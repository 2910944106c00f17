"""From files to stored dispatches: read, decide, store; a file that cannot be read stops no other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from restrictions.actions.dispatches import Received, store_dispatch
from restrictions.domain.days import Day, NotADay, parse_day
from restrictions.extraction.header import read_dispatch_text

SUFFIXES = (".txt", ".text")
LARGEST = 5_000_000
"""Bytes of one text; more is no dispatch."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")
# Readers follow the address: nothing but the web.
_check_web_address = URLValidator(schemes=["http", "https"])


class Outcome(StrEnum):
    """What became of a file."""

    STORED = "stored"
    HELD = "already held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ingested:
    """One file's outcome: its dispatch where there is one, and why it was refused where it was."""

    path: Path
    outcome: Outcome
    dispatch: int | None = None
    reason: str = ""


class Unreadable(ValueError):
    """The file holds no dispatch; the sentence says why."""


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named and the text files in the folders named, by name. Raises FileNotFoundError."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.rglob("*") if item.suffix in SUFFIXES and item.is_file())
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(f"{path} does not exist.")
    return found


def ingest_files(files: Iterable[Path], *, synthetic: bool = False) -> Iterator[Ingested]:
    """Store each file's dispatch; gives the outcomes one by one, so that progress can be shown."""
    for path in files:
        try:
            kept = store_dispatch(read_dispatch(path, synthetic=synthetic))
        except (Unreadable, OSError) as error:
            yield Ingested(path, Outcome.REFUSED, reason=str(error))
        else:
            yield Ingested(path, Outcome.STORED if kept.is_new else Outcome.HELD, kept.dispatch)


def read_dispatch(path: Path, *, synthetic: bool = False) -> Received:
    """The dispatch that a text file holds, with what its header says of it. Raises Unreadable or OSError."""
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST // 1_000_000} MB.")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"The file is not UTF-8 text (byte {error.start}).") from error
    if "\0" in text:
        raise Unreadable("The file holds NUL bytes: it is not text.")
    header, body = read_dispatch_text(text)
    if not body.strip():
        raise Unreadable("The file holds no text.")
    return _received(header, body, synthetic=synthetic)


def _received(header: dict[str, str], body: str, *, synthetic: bool) -> Received:
    return Received(
        title=header.get("title", ""),
        body=body,
        publisher=header.get("publisher", ""),
        address=_address(header.get("url", "")),
        language=_language(header.get("language", "")),
        published=_day(header.get("date", "")),
        synthetic=synthetic or header.get("synthetic", "").lower() in ("yes", "true"),
    )


def _address(text: str) -> str | None:
    if not text:
        return None
    try:
        _check_web_address(text)
    except ValidationError as error:
        raise Unreadable(f"The header's url is no web address such as https://example.org/news: {text[:80]}") from error
    return text


def _language(text: str) -> str:
    if text and not _LANGUAGE.fullmatch(text):
        raise Unreadable(f"The header's language is no code such as fr: {text[:80]}")
    return text.lower()


def _day(text: str) -> Day | None:
    try:
        return parse_day(text) if text else None
    except NotADay as error:
        raise Unreadable(f"The header's date cannot be read: {error}") from error
