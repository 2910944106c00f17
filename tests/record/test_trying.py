"""Trying a feed shows what would come in, and stores nothing of it."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from restrictions.actions.polls import lease_host
from restrictions.models import Dispatch, Feed, FeedItem, Host
from restrictions.pipelines.polling import poll_due
from restrictions.pipelines.trying import Prospect, try_feed
from tests.loopback import Site, page, redirect, serving
from tests.record.feed_rows import LONG, item, make_feed, rss

pytestmark = pytest.mark.django_db

ARMS = "The United States now lets Ukraine fire ATACMS missiles at targets inside Russia, officials said on Thursday."


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_each_item_with_what_would_become_of_it(site: Site) -> None:
    site.pages["/feed"] = page(rss(item(1), item(9, body=f"Elsewhere. {LONG}")), ETag='"7"')
    feed = make_feed(f"{site.url}/feed", language="en")
    poll_due(site.door())
    FeedItem.objects.get(key="n-9").delete()
    long_link = f"https://news.example/{'x' * 2100}"
    site.pages["/feed"] = page(rss(item(1), item(2), item(3, body=ARMS), item(4, link=long_link), item(9)), ETag='"7"')
    before = (Dispatch.objects.count(), FeedItem.objects.count(), Feed.objects.values().get())
    site.asked.clear()
    trial = try_feed(feed, site.door())
    assert [tried.prospect for tried in trial.items] == [
        Prospect.KNOWN,
        Prospect.IRRELEVANT,
        Prospect.NEW,
        Prospect.REFUSED,
        Prospect.HELD,
    ]
    assert trial.items[1].why
    assert trial.items[2].claims == 1
    assert "2,000 bytes" in trial.items[3].why
    assert (trial.found, trial.title, trial.failure) == ("5 items, 4 new.", "The Wire", "")
    assert (Dispatch.objects.count(), FeedItem.objects.count(), Feed.objects.values().get()) == before
    assert site.asked[0][1]["If-None-Match"] is None
    assert Host.objects.get().lease_token is None


def test_a_teaser_says_that_its_article_would_be_fetched(site: Site) -> None:
    site.pages["/feed"] = page(rss(item(1, body="It begins…")))
    trial = try_feed(make_feed(f"{site.url}/feed", fetches_articles=True), site.door())
    assert trial.items[0].fetches
    assert "/story/1" not in site.paths()


def test_what_is_no_feed_says_why(site: Site) -> None:
    site.pages |= {"/feed": page("<html></html>", "text/html"), "/gone": page("", status=410)}
    assert "web page" in try_feed(make_feed(f"{site.url}/feed"), site.door()).failure
    gone = make_feed(f"{site.url}/gone")
    assert "gone for good" in try_feed(gone, site.door()).failure
    gone.refresh_from_db()
    assert (gone.retired_reason, gone.failures) == ("", 0)
    assert "not to be visited" in try_feed(make_feed("http://192.168.0.1/feed")).failure


def test_a_move_is_told_and_not_yet_remembered(site: Site) -> None:
    site.pages |= {"/feed": redirect("/new", 301), "/new": page(rss(item(1)))}
    feed = make_feed(f"{site.url}/feed")
    assert try_feed(feed, site.door()).moved_to == f"{site.url}/new"
    feed.refresh_from_db()
    assert feed.address == f"{site.url}/feed"


def test_a_host_that_is_being_read_is_not_asked_twice(site: Site) -> None:
    feed = make_feed(f"{site.url}/feed")
    assert lease_host(host=f"127.0.0.1:{site.port}", now=timezone.now())
    site.asked.clear()
    assert "Try again in a minute" in try_feed(feed, site.door()).failure
    assert not site.asked
