"""Wherever a redirect leads, no host is asked that is not held: over real HTTP, on two servers of loopback."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone

from restrictions.actions.polls import lease_host, release_host
from restrictions.feeds.http import Door, Reach
from restrictions.models import Dispatch, Feed, FeedItem, Host
from restrictions.pipelines.articles import HOSTS_ON_THE_WAY, fetch_waiting
from restrictions.pipelines.going_out import Hold
from restrictions.pipelines.holding import held_here, side_by_side
from restrictions.pipelines.polling import poll_due
from restrictions.pipelines.trying import try_feed
from tests.loopback import Site, drip, page, redirect, serving
from tests.record.feed_rows import LONG, article, item, make_feed, rss, with_articles

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Site, Site]]:
    with serving() as one, serving() as other:
        yield one, other


@pytest.fixture
def sites(servers: tuple[Site, Site]) -> tuple[Site, Site]:
    """Two hosts without a page."""
    for site in servers:
        site.pages.clear()
        site.asked.clear()
        site.most_together = 0
    return servers


def door(*sites: Site) -> Door:
    return replace(sites[0].door(), reach=Reach(frozenset(site.port for site in sites)))


def led(sites: tuple[Site, Site], status: int = 302) -> Feed:
    """A feed whose address leads to the other host."""
    sites[0].pages["/feed"] = redirect(f"{sites[1].url}/there", status)
    sites[1].pages["/there"] = page(rss(item(1)), ETag='"7"')
    return make_feed(f"{sites[0].url}/feed")


def name(site: Site) -> str:
    return f"127.0.0.1:{site.port}"


def test_a_feed_at_another_host_is_read_while_that_host_is_held(sites: tuple[Site, Site]) -> None:
    feed = led(sites)
    assert poll_due(door(*sites)) == 1
    feed.refresh_from_db()
    assert (feed.etag, feed.moved_from, feed.failures) == ('"7"', "", 0)
    assert Dispatch.objects.get().address == f"{sites[1].url}/story/1"
    assert not Host.objects.exclude(leased_until=None).exists()
    assert Host.objects.count() == 2


def test_where_that_host_is_not_to_be_had_the_feed_waits_and_nobody_failed(sites: tuple[Site, Site]) -> None:
    feed = led(sites)
    token = lease_host(host=name(sites[1]), now=timezone.now())
    assert token
    assert poll_due(door(*sites)) == 0
    feed.refresh_from_db()
    assert (sites[1].asked, feed.failures, feed.last_polled) == ([], 0, None)
    assert feed.last_result == "It leads to another host, whose turn is waited for."
    assert timedelta(minutes=4) < feed.due - timezone.now() < timedelta(minutes=6)
    trial = try_feed(feed, door(*sites))
    assert f"leads to {name(sites[1])}, which is being asked just now" in trial.failure
    release_host(host=name(sites[1]), token=token, free_at=timezone.now() + timedelta(minutes=9))
    assert not try_feed(feed, door(*sites)).items
    Host.objects.update(free_at=None)
    assert [tried.item.title for tried in try_feed(feed, door(*sites)).items] == ["Story 1"]


def test_a_host_that_many_lead_to_is_asked_by_one_at_a_time(sites: tuple[Site, Site]) -> None:
    led(sites)
    sites[1].pages["/there"] = drip(b"HTTP/1.0 200 OK\r\n\r\n", b" ", drops=3)
    with serving() as third:
        third.pages["/feed"] = redirect(f"{sites[1].url}/there")
        make_feed(f"{third.url}/feed")
        make_feed(f"{sites[1].url}/there?own")
        sites[1].pages["/there?own"] = sites[1].pages["/there"]
        for _ in range(3):
            poll_due(door(*sites, third))
            Feed.objects.filter(last_polled=None).update(due=timezone.now())
    assert sites[1].most_together == 1
    assert not Feed.objects.filter(last_polled=None).exists()


def test_a_lasting_move_to_another_host_is_remembered(sites: tuple[Site, Site]) -> None:
    feed = led(sites, 301)
    poll_due(door(*sites))
    feed.refresh_from_db()
    assert (feed.address, feed.moved_from) == (f"{sites[1].url}/there", f"{sites[0].url}/feed")


def test_a_feed_that_a_passing_redirect_finds_gone_is_not_retired(sites: tuple[Site, Site]) -> None:
    feed = led(sites)
    sites[1].pages["/there"] = page("", status=410)
    poll_due(door(*sites))
    feed.refresh_from_db()
    assert (feed.enabled, feed.failures) == (True, 1)


def test_a_way_back_is_followed_and_a_ring_ends(sites: tuple[Site, Site]) -> None:
    feed = led(sites)
    sites[1].pages["/there"] = redirect(f"{sites[0].url}/back")
    sites[0].pages["/back"] = page(rss(item(1)))
    assert poll_due(door(*sites)) == 1
    sites[0].pages["/back"] = redirect(f"{sites[1].url}/there")
    assert "leads on more than 5 times" in try_feed(feed, door(*sites)).failure
    assert sites[0].most_together == sites[1].most_together == 1


def test_robots_at_another_host_are_read_while_that_host_is_held(sites: tuple[Site, Site]) -> None:
    with_articles(sites[0], 1)
    sites[0].pages["/robots.txt"] = redirect(f"{sites[1].url}/robots.txt")
    sites[1].pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 7\n", "text/plain")
    poll_due(door(*sites))
    slept: list[float] = []
    with held_here(name(sites[1])) as held:
        assert held
        assert fetch_waiting(door(*sites), sleep=slept.append) == 0
    assert (sites[1].asked, FeedItem.objects.get().attempts) == ([], 0)
    Host.objects.update(free_at=None)
    sites[0].pages["/story/1"] = page(article(f"Whole. {LONG}"), "text/html")
    assert fetch_waiting(door(*sites), sleep=slept.append) == 1
    assert slept == [7.0]
    assert not Host.objects.exclude(leased_until=None).exists()


def test_an_article_that_moves_from_host_to_host_ends_as_its_teaser(sites: tuple[Site, Site]) -> None:
    with_articles(sites[0], 1)
    sites[0].pages["/story/1"] = redirect(f"{sites[1].url}/moved")
    sites[1].pages["/moved"] = redirect(f"{sites[0].url}/story/1")
    poll_due(door(*sites))
    kept = []
    for _ in range(HOSTS_ON_THE_WAY + 1):
        Host.objects.update(free_at=None)
        kept.append(fetch_waiting(door(*sites), sleep=lambda _: None))
    assert kept == [0] * HOSTS_ON_THE_WAY + [1]
    assert "leads to another host" in FeedItem.objects.get().note
    assert (sites[0].paths().count("/story/1"), sites[1].paths().count("/moved")) == (3, 3)


def test_who_gives_up_leaves_no_thread_waiting_for_a_host() -> None:
    failed = Event()

    def ask(job: str, hold: Hold) -> bool:
        if job == "fails":
            failed.set()
            raise RuntimeError(job)
        failed.wait()
        time.sleep(0.05)
        with hold("one.example") as one, hold("two.example") as two:
            return one or two

    with pytest.raises(RuntimeError, match="fails"):
        list(side_by_side(["fails", "asks"], ask))
    assert not Host.objects.exists()
