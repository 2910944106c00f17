"""Teasers and their articles, over real HTTP on loopback: politely, once, and with the reason where there is none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from restrictions.actions.dispatches import Received
from restrictions.actions.feed_items import TRIES, keep_article, keep_item
from restrictions.domain.unreadable import Unreadable
from restrictions.feeds.http import Reach
from restrictions.feeds.parse import Item
from restrictions.models import Dispatch, DispatchVersion, Feed, FeedItem, Host
from restrictions.pipelines.articles import fetch_waiting
from restrictions.pipelines.polling import poll_due
from tests.loopback import Site, page, redirect, serving
from tests.record.feed_rows import LONG, article, item, make_feed, notes, rss, with_articles
from tests.record.together import break_writes, together

pytestmark = pytest.mark.django_db

SLEPT: list[float] = []


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    server.pages.clear()
    server.asked.clear()
    server.most_together = 0
    SLEPT.clear()
    return server


def fetch(site: Site, **limits: Any) -> int:
    """One visit. What it would have slept is noted, and nobody waits."""
    Host.objects.update(free_at=None)
    FeedItem.objects.filter(due__isnull=False).update(due=timezone.now())
    return fetch_waiting(site.door(), sleep=SLEPT.append, **limits)


def bodies() -> list[str]:
    return list(DispatchVersion.objects.order_by("pk").values_list("body", flat=True))


def test_a_teaser_waits_and_its_article_is_the_dispatch(site: Site) -> None:
    with_articles(site, 1)
    assert poll_due(site.door()) == 1
    waiting = FeedItem.objects.get()
    assert (waiting.state, waiting.body, Dispatch.objects.count()) == ("waiting", "It begins…", 0)
    assert fetch(site) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.body, waiting.note) == ("stored", "", "")
    assert waiting.dispatch is not None
    assert (waiting.dispatch.published_edtf, waiting.dispatch.address) == ("2024-05-30", f"{site.url}/story/1")
    assert bodies() == [f"Number 1. {LONG}".strip()]
    assert fetch(site) == 0


def test_a_feed_that_is_read_without_articles_stores_its_teasers(site: Site) -> None:
    feed = with_articles(site, 1)
    Feed.objects.filter(pk=feed.pk).update(fetches_articles=False)
    poll_due(site.door())
    assert bodies() == ["It begins…"]


def test_robots_are_read_once_a_day_and_heard(site: Site) -> None:
    robots = "User-agent: Caveat-tests\nDisallow: /story/2\nCrawl-delay: 3\n"
    with_articles(site, 1, 2, 3, robots=robots)
    poll_due(site.door())
    assert fetch(site) == 3
    assert site.paths().count("/robots.txt") == 1
    assert "/story/2" not in site.paths()
    assert site.most_together == 1
    assert SLEPT == [3.0, 3.0]
    assert sorted(notes()) == ["", "", "The site's robots.txt forbids reading its article."]
    assert "It begins…" in bodies()
    host = Host.objects.get()
    assert (host.robots, host.lease_token) == (robots, None)


def test_robots_of_yesterday_are_read_again(site: Site) -> None:
    feed = with_articles(site, 1)
    poll_due(site.door())
    name = FeedItem.objects.get().host
    Host.objects.update_or_create(name=name, defaults={"robots": "", "robots_at": timezone.now() - timedelta(hours=25)})
    fetch(site)
    assert site.paths().count("/robots.txt") == 1
    site.pages["/feed"] = page(rss(item(4, body="It begins…")))
    Feed.objects.filter(pk=feed.pk).update(due=timezone.now())
    Host.objects.update(free_at=None)
    poll_due(site.door())
    fetch(site)
    assert site.paths().count("/robots.txt") == 1


def test_a_host_rests_between_two_visits(site: Site) -> None:
    with_articles(site, 1, robots="User-agent: *\nCrawl-delay: 30\n")
    poll_due(site.door())
    fetch(site)
    free = Host.objects.get().free_at
    assert free is not None
    assert timedelta(seconds=25) < free - timezone.now() <= timedelta(seconds=30)


def test_a_visit_ends_in_time_and_the_next_goes_on(site: Site) -> None:
    with_articles(site, 1, 2, robots="User-agent: *\nCrawl-delay: 20\n")
    poll_due(site.door())
    assert fetch(site, seconds=10) == 0
    assert fetch(site, seconds=40) == 2


@pytest.mark.parametrize(
    ("robots", "why"),
    [
        (page("User-agent: *\nCrawl-delay: 7200", "text/plain"), "more than an hour"),
        (page("User-agent: *\nDisallow: /", "text/plain"), "forbids"),
    ],
)
def test_a_site_that_wants_no_programs_is_left_alone(site: Site, robots: Any, why: str) -> None:
    with_articles(site, 1)
    site.pages["/robots.txt"] = robots
    poll_due(site.door())
    assert fetch(site) == 1
    assert (bodies(), "/story/1" in site.paths()) == (["It begins…"], False)
    assert why in notes()[0]


def test_robots_that_cannot_be_read_are_asked_for_again_before_the_teaser_is_kept(site: Site) -> None:
    with_articles(site, 1)
    site.pages["/robots.txt"] = page("", status=503)
    poll_due(site.door())
    assert [fetch(site) for _ in range(TRIES)] == [0, 0, 1]
    assert "/story/1" not in site.paths()
    assert "robots.txt cannot be read" in notes()[0]


@pytest.mark.parametrize(
    ("say", "tries", "why"),
    [
        (page("", status=500), TRIES, "500"),
        (page("", status=403), 1, "403"),
        (page(b"%PDF", "application/pdf"), 1, "application/pdf"),
        (page("<html><body><p>Please log in.</p></body></html>", "text/html"), 1, "no more than the feed"),
        (redirect("/story/1"), 1, "leads on"),
        (redirect("http://169.254.169.254/latest/meta-data"), 1, "not to be visited"),
    ],
)
def test_what_fails_keeps_the_teaser_and_says_why(site: Site, say: Any, tries: int, why: str) -> None:
    with_articles(site, 1)
    site.pages["/story/1"] = say
    poll_due(site.door())
    kept = [fetch(site) for _ in range(tries)]
    assert sum(kept[:-1]) == 0
    assert FeedItem.objects.filter(state="stored").count() == 1 or fetch(site) == 1
    assert bodies() == ["It begins…"]
    assert why in notes()[0]


def test_an_article_at_another_host_is_asked_for_there_in_its_own_turn(site: Site) -> None:
    with_articles(site, 1)
    with serving() as other:
        other.pages |= {"/moved": page(article(f"Moved. {LONG}"), "text/html")}
        site.pages["/story/1"] = redirect(f"{other.url}/moved")
        poll_due(site.door())
        both = replace(site.door(), reach=Reach(frozenset({site.port, other.port})))
        Host.objects.update(free_at=None)
        assert fetch_waiting(both, sleep=SLEPT.append) == 0
        waiting = FeedItem.objects.get()
        assert (waiting.address, waiting.host) == (f"{other.url}/moved", f"127.0.0.1:{other.port}")
        assert fetch(other) == 1
        assert other.paths() == ["/robots.txt", "/moved"]
    assert bodies() == [f"Moved. {LONG}".strip()]


def test_a_changed_teaser_whose_article_fails_leaves_the_article(site: Site) -> None:
    feed = with_articles(site, 1)
    poll_due(site.door())
    fetch(site)
    site.pages |= {"/feed": page(rss(item(1, body="It begins anew…"))), "/story/1": page("", status=404)}
    Feed.objects.filter(pk=feed.pk).update(due=timezone.now())
    Host.objects.update(free_at=None)
    assert poll_due(site.door()) == 1
    assert fetch(site) == 1
    assert len(bodies()) == 1
    assert "404" in notes()[0]


def test_an_undated_item_takes_the_day_that_its_page_states(site: Site) -> None:
    with_articles(site, 1)
    site.pages["/feed"] = page(rss(item(1, body="It begins…", day="")))
    dated = article().replace("<html>", "<html><head><meta itemprop='datePublished' content='2024-05-29'></head>")
    site.pages["/story/1"] = page(dated, "text/html")
    poll_due(site.door())
    fetch(site)
    assert Dispatch.objects.get().published_edtf == "2024-05-29"


def test_what_cannot_be_stored_is_refused_with_the_reason_and_stops_no_other(site: Site) -> None:
    with_articles(site, 1)
    poll_due(site.door())
    break_writes("dispatchversion")
    assert fetch(site) == 0
    refused = FeedItem.objects.get()
    assert (refused.state, Dispatch.objects.count()) == ("refused", 0)
    assert "the disk is full" in refused.note


def test_an_article_that_cannot_be_written_leaves_the_item_waiting(site: Site) -> None:
    with_articles(site, 1)
    poll_due(site.door())
    waiting = FeedItem.objects.get()
    break_writes("feeditem", "UPDATE")
    with pytest.raises(IntegrityError):
        keep_article(item=waiting.pk, received=Received("T", LONG))
    assert (FeedItem.objects.get().state, Dispatch.objects.count()) == ("waiting", 0)


def test_an_item_that_is_none_is_refused_until_its_feed_changes_it() -> None:
    feed, now = make_feed(), timezone.now()
    said = {"feed": feed, "received": Unreadable("It holds no text", field="body"), "now": now}
    assert keep_item(item=Item("1", notes=("A note.",)), **said) == "refused"  # type: ignore[arg-type]
    assert keep_item(item=Item("1"), **said) == "known"  # type: ignore[arg-type]
    assert notes() == ["A note. It holds no text."]


def test_an_item_that_cannot_be_stored_leaves_nothing() -> None:
    feed = make_feed()
    break_writes("dispatch")
    with pytest.raises(IntegrityError):
        keep_item(feed=feed, item=Item("1", title="T"), received=Received("T", LONG), now=timezone.now())
    assert not FeedItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fetched_twice_at_once_each_article_is_asked_for_once(site: Site) -> None:
    with_articles(site, 1, 2, 3)
    poll_due(site.door())
    Host.objects.update(free_at=None)
    kept = together(*(lambda: fetch_waiting(site.door(), sleep=SLEPT.append),) * 3)
    assert sum(kept) == 3
    assert sorted(site.paths()) == ["/feed", "/robots.txt", "/story/1", "/story/2", "/story/3"]
    assert site.most_together == 1
    assert Dispatch.objects.count() == 3
