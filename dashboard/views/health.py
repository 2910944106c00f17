"""How the program is: for balancers, monitors, and people who look. Nothing here names a person or a dispatch."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from restrictions.queries.health import Readiness, Waits, readiness, waits

_UNAVAILABLE = 503
_LONGEST_WAIT = 600
"""Seconds that a dispatch waits while all is well; a retry of what failed is not counted."""
_LONGEST_SWEEP = 180


@dataclass(frozen=True, slots=True)
class Health:
    """All that is known of how the program is, at one instant."""

    state: Readiness
    waits: Waits
    now: datetime

    def age(self, since: datetime | None) -> int | None:
        """Whole seconds; none where there is nothing to count from."""
        return None if since is None else max(0, int((self.now - since).total_seconds()))

    @property
    def oldest_waiting(self) -> int | None:
        return self.age(self.waits.oldest_waiting)

    @property
    def last_sweep(self) -> int | None:
        return self.age(self.waits.last_sweep)

    @property
    def broker(self) -> bool | None:
        """Whether Valkey or Redis answers; not asked where there is no database."""
        return self.waits.broker if self.state.is_ready else None

    @property
    def ok(self) -> bool:
        return not self.troubles

    @property
    def troubles(self) -> tuple[str, ...]:
        """What somebody has to do something about, in sentences."""
        if not self.state.database:
            return (gettext("The database does not answer."),)
        if not self.state.is_ready:
            return (gettext("The database waits for migrations."),)
        if not self.broker:
            return (gettext("The broker does not answer: dispatches wait in the database until it does."),)
        found = []
        if not self.waits.workers:
            found.append(gettext("No worker answers: dispatches wait."))
        if (self.oldest_waiting or 0) > _LONGEST_WAIT:
            found.append(gettext("A dispatch has waited for more than ten minutes."))
        if self.last_sweep is None or self.last_sweep > _LONGEST_SWEEP:
            found.append(gettext("No sweep has ended in the last three minutes."))
        return tuple(found)


def health_now() -> Health:
    """How the program is at this instant."""
    state, now = readiness(), timezone.now()
    found = waits(now=now) if state.is_ready else Waits(broker=False, oldest_waiting=None, last_sweep=None)
    return Health(state, found, now)


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers: nothing else is asked."""
    return HttpResponse("live\n", content_type="text/plain")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """200 where a page could be served, 503 where the database is away or behind the program."""
    state = readiness()
    if state.is_ready:
        return HttpResponse("ready\n", content_type="text/plain")
    why = "the database waits for migrations" if state.database else "the database does not answer"
    return HttpResponse(f"{why}\n", content_type="text/plain", status=_UNAVAILABLE)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """A page for who asks for one, else JSON. 503 where no page could be served."""
    found = health_now()
    status = 200 if found.state.is_ready else _UNAVAILABLE
    if "text/html" in request.headers.get("Accept", ""):
        answer = render(request, "reading/health.html", _context(found), status=status)
    else:
        answer = JsonResponse(_told(found), status=status)
    patch_vary_headers(answer, ["Accept"])
    return answer


@never_cache
@require_safe
def health_as_json(_request: HttpRequest) -> JsonResponse:
    """What works, and ages in whole seconds; null where there is nothing to count from."""
    found = health_now()
    return JsonResponse(_told(found), status=200 if found.state.is_ready else _UNAVAILABLE)


def _told(found: Health) -> dict[str, Any]:
    return {
        "ok": found.ok,
        "ready": found.state.is_ready,
        "database": found.state.database,
        "migrated": found.state.migrated,
        "broker": found.broker,
        "workers": found.waits.workers,
        "oldest_waiting_seconds": found.oldest_waiting,
        "last_sweep_seconds": found.last_sweep,
        "feeds": found.waits.feeds,
        "dispatches": {
            row.state.value: {"count": row.count, "oldest_seconds": found.age(row.oldest)} for row in found.waits.states
        },
    }


_FEED_WORDS = {
    "well": _("well"),
    "silent": _("silent"),
    "failing": _("failing"),
    "untried": _("not polled yet"),
    "off": _("off"),
    "retired": _("retired"),
}


def _context(found: Health) -> dict[str, Any]:
    workers = found.waits.workers
    feeds = found.waits.feeds
    return {
        "feeds": [f"{feeds[code]} {word}" for code, word in _FEED_WORDS.items() if feeds.get(code)],
        "health": found,
        "set_aside": next((row.count for row in found.waits.states if row.state.value == "quarantined"), 0),
        "workers": ngettext("%(n)d worker answers", "%(n)d workers answer", workers or 0) % {"n": workers or 0},
    }
