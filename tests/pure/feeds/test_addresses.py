"""Addresses of one article have one key; addresses of two articles never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restrictions.feeds.addresses import address_key

STORY = "https://example.org/world/a-story-of-may-2024"

SAME = [
    STORY,
    "http://example.org/world/a-story-of-may-2024",
    "HTTPS://Example.ORG/world/a-story-of-may-2024",
    "  https://example.org/world/a-story-of-may-2024\n",
    "https://example.org:443/world/a-story-of-may-2024",
    "http://example.org:80/world/a-story-of-may-2024",
    "https://reader:secret@example.org/world/a-story-of-may-2024",
    "https://example.org./world/a-story-of-may-2024",
    "https://www.example.org/world/a-story-of-may-2024",
    "https://m.example.org/world/a-story-of-may-2024",
    "https://www.m.example.org/world/a-story-of-may-2024",
    "https://mobile.example.org/world/a-story-of-may-2024",
    "https://amp.example.org/world/a-story-of-may-2024",
    "https://example.org/world/a-story-of-may-2024/",
    "https://example.org/world/a-story-of-may-2024/index.html",
    "https://example.org/world/a-story-of-may-2024#comments",
    "https://example.org/world/a-story-of-may-2024#block-65f0",
    "https://example.org/world/a-story-of-may-2024?",
    "https://example.org/world/a-story-of-may-2024?utm_source=rss&utm_medium=feed",
    "https://example.org/world/a-story-of-may-2024?fbclid=Iw4R",
    "https://example.org/world/a-story-of-may-2024?at_medium=RSS&at_campaign=KARANGA",
    "https://example.org/world/a-story-of-may-2024?xtor=RSS-3208",
    "https://example.org/world/a-story-of-may-2024?CMP=share_btn_tw",
    "https://example.org/world/a-story-of-may-2024?ref=rss&source=newsletter",
    "https://example.org/world/a-story-of-may-2024?amp=1",
    "https://example.org/world/a-story-of-may-2024?outputType=amp&amp_js_v=0.1",
    "https://example.org/world/a-story-of-may-2024/amp",
    "https://example.org/world/a-story-of-may-2024/amp/",
    "https://example.org/world/a-story-of-may-2024.amp",
    "https://example.org/amp/world/a-story-of-may-2024",
    "https://example.org/world/a%2Dstory%2dof-may-2024",
    "https://example.org/world/a-story-of-may-2024;jsessionid=1A2B",
    "https://www.google.com/amp/s/www.example.org/world/a-story-of-may-2024",
    "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/world/a-story-of-may-2024?amp_gsa=1",
]

PAIRS_OF_ONE = [
    ("https://example.org/a?id=7&page=2", "https://example.org/a?page=2&id=7"),
    ("https://example.org/?p=12", "http://www.example.org/index.php?p=12&utm_campaign=x"),
    ("https://example.org", "https://example.org/"),
    ("https://fr.m.example.org/wiki/Caveat", "https://fr.example.org/wiki/Caveat"),
    ("https://m.news.co.uk/story-1", "https://www.news.co.uk/story-1"),
    ("https://example.org/story-1.amp.html", "https://example.org/story-1.html"),
    ("https://example.org/%d1%96-1", "https://example.org/і-1"),
    ("https://example.org/a?q=%C3%A9", "https://example.org/a?q=é"),
    ("https://bücher.example/story-1", "https://xn--bcher-kva.example/story-1"),
    ("https://example.org/#!/story/7", "https://www.example.org/#!/story/7"),
]

NEAR_MISSES = [
    ("https://example.org/story-1", "https://example.org/story-2"),
    ("https://example.org/Story-1", "https://example.org/story-1"),
    ("https://example.org/story-1", "https://example.com/story-1"),
    ("https://example.org/story-1", "https://news.example.org/story-1"),
    ("https://example.org/story-1", "https://example.org:8080/story-1"),
    ("https://example.org/?p=12", "https://example.org/?p=13"),
    ("https://example.org/?id=12", "https://example.org/?ID=12"),
    ("https://example.org/a?id=", "https://example.org/a"),
    ("https://example.org/a?page=1", "https://example.org/a?page=2"),
    ("https://example.org/a?page=2", "https://example.org/a"),
    ("https://example.org/a?q=1&q=2", "https://example.org/a?q=1"),
    ("https://example.org/a?ref=881", "https://example.org/a?ref=882"),
    ("https://example.org/a?source=kyiv", "https://example.org/a"),
    ("https://example.org/a?from=2024-05-30", "https://example.org/a?from=2024-05-31"),
    ("https://example.org/a?view=41", "https://example.org/a?view=42"),
    ("https://example.org/reviews/amp", "https://example.org/reviews"),
    ("https://example.org/amp/reviews", "https://example.org/reviews"),
    ("https://example.org/amplified-1", "https://example.org/lified-1"),
    ("https://m.co.uk/story-1", "https://amp.co.uk/story-1"),
    ("https://amp.dev/story-1", "https://m.dev/story-1"),
    ("https://mail.example.org/story-1", "https://example.org/story-1"),
    ("https://example.org/#!/story/7", "https://example.org/#!/story/8"),
    ("https://example.org/#/story/7", "https://example.org/"),
    ("https://example.org/a%2Fb-1", "https://example.org/a/b-1"),
    ("https://example.org/a;id=1", "https://example.org/a;id=2"),
    ("https://www.google.com/amp/s/example.org/story-1", "https://www.google.com/amp/s/example.org/story-2"),
    ("https://example.org/c/s/other.org/story-1", "https://other.org/story-1"),
    ("https://example.org/a/index.html", "https://example.org/b/index.html"),
    ("https://example.org/a?x=1%262", "https://example.org/a?x=1&2"),
]


@pytest.mark.parametrize("address", SAME)
def test_every_address_of_a_story_has_its_key(address: str) -> None:
    assert address_key(address) == "//example.org/world/a-story-of-may-2024"


@pytest.mark.parametrize(("one", "other"), PAIRS_OF_ONE)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(("one", "other"), NEAR_MISSES)
def test_two_articles_have_two_keys(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    "address", ["", "urn:uuid:1", "mailto:a@example.org", "https://", "https://example.org:port/", "http://[::1", "a b"]
)
def test_what_is_no_web_address_is_its_own_key(address: str) -> None:
    assert address_key(address) == address


def test_a_long_address_has_a_short_key_of_its_own() -> None:
    long = "https://example.org/" + "і" * 900
    assert len(address_key(long).encode()) < 1000
    assert address_key(long) == address_key(f"{long}/?fbclid=1") != address_key(f"{long}і")


def test_a_host_that_no_network_has_is_left_as_it_stands() -> None:
    assert address_key(f"https://{'ü' * 80}.example/a") == f"//{'ü' * 80}.example/a"


@given(st.text(max_size=60))
def test_whatever_follows_the_host_has_one_key_at_every_door(rest: str) -> None:
    key = address_key(f"https://example.org/{rest}")
    assert key.startswith("//example.org")
    assert address_key(f"http://www.example.org:80/{rest}") == key
