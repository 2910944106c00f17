"""Sessions at the desk end: when nothing was done for a while, and twelve hours after the sign-in in any case."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

IDLE_SECONDS = 45 * 60
# What was done last is written down once a minute: a page would be a write to the database otherwise.
_GRAIN_SECONDS = 60

_BEGAN, _SEEN = "desk-began", "desk-seen"


class SessionLimitMiddleware:
    """Signs out whoever was away too long, or signed in too long ago, and says so on the page to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The public pages know no sessions, and stay as cacheable as they are.
        if request.path_info.startswith(reverse("admin:index")) and SESSION_KEY in request.session:
            _limit(request, now=int(time.time()))
        return self._get_response(request)


def _limit(request: HttpRequest, *, now: int) -> None:
    session = request.session
    began = session.setdefault(_BEGAN, now)
    seen = session.setdefault(_SEEN, now)
    if now - began >= settings.SESSION_COOKIE_AGE or now - seen >= IDLE_SECONDS:
        logout(request)
        messages.info(request, gettext("Your session has ended. Sign in again: what you had typed is not kept."))
    elif now - seen >= _GRAIN_SECONDS:
        session[_SEEN] = now
