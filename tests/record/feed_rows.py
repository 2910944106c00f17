"""Feeds over a loopback server, for the tests of what is polled and fetched."""

from typing import Any

from restrictions.models import Feed, FeedItem
from tests.loopback import Site, page

SENTENCE = "The government said on Thursday that it would now allow the use of the weapons that it had given. "
LONG = SENTENCE * 15


def make_feed(address: str = "https://news.example/feed", **changes: Any) -> Feed:
    """A feed that is switched on and due, and whose items are taken as they are."""
    values = {"publisher": "The Wire", "enabled": True, "fetches_articles": False} | changes
    return Feed.objects.create(address=address, **values)


def item(number: int = 1, *, body: str = LONG, day: str = "Thu, 30 May 2024 08:00:00 GMT", link: str = "") -> str:
    """An item of an RSS feed."""
    where = link or f"/story/{number}"
    return (
        f"<item><guid isPermaLink='false'>n-{number}</guid><title>Story {number}</title><link>{where}</link>"
        f"<pubDate>{day}</pubDate><description>{body}</description></item>"
    )


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>The Wire</title>{''.join(items)}</channel></rss>"


def article(text: str = LONG) -> str:
    """A page with an article."""
    return f"<html><body><nav>Home</nav><article><h1>Story</h1><p>{text}</p></article></body></html>"


def with_articles(site: Site, *numbers: int, teaser: str = "It begins…", robots: str = "") -> Feed:
    """A feed of teasers, their articles, and the site's robots.txt."""
    site.pages["/feed"] = page(rss(*(item(number, body=teaser) for number in numbers)))
    site.pages |= {f"/story/{number}": page(article(f"Number {number}. {LONG}"), "text/html") for number in numbers}
    if robots:
        site.pages["/robots.txt"] = page(robots, "text/plain")
    return make_feed(f"{site.url}/feed", fetches_articles=True)


def notes() -> list[str]:
    """What is noted of the items, in the order in which they came."""
    return list(FeedItem.objects.order_by("pk").values_list("note", flat=True))
