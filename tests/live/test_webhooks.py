"""Webhooks through the real worker, and a sender that is killed in the middle of sending."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from threading import Event

import pytest
from django.conf import settings
from django.utils import timezone

from restrictions.actions.webhooks import make_webhook
from restrictions.models import OutboxEntry, Webhook, WebhookDelivery
from restrictions.pipelines.telling import tell_programs
from restrictions.queries.news_filters import NewsWanted
from restrictions.tasks import tell_programs as tell_programs_task
from server.child import Child
from tests.loopback import Site, page, serving
from tests.record.rows import make_curator
from tests.site.reading.rows import make_small_record

_SEND = """
import django
django.setup()
from restrictions.feeds.http import Door, Limits, Reach
from restrictions.pipelines.telling import tell_programs
tell_programs(Door("killed", Reach(frozenset({%d})), Limits(seconds=20)))
"""


def hook(site: Site) -> Webhook:
    before = timezone.now() - timedelta(days=1)
    address, by = f"{site.url}/hook", make_curator("anna")
    return make_webhook(name="A newsroom", address=address, language="en", wanted=NewsWanted("UA"), by=by, now=before)[
        0
    ]


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, list(WebhookDelivery.objects.values("state", "tries", "attempts"))
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_the_worker_spreads_the_outbox_and_reaches_no_loopback(worker: Child) -> None:
    with serving() as site:
        row = hook(site)
        make_small_record()
        for _ in range(3):
            tell_programs_task.delay()
        wait_until(lambda: row.deliveries.filter(tries__gt=0).exists())
        delivery = row.deliveries.get()
        assert "not to be visited" in delivery.attempts[0]["said"]
        assert (delivery.tries, site.asked) == (1, [])
        assert not OutboxEntry.objects.filter(spread_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_is_killed_in_the_middle_loses_nothing() -> None:
    came, end = Event(), Event()

    def hold(_handler: BaseHTTPRequestHandler) -> None:
        came.set()
        end.wait(20)

    with serving() as site:
        site.pages["/hook"] = hold
        row = hook(site)
        make_small_record()
        base = os.environ["DATABASE_URL"].rpartition("/")[0]
        database = f"{base}/{settings.DATABASES['default']['NAME']}"
        sender = subprocess.Popen(
            [sys.executable, "-c", _SEND % site.port], env={**os.environ, "DATABASE_URL": database}
        )
        assert came.wait(20)
        sender.send_signal(signal.SIGKILL)
        sender.wait(10)
        end.set()
        delivery = row.deliveries.get()
        assert (delivery.state, delivery.tries) == ("waiting", 0)
        site.pages["/hook"] = page("ok", "text/plain")
        assert tell_programs(site.door()) == 0, "the lease of the killed sender still holds"
        WebhookDelivery.objects.update(leased_until=timezone.now())
        assert tell_programs(site.door()) == 1
        delivery.refresh_from_db()
        assert (delivery.state, delivery.tries, row.deliveries.count()) == ("sent", 1, 1)
        assert [headers["webhook-id"] for _, headers in site.asked] == [str(delivery.pk)] * 2
        assert len(set(site.sent)) == 1
