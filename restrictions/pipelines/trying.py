"""What a feed would bring, without storing any of it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from restrictions.actions.dispatches import Received
from restrictions.actions.feed_items import known_items
from restrictions.domain.unreadable import Unreadable
from restrictions.extraction import code
from restrictions.extraction.document import Document
from restrictions.feeds.hosts import host_of
from restrictions.feeds.http import Door
from restrictions.feeds.parse import Item, ParsedFeed
from restrictions.models import Feed
from restrictions.pipelines.going_out import door as public_door
from restrictions.pipelines.holding import held_here
from restrictions.pipelines.polling import Brought, as_received, ask, in_words
from restrictions.queries.feeds import held_addresses

SHOWN = 50
"""Items that are looked at; the others are counted."""


class Prospect(StrEnum):
    """What would become of an item."""

    NEW = "new"
    IRRELEVANT = "irrelevant"
    KNOWN = "known"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TriedItem:
    """One item, and what would become of it. ``why`` is a sentence or a word of the coder's; ``claims`` it found."""

    item: Item
    prospect: Prospect
    why: str = ""
    claims: int = 0
    fetches: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a feed: its items, or the sentence that says why there are none."""

    items: tuple[TriedItem, ...] = ()
    found: str = ""
    failure: str = ""
    title: str = ""
    moved_to: str = ""


def try_feed(feed: Feed, door: Door | None = None) -> Trial:
    """The feed as it is now, with the fate of each of its first items. Nothing of it is stored."""
    with held_here(host_of(feed.address)) as held:
        if not held:
            return Trial(failure="Its host is being read just now, or rests for a moment. Try again in a minute.")
        brought = ask(feed, door or public_door(), held_here, timezone.now().date(), whole=True)
    if brought.feed is None:
        return Trial(failure=brought.unreadable or brought.answer.reason)
    return _looked_at(feed, brought, brought.feed)


def _looked_at(feed: Feed, brought: Brought, read: ParsedFeed) -> Trial:
    items = read.items
    known, shown = known_items(feed, items), items[:SHOWN]
    held = held_addresses(item.address for item in shown)
    return Trial(
        items=tuple(_tried(feed, item, known, held) for item in shown),
        found=in_words(brought, sum(item.key not in known for item in items)),
        title=read.title,
        moved_to=brought.answer.moved_to,
    )


def _tried(feed: Feed, item: Item, known: set[str], held: set[str]) -> TriedItem:
    if item.key in known:
        return TriedItem(item, Prospect.KNOWN)
    said = as_received(feed, item)
    if isinstance(said, Unreadable):
        return TriedItem(item, Prospect.REFUSED, str(said))
    if item.address in held:
        return TriedItem(item, Prospect.HELD)
    return _coded(feed, item, said)


def _coded(feed: Feed, item: Item, said: Received) -> TriedItem:
    """What the rules make of the item's own words; an article that would be fetched may say more."""
    coding = code(Document("tried", said.title, said.body, said.language or None, said.published))
    prospect = Prospect.NEW if coding.relevant else Prospect.IRRELEVANT
    fetches = feed.fetches_articles and item.is_teaser
    return TriedItem(item, prospect, coding.reason, len(coding.claims), fetches)
