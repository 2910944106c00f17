"""The admin's front page and side bar: how much waits."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext

from restrictions.queries.queue import waiting_counts, waiting_dispatches


def with_counts(_request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The front page's context with what waits: how much, and the oldest of it."""
    return {
        **context,
        "title": gettext("What waits"),
        "waiting": waiting_counts(),
        "queue": waiting_dispatches(first=8),
    }


def desk_style(_request: HttpRequest) -> str:
    """Our own stylesheet of the admin."""
    return static("admin/caveat/desk.css")
