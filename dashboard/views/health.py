"""How the program is, for balancers, containers and those who are called at night. No page, and nothing personal."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from restrictions.queries.health import Waits, readiness, waits

_UNAVAILABLE = 503


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
def health(_request: HttpRequest) -> JsonResponse:
    """What works, and ages in whole seconds; null where there is nothing to count from. 503 where not ready."""
    state, now = readiness(), timezone.now()
    found = waits(now=now) if state.is_ready else Waits(broker=False, oldest_waiting=None, last_sweep=None)
    told = {
        "ready": state.is_ready,
        "database": state.database,
        "migrated": state.migrated,
        "broker": found.broker if state.is_ready else None,
        "oldest_waiting_seconds": _age(found.oldest_waiting, now),
        "last_sweep_seconds": _age(found.last_sweep, now),
    }
    return JsonResponse(told, status=200 if state.is_ready else _UNAVAILABLE)


def _age(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, int((now - since).total_seconds()))
