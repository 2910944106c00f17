"""Keeping what feeds bring: each item once, as a dispatch at once or after its article was fetched."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from restrictions.actions.columns import day_columns
from restrictions.actions.dispatches import Received, store_dispatch
from restrictions.domain.unreadable import Unreadable
from restrictions.feeds.hosts import host_of
from restrictions.feeds.parse import Item
from restrictions.models import Feed, FeedItem, FeedItemState

TRIES = 3
"""Times that an article is asked for, where asking again may help."""
RETRY_AFTER = timedelta(minutes=10)


class Fate(StrEnum):
    """What becomes of an item of a feed."""

    STORED = "stored"
    KNOWN = "known"
    WAITING = "waiting"
    REFUSED = "refused"


def known_items(feed: Feed, items: tuple[Item, ...]) -> set[str]:
    """The keys of those items that the feed brought before, and that say what they said then. One query."""
    held = dict(feed.items.filter(key__in=[item.key for item in items]).order_by().values_list("key", "digest"))
    return {item.key for item in items if held.get(item.key) == item.digest}


def keep_item(*, feed: Feed, item: Item, received: Received | Unreadable, now: datetime) -> Fate:
    """Keep what the item says, once however often and by however many it is brought at the same time.

    ``received`` is the item as a dispatch, or why it is none. A teaser waits for its article where the feed is
    read so.
    """
    values: dict[str, Any] = {"digest": item.digest, "note": " ".join(item.notes), "attempts": 0}
    with transaction.atomic():
        # The row first: of two that bring the item at once, the second waits here and finds it known.
        row = _held(feed, item)
        if row.digest == item.digest:
            return Fate.KNOWN
        if isinstance(received, Unreadable):
            note = " ".join([*item.notes, str(received)])
            _save(row, **values | {"state": FeedItemState.REFUSED, "note": note, "due": None})
            return Fate.REFUSED
        if feed.fetches_articles and item.is_teaser:
            _save(row, **values, state=FeedItemState.WAITING, **_waiting(received, now))
            return Fate.WAITING
        dispatch = store_dispatch(received).dispatch
        _save(row, **values, **_done(dispatch))
        return Fate.STORED


def _held(feed: Feed, item: Item) -> FeedItem:
    """The item's row, locked; a new one holds nothing that any digest equals."""
    FeedItem.objects.bulk_create(
        [FeedItem(feed=feed, key=item.key, digest="", state=FeedItemState.REFUSED, note="not looked at yet")],
        ignore_conflicts=True,
    )
    return FeedItem.objects.select_for_update().get(feed=feed, key=item.key)


def _save(row: FeedItem, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _waiting(received: Received, now: datetime) -> dict[str, Any]:
    return {
        "title": received.title,
        "body": received.body,
        "address": received.address or "",
        "publisher": received.publisher,
        "host": host_of(received.address or ""),
        "due": now,
        **day_columns("published", received.published),
    }


def _done(dispatch: int | None) -> dict[str, Any]:
    """A row whose dispatch stands: its text is kept there."""
    return {"state": FeedItemState.STORED, "dispatch_id": dispatch, "title": "", "body": "", "due": None}


def keep_article(*, item: int, received: Received) -> int:
    """The article that a teaser stood for is the dispatch; gives its row."""
    with transaction.atomic():
        row = FeedItem.objects.select_for_update().get(pk=item)
        dispatch = store_dispatch(received).dispatch
        _save(row, **_done(dispatch))
    return dispatch


def follow_article(*, item: int, address: str, now: datetime) -> None:
    """The article is at another host, which is asked in its own turn."""
    row = FeedItem.objects.get(pk=item)
    _save(row, address=address, host=host_of(address), attempts=row.attempts + 1, due=now)


def give_up_article(*, item: int, received: Received, reason: str, final: bool, now: datetime) -> bool:
    """Ask for the article later, or keep the teaser with the reason; true where the teaser was kept.

    Where an article came of the item before, it stays: a teaser is no new version of it.
    """
    with transaction.atomic():
        row = FeedItem.objects.select_for_update().get(pk=item)
        row.attempts += 1
        if not final and row.attempts < TRIES:
            _save(row, due=now + RETRY_AFTER * 3**row.attempts)
            return False
        dispatch = row.dispatch_id or store_dispatch(received).dispatch
        _save(row, **_done(dispatch), note=f"{row.note} {reason}".strip())
    return True


def refuse_item(*, item: int, reason: str) -> None:
    """The item cannot be stored, and is not tried again until its feed changes it."""
    _save(FeedItem.objects.get(pk=item), state=FeedItemState.REFUSED, note=reason, due=None)
