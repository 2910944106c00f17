"""Which request or task a log line belongs to, so that one person's trouble can be followed through the logs."""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from celery.signals import task_postrun, task_prerun
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("config.requests")

_at_work: ContextVar[str] = ContextVar("at_work", default="")


def at_work() -> str:
    """``request=…`` or ``task=…`` while one is served; empty otherwise."""
    return _at_work.get()


class RequestIdMiddleware:
    """Gives each request an id, tells it to the visitor, and logs the request in one line without who asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number, began = uuid4().hex[:16], time.monotonic()
        before = _at_work.set(f"request={number}")
        try:
            response = self._get_response(request)
            response["X-Request-ID"] = number
            _tell(request, response, milliseconds=(time.monotonic() - began) * 1000)
        finally:
            _at_work.reset(before)
        return response


def _tell(request: HttpRequest, response: HttpResponse, *, milliseconds: float) -> None:
    # No address, no name, no query: what was looked for is the visitor's own business. Monitors ask all the time.
    level = logging.DEBUG if request.path.startswith(("/health", "/metrics")) else logging.INFO
    log.log(level, "%s %s %d in %.0f ms", request.method, request.path, response.status_code, milliseconds)


def _begin_task(task_id: str, **_: object) -> None:
    _at_work.set(f"task={task_id}")


def _end_task(**_: object) -> None:
    _at_work.set("")


task_prerun.connect(_begin_task)
task_postrun.connect(_end_task)
