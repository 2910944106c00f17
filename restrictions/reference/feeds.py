"""The starter list of public feeds: addresses to try, none of which was tried where the list was written."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("feeds.toml")


@dataclass(frozen=True, slots=True)
class StarterFeed:
    """One feed of the list."""

    address: str
    publisher: str
    language: str
    note: str


@lru_cache(maxsize=1)
def load_feeds() -> tuple[StarterFeed, ...]:
    """The feeds of the list, in its order, each marked as untried."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(StarterFeed(**row, note=data["note"]) for row in data["feed"])
