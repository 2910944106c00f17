"""Who may ask which host now, and what a poll leaves behind. A host is leased: nobody else asks it meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pghistory
from django.db import transaction
from django.db.models import Min, Q

from restrictions.feeds.hosts import host_of
from restrictions.feeds.schedule import Next
from restrictions.models import Feed, FeedItem, Host

LEASE = timedelta(minutes=3)
"""How long a host is kept for one process; a poll or a visit takes less than a minute."""
_LOOKED_AT = 200
ITEMS_A_VISIT = 20
"""Articles that are fetched in one visit to a host at most."""


@dataclass(frozen=True, slots=True)
class LeasedFeed:
    """A feed that this process alone may poll now, with its host."""

    feed: Feed
    host: str
    token: UUID


@dataclass(frozen=True, slots=True)
class LeasedHost:
    """A host that this process alone may visit now, for the articles of these items."""

    host: Host
    token: UUID
    items: tuple[FeedItem, ...]


def lease_feeds(*, now: datetime, most: int) -> list[LeasedFeed]:
    """Feeds that are due, one a host, for this process alone until the lease ends.

    Feeds whose row or host another process holds, or whose host rests, are passed over.
    """
    with transaction.atomic():
        due = Feed.objects.due(now).select_for_update(skip_locked=True)[:_LOOKED_AT]
        first: dict[str, Feed] = {}
        for feed in due:
            first.setdefault(host_of(feed.address), feed)
        busy = set(Host.objects.filter(_is_busy(now), name__in=first).values_list("name", flat=True))
        names = [name for name in first if name not in busy][:most]
        tokens = _lease(names, now)
    return [LeasedFeed(first[name], name, tokens[name]) for name in names if name in tokens]


def lease_hosts(*, now: datetime, most: int) -> list[LeasedHost]:
    """Free hosts that articles are waited for from, for this process alone until the lease ends."""
    waiting = FeedItem.objects.due(now)
    free = waiting.exclude(host__in=Host.objects.filter(_is_busy(now)).values("name"))
    longest = free.order_by().values("host").annotate(since=Min("due")).order_by("since", "host")
    with transaction.atomic():
        tokens = _lease(longest.values_list("host", flat=True)[:most], now)
    hosts = Host.objects.in_bulk(list(tokens))
    items = waiting.select_related("feed")
    return [
        LeasedHost(hosts[name], token, tuple(items.filter(host=name)[:ITEMS_A_VISIT])) for name, token in tokens.items()
    ]


def _is_busy(now: datetime) -> Q:
    """Of hosts that a process holds, or that rest."""
    return Q(leased_until__gt=now) | Q(free_at__gt=now)


def _lease(names: Iterable[str], now: datetime) -> dict[str, UUID]:
    """The holder's tokens of those hosts that were free. In one order everywhere, so that nobody waits in a ring."""
    names = sorted(names)
    Host.objects.bulk_create([Host(name=name) for name in names], ignore_conflicts=True)
    tokens: dict[str, UUID] = {}
    for name in names:
        token = uuid4()
        if Host.objects.filter(~_is_busy(now), name=name).update(lease_token=token, leased_until=now + LEASE):
            tokens[name] = token
    return tokens


def lease_host(*, host: str, now: datetime) -> UUID | None:
    """This host for this process alone; none where another process holds it, or it rests."""
    with transaction.atomic():
        return _lease([host], now).get(host)


def release_host(
    *, host: str, token: UUID, free_at: datetime | None = None, robots: tuple[str | None, datetime] | None = None
) -> bool:
    """Others may ask the host again, from ``free_at`` on; false where the lease was lost, and nothing is written."""
    said: dict[str, Any] = {"robots": robots[0], "robots_at": robots[1]} if robots else {}
    said |= {"free_at": free_at} if free_at else {}
    held = Host.objects.filter(name=host, lease_token=token)
    return bool(held.update(lease_token=None, leased_until=None, **said))


def record_poll(*, leased: LeasedFeed, following: Next, result: str, kind: str = "") -> bool:
    """What the poll came to stays with the feed, and its host is free; false where the lease was lost.

    ``result`` is a sentence about what it brought; ``kind`` the feed's, where one was read.
    A feed that has moved to where another one is read already is retired.
    """
    with transaction.atomic(), pghistory.context(reason="poll"):
        row = Feed.objects.select_for_update().get(pk=leased.feed.pk)
        if not release_host(host=leased.host, token=leased.token):
            return False
        _remember(row, following)
        row.last_result, row.kind = result, kind or row.kind
        retired = following.retired or _follow(row, following.moved_to)
        if retired:
            row.enabled, row.retired_reason = False, retired
        row.save()
    return True


def _remember(row: Feed, following: Next) -> None:
    standing = following.standing
    row.failures, row.last_failure = standing.failures, standing.failure
    row.etag, row.last_modified = standing.etag, standing.modified
    row.last_polled, row.last_item, row.usual_gap = standing.last_polled, standing.last_item, standing.usual_gap
    row.due = following.due


def _follow(row: Feed, moved_to: str) -> str:
    """The feed is read at its new address from now on; why it is retired instead, where that is another feed's."""
    if not moved_to or moved_to == row.address or len(moved_to) > 2000:
        return ""
    if Feed.objects.filter(address=moved_to).exists():
        return f"It has moved to {moved_to}, which is read already as a feed of its own."
    row.moved_from, row.address = row.address, moved_to
    return ""
