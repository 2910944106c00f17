"""What is held of feeds, for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from restrictions.feeds.addresses import address_key
from restrictions.models import Dispatch, DispatchVersion, Feed, FeedItem

NEWEST = 20
"""Items that a feed's page shows."""


@dataclass(frozen=True, slots=True)
class BroughtItem:
    """One item that a feed brought: what became of it, and why."""

    name: str
    state: str
    note: str
    dispatch: int | None
    received: str


def newest_items(feed: Feed) -> tuple[BroughtItem, ...]:
    """The last items that the feed brought, the newest first. One query."""
    versions = DispatchVersion.objects.filter(dispatch=OuterRef("dispatch")).order_by("-number")
    rows: QuerySet[Any] = FeedItem.objects.filter(feed=feed).annotate(held_title=Subquery(versions.values("title")[:1]))
    return tuple(
        BroughtItem(
            name=row.held_title or row.title or row.address or row.key,
            state=row.get_state_display(),
            note=row.note,
            dispatch=row.dispatch_id,
            received=row.received_at.strftime("%Y-%m-%d %H:%M"),
        )
        for row in rows.order_by("-received_at", "-pk")[:NEWEST]
    )


def held_addresses(addresses: Iterable[str | None]) -> set[str]:
    """Those of the addresses at which a dispatch is held, however it is spelled. One query."""
    keys = {address: address_key(address) for address in addresses if address}
    held = set(Dispatch.objects.filter(address_key__in=keys.values()).order_by().values_list("address_key", flat=True))
    return {address for address, key in keys.items() if key in held}
