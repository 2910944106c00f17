"""From feeds to stored dispatches: fetch and read beside one another, store in turn, remember what follows."""

import logging
import random
import time
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from restrictions.actions.dispatches import Received
from restrictions.actions.feed_items import Fate, keep_item, known_items
from restrictions.actions.polls import LeasedFeed, lease_feeds, record_poll
from restrictions.domain.unreadable import Unreadable
from restrictions.feeds.answers import Answer, AnswerKind
from restrictions.feeds.http import Door
from restrictions.feeds.parse import MOST_ITEMS, Item, NotAFeed, ParsedFeed, parse_feed
from restrictions.feeds.schedule import Poll, after_poll
from restrictions.models import Feed
from restrictions.pipelines.checking import received, said_by_item
from restrictions.pipelines.going_out import Hold, fetch_held
from restrictions.pipelines.going_out import door as public_door
from restrictions.pipelines.holding import side_by_side
from restrictions.pipelines.waking import wake_coder

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Hosts that one process asks at the same time."""
SECONDS = 40.0
"""After so long no new round is begun: the next minute's wake-up goes on."""

_WITHOUT_FEED = {
    AnswerKind.UNCHANGED: "Nothing changed.",
    AnswerKind.ELSEWHERE: "It leads to another host, whose turn is waited for.",
}


@dataclass(frozen=True, slots=True)
class Brought:
    """What a request for a feed gave: the answer, and the feed in it or why there is none."""

    answer: Answer
    feed: ParsedFeed | None = None
    unreadable: str = ""


def poll_due(door: Door | None = None, *, seconds: float = SECONDS) -> int:
    """Poll the feeds that are due; gives how many items were new. Safe to run twice, and twice at once."""
    door, end, new = door or public_door(), time.monotonic() + seconds, 0
    while leased := lease_feeds(now=timezone.now(), most=AT_ONCE):
        new += _poll_together(leased, door)
        if time.monotonic() > end:
            break
    if new:
        wake_coder()
    return new


def _poll_together(leased: list[LeasedFeed], door: Door) -> int:
    today = timezone.now().date()
    results = side_by_side(leased, lambda one, hold: ask(one.feed, door, hold, today))
    return sum(_settle(one, brought) for one, brought in results)


def ask(feed: Feed, door: Door, hold: Hold, today: date, *, whole: bool = False) -> Brought:
    """What the feed holds now; ``whole`` also where it has not changed."""
    etag, modified = ("", "") if whole else (feed.etag, feed.last_modified)
    answer = fetch_held(door, feed.address, hold, etag=etag, modified=modified)
    if answer.kind is not AnswerKind.TEXT:
        return Brought(answer)
    try:
        read = parse_feed(answer.body, address=answer.address, charset=answer.charset, today=today)
    except NotAFeed as refused:
        return Brought(answer, unreadable=str(refused))
    return Brought(answer, read)


def _settle(leased: LeasedFeed, brought: Brought) -> int:
    """What the poll brought is stored, and then what follows for the feed: an item never goes missing in between."""
    new: tuple[Item, ...] = ()
    unreadable = brought.unreadable
    try:
        new = _keep(leased.feed, brought.feed.items) if brought.feed else ()
    except Exception as error:
        log.exception("what feed %s brought could not be stored", leased.feed.pk)
        unreadable = f"What it brought could not be stored: {type(error).__name__}: {error}"
    poll = Poll(brought.answer, unreadable, new)
    jitter = random.random()  # noqa: S311  it spreads requests, and guards nothing
    following = after_poll(leased.feed.standing, poll, now=timezone.now(), jitter=jitter)
    kind = brought.feed.kind.value if brought.feed else ""
    record_poll(leased=leased, following=following, result=in_words(brought, len(new)), kind=kind)
    return len(new)


def in_words(brought: Brought, new: int) -> str:
    """What a poll brought, counted: also what was not read."""
    feed = brought.feed
    if feed is None:
        return _WITHOUT_FEED.get(brought.answer.kind, "No feed.")
    counts = f"{len(feed.items):,} items, {new:,} new."
    empty = f" {feed.empty:,} said nothing." if feed.empty else ""
    return counts + empty + (f" {feed.beyond:,} beyond the first {MOST_ITEMS:,} were not read." if feed.beyond else "")


def _keep(feed: Feed, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Those of the items that were new."""
    known = known_items(feed, items)
    fresh = [item for item in items if item.key not in known]
    now = timezone.now()
    # The oldest first, as they came to be: a feed begins with its newest.
    kept = {
        item.key: keep_item(feed=feed, item=item, received=as_received(feed, item), now=now) for item in reversed(fresh)
    }
    return tuple(item for item in fresh if kept[item.key] is not Fate.KNOWN)


def as_received(feed: Feed, item: Item) -> Received | Unreadable:
    """The item as a dispatch, by the same rules as at every door; or why it is none."""
    said = said_by_item(item, publisher=feed.publisher, language=feed.language)
    try:
        return received(said, called="The item's {}".format)
    except Unreadable as refused:
        return refused
