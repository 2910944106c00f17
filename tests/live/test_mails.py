"""Alerts by mail through the real worker, which prints them where no mail server is named."""

import time

import pytest
from django.utils import timezone

from restrictions.actions.subscriptions import ask_for_alerts
from restrictions.domain.alerts import Rhythm
from restrictions.models import Subscription
from restrictions.queries.news_filters import NewsWanted
from restrictions.tasks import mail_readers
from server.child import Child
from tests.record.rows import make_reference


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_is_due(worker: Child) -> None:
    make_reference()
    ask_for_alerts(
        address="a@reader.example",
        rhythm=Rhythm.DAILY,
        language="en",
        wanted=NewsWanted("UA"),
        now=timezone.now(),
    )
    for _ in range(3):
        mail_readers.delay()
    end = time.monotonic() + 30
    while Subscription.objects.filter(due__isnull=False).exists():
        assert time.monotonic() < end, "no mail was sent"
        time.sleep(0.05)
    assert Subscription.objects.get().lease_token is None
