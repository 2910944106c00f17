"""News of the record as Atom (RFC 4287) and JSON Feed 1.1. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from restrictions.queries.news import NewsRow

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says of itself. ``host`` names its entries for ever; addresses are absolute."""

    title: str
    host: str
    address: str
    page: str
    language: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A piece of news and the address of its position."""

    row: NewsRow
    address: str

    @property
    def title(self) -> str:
        return f"{self.row.kind_words}: {self.row.sentence}"

    def id(self, host: str) -> str:
        """A tag URI (RFC 4151): the same for ever, whatever is said of the position later."""
        return f"tag:{host},2026:position/{self.row.position}/revision/{self.row.revision}"


def atom(head: FeedHead, entries: Sequence[FeedEntry]) -> bytes:
    """The feed as XML. Each entry's category is `new`, `corrected` or `withdrawn`."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": head.language})
    _add(feed, "title", head.title)
    _add(feed, "id", f"tag:{head.host},2026:changes?{head.address.partition('?')[2]}")
    _add(feed, "updated", head.updated.isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=head.address)
    _add(feed, "link", rel="alternate", type="text/html", href=head.page)
    _add(_add(feed, "author"), "name", "Caveat")
    for entry in entries:
        _add_entry(feed, entry, head.host)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add_entry(feed: ElementTree.Element, entry: FeedEntry, host: str) -> None:
    element = _add(feed, "entry")
    _add(element, "title", entry.title)
    _add(element, "id", entry.id(host))
    _add(element, "updated", entry.row.at.isoformat())
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    _add(element, "category", term=entry.row.kind.value)
    _add(element, "summary", _summary(entry))
    for source in entry.row.sources:
        if source.url:
            _add(element, "link", rel="related", href=source.url, title=source.name)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _summary(entry: FeedEntry) -> str:
    return " ".join(filter(None, (entry.row.sentence, entry.row.before and f"({entry.row.before})")))


def json_feed(head: FeedHead, entries: Sequence[FeedEntry]) -> str:
    """The feed as JSON; each item's first tag is `new`, `corrected` or `withdrawn`."""
    items = [
        {
            "id": entry.id(head.host),
            "url": entry.address,
            "title": entry.title,
            "content_text": _summary(entry),
            "date_published": entry.row.at.isoformat(),
            "tags": [entry.row.kind.value, entry.row.supplier, entry.row.weapon],
            "_caveat": {"position": entry.row.position, "revision": entry.row.revision, "before": entry.row.before},
        }
        for entry in entries
    ]
    about = {"version": "https://jsonfeed.org/version/1.1", "title": head.title, "language": head.language}
    return json.dumps(
        {**about, "home_page_url": head.page, "feed_url": head.address, "items": items}, ensure_ascii=False
    )
