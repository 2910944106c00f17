"""A feed's text into its items: RSS 0.9x to 2.0, Atom, JSON Feed. Pure: nothing is fetched, nothing is opened."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import orjson

from restrictions.domain.days import Day
from restrictions.feeds.addresses import address_key
from restrictions.feeds.dates import believable, stated_day
from restrictions.feeds.encodings import decode_feed
from restrictions.feeds.plain import one_line, plain_text, tidy

MOST_ITEMS = 1_000
"""Items that are read of one feed; the others are counted."""
MOST_TAGS = 300_000
"""Tags of a feed that is read at all: a parser takes seconds for a million."""
LONGEST_TITLE = 400
"""Letters of a title; what is longer is a text, and its beginning stands for it."""
TEASER = 1_200
"""Letters under which a summary is taken for the beginning of an article."""
SHORT = 500
"""The same for what the feed itself calls the whole content."""

_LONGEST_KEY = 500
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)(?=[\s/>])")
_ITEM_ENDS = ("</item>", "</entry>")
_CUT_SHORT = ("…", "...", "[…]", "[...]", "(…)", "(...)")


class FeedKind(StrEnum):
    """The family of formats that a feed is written in."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


class NotAFeed(Exception):
    """The text is no feed that can be read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed, in plain text.

    ``key`` names it among the items of its feed. ``published`` is the day that the item states; none where it states
    none. ``whole`` says that the feed gives the text as the content, not as a summary. ``notes`` are sentences about
    what was said and is not believed.
    """

    key: str
    title: str = ""
    body: str = ""
    address: str | None = None
    publisher: str = ""
    published: Day | None = None
    whole: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_teaser(self) -> bool:
        """Whether there is likely to be more of it at its address."""
        cut = self.body.endswith(_CUT_SHORT)
        return self.address is not None and (cut or len(self.body) < (SHORT if self.whole else TEASER))

    @property
    def digest(self) -> str:
        """What changes when the feed changes the item."""
        day = self.published.edtf if self.published else ""
        return _hashed("\0".join((self.title, self.body, self.address or "", day)))


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed holds. ``empty`` items held neither title nor text; ``beyond`` is how many more were not read."""

    kind: FeedKind
    title: str
    language: str
    items: tuple[Item, ...]
    empty: int = 0
    beyond: int = 0


def parse_feed(raw: bytes, *, address: str, charset: str = "", today: date) -> ParsedFeed:
    """The items of a feed in its own order. Raises NotAFeed.

    ``address`` is where it was found: relative links start there. ``charset`` is what its server calls its encoding.
    """
    text = decode_feed(raw, charset)
    if text.lstrip()[:1] == "{":
        return _finished(_json_feed(text, address, today))
    if _ENTITY.search(text):
        raise NotAFeed("It declares entities of its own, which can name files and grow without end; it is not read.")
    return _finished(_xml_feed(text, address, today))


def _finished(feed: ParsedFeed) -> ParsedFeed:
    """Without items that say nothing, and without addresses that several share: those are of no item's own."""
    full = [item for item in feed.items if item.title or item.body]
    shared = Counter(address_key(item.address) for item in full if item.address)
    items = (_alone(item) if item.address and shared[address_key(item.address)] > 1 else item for item in full)
    once = {item.key: item for item in items}
    return replace(feed, items=tuple(once.values()), empty=len(feed.items) - len(full))


def _alone(item: Item) -> Item:
    note = "Other items have the same address; it is kept without it."
    key = _hashed(f"{item.title}\0{item.body}") if item.key == address_key(item.address or "") else item.key
    return replace(item, key=key, address=None, notes=(*item.notes, note))


# --- XML


def _xml_feed(text: str, address: str, today: date) -> ParsedFeed:
    short, beyond = _first_items(_REFERENCE.sub(_possible, _XML_DECLARATION.sub("", text, count=1)))
    if short.count("<") > MOST_TAGS:
        raise NotAFeed(f"It holds more than {MOST_TAGS:,} tags in {MOST_ITEMS:,} items; it is not read.")
    read = _read_by_feedparser(short, address)
    version = read.get("version") or ""
    if not version and not read.entries:
        page = "<html" in text[:2000].lower()
        raise NotAFeed("It is a web page, not a feed." if page else "It is neither RSS nor Atom nor a JSON Feed.")
    told_when = _tells_when(read.entries)
    return ParsedFeed(
        FeedKind.ATOM if version.startswith("atom") else FeedKind.RSS,
        one_line(_string(read.feed, "title")),
        _string(read.feed, "language"),
        tuple(_xml_item(entry, address, today, told_when=told_when) for entry in read.entries),
        beyond=beyond,
    )


def _read_by_feedparser(text: str, address: str) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,  # no markup is kept at all
        )
    except Exception as error:  # its reader of broken XML fails in ways of its own, on chapters of podcasts for one
        raise NotAFeed(f"The feed is broken in a way that cannot be read ({type(error).__name__}).") from error


def _first_items(text: str) -> tuple[str, int]:
    """The text with its first items alone, and how many others it had. A parser takes its time for each."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    if len(starts) <= MOST_ITEMS:
        return text, 0
    cut = starts[MOST_ITEMS]
    last = max(text.rfind(end) + len(end) for end in _ITEM_ENDS)
    return text[:cut] + (text[last:] if last > cut else ""), len(starts) - MOST_ITEMS


def _possible(reference: re.Match[str]) -> str:
    """The reference to a character, where there is such a one. On others the parser gives up."""
    digits = reference[1] or reference[2]
    point = int(digits, 16 if reference[1] else 10) if len(digits) < 10 else 0
    known = point in (9, 10, 13) or 0x20 <= point < 0xD800 or 0xE000 <= point < 0xFFFE or 0x10000 <= point < 0x110000
    return reference[0] if known else "\ufffd"


def _tells_when(entries: list[Any]) -> bool:
    """Whether the hours of change tell the items apart; a generator that stamps all of them with now tells nothing."""
    changed = [entry["updated"] for entry in entries if "updated" in entry]
    return len(changed) < 3 or len(set(changed)) > 1


def _xml_item(entry: Mapping[str, Any], base: str, today: date, *, told_when: bool) -> Item:
    content, summary = _longest_content(entry), plain_text(_string(entry, "summary"))
    whole = len(content) >= len(summary) > 0 or (bool(content) and not summary)
    day = stated_day(_string(entry, "published"), entry.get("published_parsed"))
    if day is None and told_when and "updated" in entry:
        day = stated_day(_string(entry, "updated"), entry.get("updated_parsed"))
    source = entry.get("source")
    return _item(
        key=_string(entry, "id"),
        title=one_line(_string(entry, "title")),
        body=content if whole else summary,
        link=_string(entry, "link"),
        base=base,
        publisher=one_line(_string(source, "title")) if isinstance(source, Mapping) else "",
        day=day,
        today=today,
        whole=whole,
    )


def _longest_content(entry: Mapping[str, Any]) -> str:
    texts = (plain_text(_string(content, "value")) for content in entry.get("content") or ())
    return max(texts, key=len, default="")


# --- JSON


def _json_feed(text: str, address: str, today: date) -> ParsedFeed:
    try:
        read = orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError as error:
        raise NotAFeed(f"It looks like a JSON Feed and is no JSON ({error}).") from error
    items = read.get("items") if isinstance(read, dict) else None
    if not isinstance(items, list):
        raise NotAFeed("It is JSON, but no JSON Feed: it has no list of items.")
    return ParsedFeed(
        FeedKind.JSON,
        one_line(_string(read, "title")),
        _string(read, "language"),
        tuple(_json_items(items[:MOST_ITEMS], address, today)),
        beyond=max(0, len(items) - MOST_ITEMS),
    )


def _json_items(items: list[Any], base: str, today: date) -> Iterator[Item]:
    for said in items:
        entry = said if isinstance(said, dict) else {}
        content = plain_text(_string(entry, "content_html")) or tidy(_string(entry, "content_text"))
        yield _item(
            key=_string(entry, "id"),
            title=one_line(_string(entry, "title")),
            body=content or tidy(_string(entry, "summary")),
            link=_string(entry, "url") or _string(entry, "external_url"),
            base=base,
            publisher="",
            day=stated_day(_string(entry, "date_published") or _string(entry, "date_modified")),
            today=today,
            whole=bool(content),
        )


# --- Both


def _item(
    *, key: str, title: str, body: str, link: str, base: str, publisher: str, day: Day | None, today: date, whole: bool
) -> Item:
    address = _web_address(link, base)
    published, doubt = believable(day, today=today)
    lost = "Its link is no web address; it is kept without it." if link.strip() and not address else ""
    name = tidy(key) or (address_key(address) if address else "")
    if len(title) > LONGEST_TITLE:
        title, body = f"{title[: LONGEST_TITLE - 1]}…", body or title
    return Item(
        key=name if 0 < len(name) <= _LONGEST_KEY else _hashed(name or f"{title}\0{body}"),
        title=title,
        body=body,
        address=address,
        publisher=publisher,
        published=published,
        whole=whole,
        notes=tuple(note for note in (doubt, lost) if note),
    )


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _web_address(link: str, base: str) -> str | None:
    """The link as a whole web address; none where it is no such thing."""
    try:
        whole = urljoin(base, link.strip())
        parts = urlsplit(whole)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and whole.isprintable() and whole != base
    except ValueError:
        return None
    return whole if link.strip() and good and " " not in whole else None


def _string(said: Any, name: str) -> str:
    """What is said under this name, where it is text or a number."""
    value = said.get(name) if isinstance(said, Mapping) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
