"""What is kept of visitors no longer than it serves: addresses of failed sign-ins, sessions that have ended."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

_ADDRESSES_KEPT = timedelta(days=1)


def forget_visitors(*, now: datetime) -> int:
    """Delete what has served its time; gives the number of rows."""
    attempts, _ = AccessAttempt.objects.filter(attempt_time__lt=now - _ADDRESSES_KEPT).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    return int(attempts + sessions)
