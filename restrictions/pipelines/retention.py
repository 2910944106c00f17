"""What is kept for a time only, once a day."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from restrictions.actions.deliveries import drop_deliveries
from restrictions.actions.retention import drop_bodies, drop_submissions
from restrictions.actions.subscriptions import drop_unconfirmed

log = logging.getLogger(__name__)

SUBMISSIONS_KEPT = timedelta(days=30)
MESSAGES_KEPT = timedelta(days=30)
"""What was sent to webhooks, and what came of it, once it has ended."""


def drop_old() -> int:
    """Drop what has been kept long enough; gives how many bodies. Safe to run twice, and twice at once."""
    now, dropped = timezone.now(), 0
    recorded_before = now - timedelta(days=settings.IRRELEVANT_BODIES_DAYS)
    while batch := drop_bodies(recorded_before=recorded_before, now=now):
        dropped += batch
    submissions = drop_submissions(before=now - SUBMISSIONS_KEPT)
    drop_deliveries(before=now - MESSAGES_KEPT)
    drop_unconfirmed(now=now)
    log.info("%d bodies of irrelevant dispatches dropped, %d submissions forgotten", dropped, submissions)
    return dropped
