"""The feeds' desk: how each is at a glance, what it would bring, and what editors do with it."""

import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from restrictions.actions.curators import ensure_curators_group, ensure_editors_group
from restrictions.feeds.schedule import Health
from restrictions.models import Dispatch, Feed
from restrictions.pipelines import trying
from restrictions.pipelines.polling import poll_due
from tests.loopback import Site, page, serving
from tests.record.feed_rows import LONG, item, make_feed, rss

pytestmark = pytest.mark.django_db

TYPED = {"address": "https://news.example/feed", "publisher": "The Wire", "language": "en", "interval_minutes": "30"}


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("edda", is_staff=True)
    user.groups.add(ensure_editors_group())
    return user


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server that the desk's own door opens to, for this test."""
    with serving() as site:
        monkeypatch.setattr(trying, "public_door", site.door)
        yield site


def on(feed: Feed, name: str = "change") -> str:
    return reverse(f"admin:restrictions_feed_{name}", args=[feed.pk])


def text(response: Any) -> str:
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def of_every_health() -> dict[Health, Feed]:
    """One feed of each kind."""
    now = timezone.now()
    polled = {"last_polled": now, "last_item": now}
    changes: dict[Health, dict[str, Any]] = {
        Health.WELL: polled,
        Health.SILENT: {"last_polled": now, "last_item": now - timedelta(days=9), "usual_gap": timedelta(days=2)},
        Health.FAILING: polled | {"failures": 2, "last_failure": "The server answers 500."},
        Health.UNTRIED: {},
        Health.OFF: {"enabled": False, "note": "Address not tried."},
        Health.RETIRED: {"enabled": False, "retired_reason": "Gone for good (410)."},
    }
    return {
        health: make_feed(f"https://{health}.example/feed", publisher=f"The {health} one", **said)
        for health, said in changes.items()
    }


def test_health_is_the_same_in_the_list_and_for_each_feed() -> None:
    rows, now = of_every_health(), timezone.now()
    no_item = make_feed("https://empty.example/feed", last_polled=now)
    usual = make_feed("https://weekly.example/feed", last_polled=now, last_item=now - timedelta(days=9))
    Feed.objects.filter(pk=usual.pk).update(usual_gap=timedelta(days=4))
    usual.refresh_from_db()
    for feed in [*rows.values(), no_item, usual]:
        found = [health for health in Health if Feed.objects.in_health(health, now).filter(pk=feed.pk).exists()]
        assert found == [feed.health(now)]
    assert {health: feed.health(now) for health, feed in rows.items()} == {health: health for health in Health}


def test_the_list_shows_how_each_feed_is(desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    of_every_health()
    where = reverse("admin:restrictions_feed_changelist")
    with django_assert_max_num_queries(12):
        markup = text(desk.get(where))
    for words in ("well", "silent", "failing", "not polled yet", "off", "retired", "The server answers 500."):
        assert words in markup
    silent = text(desk.get(where, {"health": "silent"}))
    assert "The silent one" in silent
    assert "The well one" not in silent
    assert "The well one" in text(desk.get(where, {"health": "nonsense"}))


def test_a_feed_is_added_switched_off(desk: Client, editor: User) -> None:
    add = reverse("admin:restrictions_feed_add")
    assert "Minutes between polls" in text(desk.get(add))
    refused = text(desk.post(add, {**TYPED, "address": "file:///etc/passwd", "interval_minutes": "1"}))
    assert "Enter a valid URL" in refused
    assert not Feed.objects.exists()
    assert "Added, switched off" in text(desk.post(add, TYPED, follow=True))
    feed = Feed.objects.get()
    assert (feed.address, feed.interval_minutes, feed.fetches_articles, feed.enabled) == (
        TYPED["address"],
        30,
        False,
        False,
    )
    assert "here already" in text(desk.post(add, TYPED))


def test_a_feed_is_edited(desk: Client) -> None:
    feed = make_feed(failures=1, last_failure="It said no.")
    markup = text(desk.get(on(feed)))
    for words in ("It said no.", "Switch off", "Try it", "Nothing yet"):
        assert words in markup
    assert "Ensure this value" in text(desk.post(on(feed), {**TYPED, "interval_minutes": "1"}))
    assert "Saved" in text(desk.post(on(feed), {**TYPED, "fetches_articles": "on"}, follow=True))
    feed.refresh_from_db()
    assert (feed.language, feed.interval_minutes, feed.fetches_articles) == ("en", 30, True)
    assert desk.get(reverse("admin:restrictions_feed_change", args=["x"])).status_code == 302


def test_switched_on_off_and_retired_with_a_reason(desk: Client) -> None:
    feed = make_feed(enabled=False)
    assert "polled within a minute" in text(desk.post(on(feed, "switch"), {"to": "on"}, follow=True))
    assert "in 1" not in text(desk.get(reverse("admin:restrictions_feed_changelist")))
    assert "Switched off" in text(desk.post(on(feed, "switch"), {"to": "off"}, follow=True))
    assert "Nothing was changed" in text(desk.post(on(feed, "switch"), {"to": "up"}, follow=True))
    assert "needs its reason" in text(desk.post(on(feed, "retire"), follow=True))
    assert "It became a shop." in text(desk.post(on(feed, "retire"), {"reason": "It became a shop."}, follow=True))
    feed.refresh_from_db()
    assert feed.health(timezone.now()) is Health.RETIRED
    assert desk.get(on(feed, "switch")).status_code == 405


def test_trying_shows_what_would_come_and_stores_nothing(desk: Client, site: Site) -> None:
    hostile = item(2, link="/story/2", body="It begins…").replace("Story 2", "&lt;script&gt;alert(1)&lt;/script&gt;Two")
    site.pages["/feed"] = page(rss(item(1), hostile, item(3, day="Fri, 31 Dec 9999 23:59:59 GMT")))
    feed = make_feed(f"{site.url}/feed", enabled=False, fetches_articles=True)
    assert desk.get(on(feed, "try")).status_code == 405
    response = desk.post(on(feed, "try"))
    markup = text(response)
    for words in ("3 items, 3 new.", "Nothing was stored.", "30 May 2024", "still to come", "undated", "Switch on"):
        assert words in markup
    assert "the article would be fetched" in markup
    assert "alert(1)" not in response.content.decode()
    assert not Dispatch.objects.exists()
    site.pages["/feed"] = page("", status=404)
    assert "The server answers 404" in text(desk.post(on(feed, "try")))


def test_the_page_shows_what_came_of_each_item(desk: Client, site: Site) -> None:
    site.pages["/feed"] = page(rss(item(1), item(2, day="Mon, 01 Jan 0001 00:00:00 GMT", body=f"2. {LONG}")))
    feed = make_feed(f"{site.url}/feed")
    poll_due(site.door())
    markup = text(desk.get(on(feed)))
    assert "before there were feeds" in markup
    assert "Story 2" in markup
    assert reverse("admin:restrictions_dispatch_change", args=[Dispatch.objects.earliest("pk").pk]) in markup


def test_curators_have_no_feeds_to_look_at() -> None:
    user = User.objects.create_user("anna", is_staff=True)
    user.groups.add(ensure_curators_group())
    client, feed = Client(), make_feed()
    client.force_login(user)
    assert client.get(on(feed)).status_code == 403
    assert {client.post(on(feed, name)).status_code for name in ("try", "switch", "retire", "change")} == {403}
