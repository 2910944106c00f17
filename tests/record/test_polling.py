"""Feeds are polled over real HTTP on loopback: what comes in is stored once, and what follows is remembered."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from restrictions.actions import polls
from restrictions.actions.polls import ITEMS_A_VISIT, lease_feeds, lease_hosts, record_poll, release_host
from restrictions.feeds.answers import AnswerKind
from restrictions.feeds.http import Door
from restrictions.feeds.schedule import Health, Next, Standing
from restrictions.models import Dispatch, DispatchVersion, Feed, FeedItem, Host
from restrictions.pipelines.going_out import door as public_door
from restrictions.pipelines.polling import poll_due
from tests.loopback import AGENT, Site, drip, page, redirect, serving
from tests.record.feed_rows import LONG, item, make_feed, notes, rss
from tests.record.together import break_writes, together

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    server.pages.clear()
    server.asked.clear()
    server.most_together = 0
    return server


def polled(site: Site, say: Any, **changes: Any) -> Feed:
    """The feed after one poll that was answered so."""
    site.pages["/feed"] = say
    feed = make_feed(f"{site.url}/feed", **changes)
    poll_due(site.door())
    feed.refresh_from_db()
    return feed


def again(feed: Feed, site: Site) -> int:
    """How much was new when the feed was due again."""
    Feed.objects.filter(pk=feed.pk).update(due=timezone.now())
    new = poll_due(site.door())
    feed.refresh_from_db()
    return new


def test_items_become_dispatches_marked_with_their_feed(site: Site) -> None:
    feed = polled(site, page(rss(item(2), item(1, day="")), ETag='"7"'), language="en")
    first, second = Dispatch.objects.order_by("pk")
    assert (first.address, first.publisher) == (f"{site.url}/story/1", "The Wire")
    assert first.published_edtf is None
    assert (second.published_edtf, second.state) == ("2024-05-30", "new")
    version = DispatchVersion.objects.get(dispatch=second)
    assert (version.title, version.body, version.language) == ("Story 2", LONG.strip(), "en")
    assert [row.feed for row in second.feed_items.all()] == [feed]
    assert (feed.kind, feed.etag, feed.failures, feed.last_failure) == ("rss", '"7"', 0, "")
    assert feed.health(timezone.now()) is Health.WELL
    assert timedelta(minutes=59) < feed.due - timezone.now() < timedelta(minutes=67)


def test_what_was_brought_before_is_not_brought_again(site: Site) -> None:
    feed = polled(site, page(rss(item(1))))
    site.pages["/feed"] = page(rss(item(2), item(1)))
    assert again(feed, site) == 1
    assert again(feed, site) == 0
    assert (Dispatch.objects.count(), FeedItem.objects.count()) == (2, 2)


def test_a_feed_that_changes_an_item_makes_a_version(site: Site) -> None:
    feed = polled(site, page(rss(item(1))))
    site.pages["/feed"] = page(rss(item(1, body=f"Corrected. {LONG}")))
    assert again(feed, site) == 1
    assert [version.number for version in Dispatch.objects.get().versions.all()] == [1, 2]


def test_an_unchanged_feed_is_asked_with_what_it_said(site: Site) -> None:
    feed = polled(site, page(rss(item(1)), ETag='"7"', Last_Modified="Thu, 30 May 2024 08:00:00 GMT"))
    site.pages["/feed"] = page("", status=304)
    site.asked.clear()
    assert again(feed, site) == 0
    [(_, headers)] = site.asked
    assert (headers["If-None-Match"], headers["User-Agent"]) == ('"7"', AGENT)
    assert (feed.failures, feed.etag) == (0, '"7"')


def test_a_story_that_two_feeds_bring_is_one_dispatch_of_both(site: Site) -> None:
    site.pages["/other"] = page(rss(item(1)))
    polled(site, page(rss(item(1))))
    make_feed(f"{site.url}/other")
    assert poll_due(site.door()) == 1
    assert Dispatch.objects.get().feed_items.count() == 2


def test_a_move_is_remembered_and_a_move_onto_another_feed_retires(site: Site) -> None:
    site.pages["/new"] = page(rss(item(1)))
    feed = polled(site, redirect("/new", 301))
    assert (feed.address, feed.moved_from) == (f"{site.url}/new", f"{site.url}/feed")
    other = polled(site, redirect("/new", 301))
    assert not other.enabled
    assert "read already as a feed of its own" in other.retired_reason
    assert other.address == f"{site.url}/feed"


def test_a_passing_redirect_is_not_remembered(site: Site) -> None:
    site.pages["/new"] = page(rss(item(1)))
    assert polled(site, redirect("/new", 302)).moved_from == ""


def test_a_feed_that_is_gone_retires_with_the_reason(site: Site) -> None:
    feed = polled(site, page("", status=410))
    assert (feed.enabled, feed.health(timezone.now())) == (False, Health.RETIRED)
    assert "gone for good" in feed.retired_reason
    assert poll_due(site.door()) == 0
    assert len(site.asked) == 1


BOMB = "<!DOCTYPE rss [<!ENTITY a 'boom'>]>" + rss("<item><title>&a;</title></item>")
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss version='2.0'><channel>"


@pytest.mark.parametrize(
    ("say", "reason"),
    [
        (page("", status=500), "500"),
        (page("", status=404), "404"),
        (drip(ENDLESS, b"<item/>"), "did not finish within"),
        (drip(ENDLESS, b"<item/>" * 1000, every=0), "larger than"),
        (page(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"), "larger than"),
        (page(BOMB), "entities of its own"),
        (page(BOMB.replace("'boom'", "SYSTEM 'file:///etc/passwd'")), "entities of its own"),
        (redirect("/feed"), "leads on more than 5 times"),
        (page("<html><body>Parked</body></html>", "text/html"), "web page"),
        (page(b"%PDF", "application/pdf"), "application/pdf"),
        (redirect("http://10.0.0.1/feed"), "not to be visited"),
    ],
)
def test_a_feed_that_fails_says_why_and_is_asked_less_often(site: Site, say: Any, reason: str) -> None:
    site.pages["/feed"] = say
    feed = make_feed(f"{site.url}/feed")
    assert poll_due(site.door(seconds=0.5, bytes=1_000_000)) == 0
    feed.refresh_from_db()
    assert reason in feed.last_failure
    assert (feed.failures, feed.health(timezone.now())) == (1, Health.FAILING)
    assert feed.due - timezone.now() > timedelta(minutes=115)
    assert not Dispatch.objects.exists()


def test_hostile_and_broken_items_are_kept_undated_or_counted(site: Site) -> None:
    odd = rss(
        item(1, day="Mon, 01 Jan 0001 00:00:00 GMT"),
        item(2, day="Fri, 31 Dec 9999 23:59:59 GMT", body=f"Two. {LONG}"),
        "<item/>",
        item(3, link=f"https://news.example/{'x' * 2100}", body=f"Three. {LONG}"),
    )
    polled(site, page(odd))
    assert [row.published_edtf for row in Dispatch.objects.all()] == [None, None]
    refused, future, ancient = notes()
    assert "address is longer than 2,000 bytes" in refused
    assert "still to come" in future
    assert "before there were feeds" in ancient
    assert FeedItem.objects.get(state="refused").dispatch is None


def test_a_lying_encoding_is_read_as_what_it_is(site: Site) -> None:
    text = rss(item(1, body=f"Zürich. {LONG}"))
    polled(site, page(text.encode(), "application/rss+xml; charset=iso-8859-1"))
    assert DispatchVersion.objects.get().body.startswith("Zürich.")


def test_what_was_not_read_is_counted(site: Site) -> None:
    text = rss("<item><title>Story</title></item>", "<item/>" * 1_002)
    feed = polled(site, page(text))
    assert feed.last_result == "1 items, 1 new. 999 said nothing. 3 beyond the first 1,000 were not read."
    site.pages["/feed"] = page("", status=304)
    again(feed, site)
    assert feed.last_result == "Nothing changed."
    site.pages["/feed"] = page("", status=500)
    again(feed, site)
    assert feed.last_result == "No feed."


def test_of_a_hundred_thousand_items_the_first_are_read_and_the_others_counted(site: Site) -> None:
    first = [item(1), item(2, body=f"Two. {LONG}"), *["<item/>"] * 998]
    others = (f"<item><title>{number}</title></item>" for number in range(99_000))
    feed = polled(site, page(rss(*first, *others)))
    assert feed.last_result == "2 items, 2 new. 998 said nothing. 99,000 beyond the first 1,000 were not read."
    assert (feed.failures, Dispatch.objects.count(), FeedItem.objects.count()) == (0, 2, 2)
    assert again(feed, site) == 0


def test_feeds_of_one_host_are_polled_one_after_the_other(site: Site) -> None:
    for number in range(3):
        site.pages[f"/{number}"] = drip(b"", b"", every=0.05, drops=1)
        make_feed(f"{site.url}/{number}")
    poll_due(site.door())
    assert sorted(site.paths()) == ["/0", "/1", "/2"]
    assert site.most_together == 1
    assert Host.objects.get().leased_until is None


def test_a_host_that_is_being_asked_is_left_alone_until_its_lease_ends(site: Site) -> None:
    feed = make_feed(f"{site.url}/feed")
    now = timezone.now()
    [leased] = lease_feeds(now=now, most=8)
    assert leased.feed == feed
    assert lease_feeds(now=now, most=8) == []
    [late] = lease_feeds(now=now + polls.LEASE, most=8)
    nothing = Next(Standing(timedelta(hours=1)), now)
    assert not record_poll(leased=leased, following=nothing, result="")
    assert record_poll(leased=late, following=nothing, result="")
    assert not release_host(host=late.host, token=late.token)


def test_a_host_that_rests_keeps_no_other_waiting() -> None:
    now = timezone.now()
    for number, host in enumerate(["resting.example", "asked.example", "free.example"]):
        feed = make_feed(f"https://{host}/feed", due=now - timedelta(hours=3 - number))
        waits = {"state": "waiting", "host": host, "address": f"https://{host}/1", "due": feed.due}
        FeedItem.objects.bulk_create(
            FeedItem(feed=feed, key=f"{host} {key}", digest="-", **waits) for key in range(300)
        )
    Host.objects.create(name="resting.example", free_at=now + timedelta(hours=1))
    Host.objects.create(name="asked.example", lease_token=uuid4(), leased_until=now + timedelta(minutes=1))
    [polled] = lease_feeds(now=now, most=2)
    assert polled.host == "free.example"
    release_host(host=polled.host, token=polled.token)
    [visited] = lease_hosts(now=now, most=2)
    assert (visited.host.name, len(visited.items)) == ("free.example", ITEMS_A_VISIT)
    assert {item.host for item in visited.items} == {"free.example"}


def test_a_poll_that_cannot_be_recorded_changes_nothing(site: Site) -> None:
    make_feed(f"{site.url}/feed")
    [leased] = lease_feeds(now=timezone.now(), most=8)
    before = Feed.objects.values().get()
    break_writes("feed", "UPDATE")
    with pytest.raises(IntegrityError):
        record_poll(leased=leased, following=Next(Standing(timedelta(hours=1)), timezone.now()), result="")
    assert Feed.objects.values().get() == before
    assert Host.objects.get().lease_token == leased.token


def test_what_cannot_be_stored_is_a_failure_of_the_poll_and_comes_again(site: Site) -> None:
    site.pages["/feed"] = page(rss(item(1)), ETag='"7"')
    feed = make_feed(f"{site.url}/feed")
    break_writes("dispatch")
    assert poll_due(site.door()) == 0
    feed.refresh_from_db()
    assert "could not be stored: IntegrityError: the disk is full" in feed.last_failure
    assert feed.etag == ""
    assert not FeedItem.objects.exists()


def test_no_new_round_is_begun_when_the_time_is_up(site: Site) -> None:
    for number in range(3):
        make_feed(f"{site.url}/{number}")
    poll_due(site.door(), seconds=0)
    assert len(site.asked) == 1


@pytest.mark.django_db(transaction=True)
def test_polled_twice_at_once_everything_is_stored_once(site: Site) -> None:
    site.pages["/feed"] = page(rss(*(item(number, body=f"{number}. {LONG}") for number in range(5))))
    make_feed(f"{site.url}/feed")
    make_feed(f"{site.url}/feed?again")
    site.pages["/feed?again"] = site.pages["/feed"]
    news = together(*(lambda: poll_due(site.door()),) * 3)
    assert sum(news) == 10
    assert site.most_together == 1
    assert (Dispatch.objects.count(), FeedItem.objects.count()) == (5, 10)


def test_the_running_program_reaches_public_addresses_alone(settings: Any) -> None:
    settings.CONTACT = "https://caveat.example/about"
    door = public_door()
    assert door.agent == "Caveat/0.1 (+https://caveat.example/about)"
    assert door == Door(door.agent)
    feed = make_feed("http://127.0.0.1:6399/feed")
    assert poll_due() == 0
    feed.refresh_from_db()
    assert "not to be visited" in feed.last_failure
    settings.CONTACT = ""
    assert "no contact" in public_door().agent
    assert door.fetch("http://localhost.localdomain.invalid:22/").kind is AnswerKind.NOT_PUBLIC
