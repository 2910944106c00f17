"""What is wrong with a request, as a problem document (RFC 9457) that names the field."""

from dataclasses import dataclass, field
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

MEDIA_TYPE = "application/problem+json"
_BEARER = 'Bearer realm="caveat"'


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: a JSON pointer into the body, empty for the whole, or the parameter of the address."""

    pointer: str
    detail: str
    parameter: str = ""
    given: str = ""

    @property
    def told(self) -> dict[str, str]:
        """The fault as a document has it."""
        if self.parameter:
            return {"parameter": self.parameter, "given": self.given, "detail": self.detail}
        return {"pointer": self.pointer, "detail": self.detail}


@dataclass
class Problem(Exception):
    """An answer that is no success. ``kind`` is the end of its type's address, the same for all of its kind."""

    status: int
    kind: str
    title: str
    detail: str
    faults: tuple[Fault, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


def problem_response(_request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a document."""
    body: dict[str, Any] = {
        "type": f"urn:caveat:problem:{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.faults:
        body["errors"] = [fault.told for fault in problem.faults]
    return JsonResponse(body, status=problem.status, content_type=MEDIA_TYPE, headers=problem.headers)


def unauthorized(detail: str) -> Problem:
    """Without a token that opens the door."""
    headers = {"WWW-Authenticate": _BEARER}
    return Problem(401, "unauthorized", "A good token is needed", detail, headers=headers)


def says_problems(api: NinjaAPI) -> None:
    """From now on the API says all problems so."""
    api.add_exception_handler(Problem, problem_response)  # type: ignore[arg-type]  # its handlers take any exception
    api.add_exception_handler(AuthenticationError, _without_token)
    api.add_exception_handler(Error, _without_database)


def _without_token(request: HttpRequest, _error: Any) -> HttpResponse:
    return problem_response(request, unauthorized("Send the header Authorization: Bearer, and your token after it."))


def _without_database(request: HttpRequest, _error: Any) -> HttpResponse:
    return problem_response(request, unavailable())


def unavailable() -> Problem:
    """The database takes nothing now."""
    return Problem(
        503,
        "unavailable",
        "The record cannot be reached",
        "Nothing is wrong with your request. Send it again with the same Idempotency-Key.",
        headers={"Retry-After": "30"},
    )
