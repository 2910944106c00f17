"""What people do with feeds, and what the database itself refuses of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from restrictions.actions.feeds import add_feed, edit_feed, load_feeds, retire_feed, switch_feed
from restrictions.actions.reference import load_reference
from restrictions.models import Feed, FeedItem, Host
from tests.record.feed_rows import make_feed
from tests.record.refusal import why_refused
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/feed"


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def history() -> list[dict[str, Any]]:
    """The feeds' history: what was done, with its reason and by whom."""
    events = apps.get_model("restrictions", "FeedEvent").objects.order_by("pgh_id")
    return [{"label": event.pgh_label, **(event.pgh_context.metadata if event.pgh_context else {})} for event in events]


def test_a_feed_is_added_switched_off_and_with_its_history(editor: User) -> None:
    feed = add_feed(by=editor, address=ADDRESS, publisher="The Wire", language="fr", interval_minutes=30)
    feed.refresh_from_db()
    assert (feed.enabled, feed.interval_minutes, feed.fetches_articles) == (False, 30, True)
    assert history() == [{"label": "insert", "user": editor.pk, "reason": "Added"}]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address": "file:///etc/passwd"}, "address"),
        ({"address": "no address"}, "address"),
        ({"address": ADDRESS}, "address"),
        ({"publisher": ""}, "publisher"),
        ({"interval_minutes": 1}, "__all__"),
        ({"interval_minutes": 20_000}, "__all__"),
        ({"language": "français, mon ami"}, "language"),
    ],
)
def test_what_cannot_be_is_refused_by_field(editor: User, said: dict[str, Any], field: str) -> None:
    make_feed(ADDRESS)
    with pytest.raises(ValidationError) as caught:
        add_feed(by=editor, **{"address": "https://other.example/feed", "publisher": "The Wire"} | said)
    assert field in caught.value.message_dict
    assert Feed.objects.count() == 1


def test_nobody_decides_what_a_poll_leaves_behind(editor: User) -> None:
    with pytest.raises(TypeError, match="failures"):
        add_feed(by=editor, address=ADDRESS, publisher="The Wire", failures=0)


def test_a_feed_that_cannot_be_written_leaves_nothing(editor: User) -> None:
    break_writes("feedevent")
    with pytest.raises(IntegrityError, match="the disk is full"):
        add_feed(by=editor, address=ADDRESS, publisher="The Wire")
    assert not Feed.objects.exists()


def test_editing_keeps_what_polls_left_unless_the_address_changes(editor: User) -> None:
    feed = make_feed(ADDRESS, etag="7", failures=2, last_failure="It said no.")
    edit_feed(feed=feed.pk, by=editor, publisher="The Other Wire")
    feed.refresh_from_db()
    assert (feed.publisher, feed.etag, feed.failures, feed.moved_from) == ("The Other Wire", "7", 2, "")
    edit_feed(feed=feed.pk, by=editor, address="https://news.example/new")
    feed.refresh_from_db()
    assert (feed.etag, feed.failures, feed.last_failure, feed.moved_from) == ("", 0, "", ADDRESS)
    assert [event["label"] for event in history()] == ["insert", "update", "update"]


def test_an_edit_that_cannot_be_changes_nothing(editor: User) -> None:
    feed = make_feed(ADDRESS)
    with pytest.raises(ValidationError):
        edit_feed(feed=feed.pk, by=editor, interval_minutes=0)
    feed.refresh_from_db()
    assert feed.interval_minutes == 60


def test_an_edit_that_cannot_be_written_changes_nothing(editor: User) -> None:
    feed = make_feed(ADDRESS)
    break_writes("feedevent")
    with pytest.raises(IntegrityError):
        edit_feed(feed=feed.pk, by=editor, publisher="The Other Wire")
    feed.refresh_from_db()
    assert feed.publisher == "The Wire"


def test_a_feed_is_switched_on_at_once_and_off(editor: User) -> None:
    later = timezone.now() + timedelta(days=1)
    feed = make_feed(ADDRESS, enabled=False, due=later)
    switch_feed(feed=feed.pk, on=True, by=editor)
    assert Feed.objects.due(timezone.now()).get() == feed
    switch_feed(feed=feed.pk, on=False, by=editor)
    assert not Feed.objects.due(timezone.now()).exists()
    assert [event.get("reason") for event in history()] == [None, "Switched on", "Switched off"]


def test_a_retired_feed_says_why_and_can_be_switched_on_again(editor: User) -> None:
    feed = make_feed(ADDRESS)
    with pytest.raises(ValueError, match="needs its reason"):
        retire_feed(feed=feed.pk, reason=" ", by=editor)
    retire_feed(feed=feed.pk, reason="It became a shop.", by=editor)
    feed.refresh_from_db()
    assert (feed.enabled, feed.retired_reason) == (False, "It became a shop.")
    assert history()[-1]["reason"] == "It became a shop."
    switch_feed(feed=feed.pk, on=True, by=editor)
    feed.refresh_from_db()
    assert (feed.enabled, feed.retired_reason) == (True, "")


@pytest.mark.parametrize("change", [switch_feed, retire_feed])
def test_what_is_not_there_or_cannot_be_written_changes_nothing(editor: User, change: Any) -> None:
    said = {"on": True} if change is switch_feed else {"reason": "x"}
    with pytest.raises(Feed.DoesNotExist):
        change(feed=0, by=editor, **said)
    feed = make_feed(ADDRESS, enabled=change is retire_feed)
    break_writes("feedevent")
    with pytest.raises(IntegrityError):
        change(feed=feed.pk, by=editor, **said)
    feed.refresh_from_db()
    assert (feed.enabled, feed.retired_reason) == (change is retire_feed, "")


def test_the_starter_list_is_loaded_once_switched_off_and_marked() -> None:
    assert load_reference()["feeds"] == 25
    assert load_feeds() == 0
    assert Feed.objects.filter(enabled=False, note__contains="not tried").count() == 25
    moved = Feed.objects.earliest("pk")
    Feed.objects.filter(pk=moved.pk).update(address="https://news.example/moved", moved_from=moved.address)
    assert load_feeds() == 0


def item(feed: Feed, **changes: Any) -> FeedItem:
    values = {"key": "1", "digest": "0" * 64, "state": "refused", "note": "It holds no text."} | changes
    return FeedItem.objects.create(feed=feed, **values)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"retired_reason": "Gone.", "enabled": True}, "feed_retired_is_off"),
        ({"failures": 1}, "feed_failure_has_reason"),
        ({"last_failure": "It said no."}, "feed_failure_has_reason"),
        ({"interval_minutes": 4}, "feed_interval_is_sane"),
        ({"moved_from": ADDRESS}, "feed_moved_elsewhere"),
    ],
)
def test_the_database_refuses_feeds_that_cannot_be(changes: dict[str, Any], says: str) -> None:
    assert says in why_refused(lambda: make_feed(ADDRESS, **changes))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"state": "stored"}, "feed_item_stored_is_a_dispatch"),
        ({"note": ""}, "feed_item_refused_has_reason"),
        ({"state": "waiting", "address": "https://a.example/1", "host": "a.example"}, "feed_item_waits_for_something"),
        ({"published_edtf": "2024"}, "feeditem_published_is_whole"),
    ],
)
def test_the_database_refuses_items_that_cannot_be(changes: dict[str, Any], says: str) -> None:
    feed = make_feed()
    assert says in why_refused(lambda: item(feed, **changes))
    item(feed)
    assert "feed_item_once" in why_refused(lambda: item(feed))


def test_a_lease_has_its_holder_and_its_end() -> None:
    assert "host_lease_is_whole" in why_refused(
        lambda: Host.objects.create(name="news.example", leased_until=timezone.now())
    )


def test_rows_say_what_they_are() -> None:
    feed = make_feed(ADDRESS)
    assert str(feed) == f"The Wire: {ADDRESS}"
    assert [str(item(feed)), str(item(feed, key="2", title="A")), str(Host(name="a.example"))] == [
        "1",
        "A",
        "a.example",
    ]
