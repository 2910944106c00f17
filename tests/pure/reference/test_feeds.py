"""The starter list of feeds: what it promises of itself."""

from collections import Counter

from restrictions.feeds.addresses import address_key
from restrictions.feeds.http import PUBLIC
from restrictions.reference.feeds import load_feeds


def test_25_feeds_in_four_languages_each_marked_as_untried() -> None:
    feeds = load_feeds()
    assert len(feeds) == 25
    assert len({address_key(feed.address) for feed in feeds}) == 25
    assert set(Counter(feed.language for feed in feeds)) == {"en", "fr", "de", "uk"}
    assert all(feed.publisher and "not tried" in feed.note for feed in feeds)


def test_every_address_is_one_that_the_guard_would_let_pass() -> None:
    for feed in load_feeds():
        assert PUBLIC.policy.check_url(feed.address).scheme == "https"
