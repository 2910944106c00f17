"""What every answer to a program has: pages of other sites may read it, and what is refused is a problem document."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from dashboard.views.keeping import CACHE_CONTROL, packed
from restrictions.api.problems import MEDIA_TYPE, Problem, problem_response
from restrictions.api.rates import Allowance

_BELOW = "/api/v1/"
_READS = ("GET", "HEAD")
_TOLD = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Deprecation, Sunset, X-Request-ID"
_DAY = 24 * 3600
_SAID = {
    404: ("not-found", "There is nothing here", "No part of the API has this address: /api/v1/docs lists them."),
    405: ("not-allowed", "That is not done here", "The header Allow says which methods this address takes."),
}


class ProgramsMiddleware:
    """Below the API's address: HEAD as GET, reading from any origin, what is left of the minute, packed answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(_BELOW):
            return self._get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _preflight()
        response = _as_document(request, self._answer(request))
        allowance: Allowance | None = getattr(request, "allowance", None)
        if allowance is not None:
            _told(response, allowance.headers)
        if request.method not in _READS:
            return response
        # Nothing here depends on who asks: no cookie is read, and a token only buys more of the same.
        _told(response, {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": _TOLD})
        return packed(response, request) if response.get("Cache-Control") == CACHE_CONTROL else response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """What the view says; asked for the head alone, the server leaves the body out."""
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        try:
            return self._get_response(request)
        finally:
            request.method = asked


def _told(response: HttpResponse, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response[name] = value


def _preflight() -> HttpResponse:
    """What a browser asks before a page of another site may read with a token or an ETag."""
    allowed = {"Origin": "*", "Methods": ", ".join(_READS), "Headers": "Authorization, If-None-Match"}
    headers = {f"Access-Control-Allow-{name}": value for name, value in allowed.items()}
    return HttpResponse(status=204, headers={**headers, "Access-Control-Max-Age": str(_DAY)})


def _as_document(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer; what Django itself refuses is said as the API says everything."""
    if response.status_code not in _SAID or response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    kind, title, detail = _SAID[response.status_code]
    headers = {"Allow": response["Allow"]} if response.has_header("Allow") else {}
    return problem_response(request, Problem(response.status_code, kind, title, detail, headers=headers))
