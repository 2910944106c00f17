"""The admin's front page and side bar: how much waits."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext

from restrictions.queries.backlog import waiting_counts, waiting_dispatches
from restrictions.queries.queue import OVERDUE_AFTER


def with_counts(_request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The front page's context with what waits: how much, and the oldest of it."""
    return {
        **context,
        "title": gettext("What waits"),
        "waiting": waiting_counts(timezone.now()),
        "overdue_days": OVERDUE_AFTER.days,
        "queue": waiting_dispatches(first=8),
    }


def desk_style(_request: HttpRequest) -> str:
    """Our own stylesheet of the admin."""
    return static("admin/caveat/desk.css")
