"""What people do with feeds: add, edit, switch on and off, retire."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from restrictions.actions.reasons import history_of, needs_reason
from restrictions.models import Feed
from restrictions.reference.feeds import load_feeds as read_feeds

EDITABLE = ("address", "publisher", "language", "interval_minutes", "fetches_articles", "note")
"""What a person decides about a feed; the rest is what polls leave behind."""


def add_feed(*, by: User, reason: str = "", **said: Any) -> Feed:
    """A new feed, switched off; ``reason`` is for its history.

    Raises ValidationError for what cannot be, by field; an address that is held, too.
    """
    feed = Feed(enabled=False, **_decided(said))
    _check(feed)
    with transaction.atomic(), history_of(by, reason or gettext("Added")):
        feed.save(force_insert=True)
    return feed


def edit_feed(*, feed: int, by: User, reason: str = "", **said: Any) -> Feed:
    """The feed with what was said of it; ``reason`` is for its history. At a new address it starts afresh.

    Raises Feed.DoesNotExist, or ValidationError by field.
    """
    with transaction.atomic(), history_of(by, reason or gettext("Edited")):
        row = Feed.objects.select_for_update().get(pk=feed)
        before = row.address
        for name, value in _decided(said).items():
            setattr(row, name, value)
        if row.address != before:
            row.moved_from, row.etag, row.last_modified, row.kind = before, "", "", ""
            row.failures, row.last_failure = 0, ""
        _check(row)
        row.save()
    return row


def switch_feed(*, feed: int, on: bool, by: User) -> Feed:
    """Switched on it is due at once, also where it was retired: whoever presses the button knows why.

    Raises Feed.DoesNotExist.
    """
    with transaction.atomic(), history_of(by, gettext("Switched on") if on else gettext("Switched off")):
        row = Feed.objects.select_for_update().get(pk=feed)
        row.enabled = on
        if on:
            row.retired_reason, row.due = "", Now()
        row.save(update_fields=["enabled", "retired_reason", *(["due"] if on else [])])
    return row


def retire_feed(*, feed: int, reason: str, by: User) -> Feed:
    """Not read any more; what it brought stays. Raises Feed.DoesNotExist, or ValueError without a reason."""
    said = needs_reason(reason, gettext("Retiring a feed needs its reason."))
    with transaction.atomic(), history_of(by, said):
        row = Feed.objects.select_for_update().get(pk=feed)
        row.enabled, row.retired_reason = False, said
        row.save(update_fields=["enabled", "retired_reason"])
    return row


def load_feeds() -> int:
    """Add the feeds of the starter list that were never held, switched off; gives how many."""
    known = {address for pair in Feed.objects.values_list("address", "moved_from") for address in pair}
    rows = [
        Feed(address=feed.address, publisher=feed.publisher, language=feed.language, note=feed.note, enabled=False)
        for feed in read_feeds()
        if feed.address not in known
    ]
    Feed.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _decided(said: dict[str, Any]) -> dict[str, Any]:
    unknown = set(said) - set(EDITABLE)
    if unknown:
        raise TypeError(f"of a feed nobody decides {', '.join(sorted(unknown))}")
    return said


def _check(feed: Feed) -> None:
    """Everything that a person typed, before the database is asked to take it."""
    feed.full_clean(exclude=[field.name for field in Feed._meta.fields if field.name not in EDITABLE])
