"""From a feed on loopback to a claim in the queue, through the real worker; and the running program's own door."""

import time
from collections.abc import Callable

import pytest

from restrictions.models import Claim, Dispatch, Feed
from restrictions.pipelines.polling import poll_due
from restrictions.tasks import read_feeds
from server.child import Child
from tests.loopback import page, serving
from tests.record.feed_rows import item, make_feed, rss
from tests.record.rows import make_reference

ARMS = "The United States now lets Ukraine fire ATACMS missiles at targets inside Russia, officials said on Thursday."


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_what_a_feed_brings_is_coded_by_the_worker_and_the_worker_reaches_no_loopback(worker: Child) -> None:
    make_reference()
    with serving() as site:
        site.pages["/feed"] = page(rss(item(1, body=ARMS), item(2)))
        make_feed(f"{site.url}/feed", language="en")
        assert poll_due(site.door()) == 2
        wait_until(lambda: not Dispatch.objects.filter(state__in=["new", "coding"]).exists())
        assert sorted(Dispatch.objects.values_list("state", flat=True)) == ["coded", "irrelevant"]
        claim = Claim.objects.get()
        assert (claim.weapon_id, claim.decision, claim.quote in ARMS) == ("atacms", "proposed", True)
        site.asked.clear()
        own = make_feed(f"{site.url}/own")
        read_feeds.delay()
        wait_until(lambda: bool(Feed.objects.get(pk=own.pk).failures))
        assert "not to be visited" in Feed.objects.get(pk=own.pk).last_failure
        assert not site.asked
