"""What is kept of visitors no longer than it serves."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone

from restrictions.tasks import forget_visitors

pytestmark = pytest.mark.django_db


def test_old_addresses_and_ended_sessions_go_and_the_others_stay() -> None:
    now = timezone.now()
    for name, hours in (("old", 25), ("new", 1)):
        attempt = AccessAttempt.objects.create(
            username=name, ip_address="203.0.113.9", get_data="", post_data="", failures_since_start=1
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(hours=hours))
        Session.objects.create(session_key=name, session_data="", expire_date=now - timedelta(hours=hours - 2))
    assert forget_visitors() == 2
    assert AccessAttempt.objects.get().username == "new"
    assert Session.objects.get().session_key == "new"
    assert forget_visitors() == 0
