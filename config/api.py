"""The API under `/api/v1/`: the record's door, the reading room's rows, and how all of it says problems."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError

from config.visitors import visitor_address
from dashboard.api.description import codes_described, described
from dashboard.api.documentation import documentation
from dashboard.api.endpoint import Endpoint, NotHeld
from dashboard.api.endpoints import ENDPOINTS, view_of
from dashboard.parameters import BadParameter
from restrictions.api import intake
from restrictions.api.description import problems_on_reading
from restrictions.api.problems import Fault, Problem, problem_response, says_problems
from restrictions.api.rates import reads_within_limits
from restrictions.queries.codes import known_codes
from restrictions.queries.read_dispatches import read_languages

# Its own pages would load scripts from elsewhere, which the site's policy forbids; its description lacks the codes.
api = NinjaAPI(title="Caveat", version="1", urls_namespace="api", docs_url=None, openapi_url=None)


def _mount(router: Router, endpoint: Endpoint) -> None:
    """The endpoint at its address, open to anyone within limits."""
    extra: dict[str, Any] = described(endpoint)
    extra["responses"] |= problems_on_reading(numbered="{" in endpoint.path)
    router.add_api_operation(
        endpoint.path,
        ["GET"],
        reads_within_limits(view_of(endpoint), address_of=visitor_address),
        auth=None,
        operation_id=endpoint.name,
        url_name=None if endpoint.path in router.path_operations else endpoint.name,
        summary=endpoint.summary,
        description=endpoint.says,
        tags=["reading"],
        openapi_extra=extra,
    )


reading = Router()
for _endpoint in ENDPOINTS:
    # One address is one router's: what is handed in and what is read of it stand together.
    _mount(intake.router if _endpoint.path in intake.router.path_operations else reading, _endpoint)
api.add_router("", intake.router)
api.add_router("", reading)
says_problems(api)


@api.exception_handler(BadParameter)
def _bad_parameter(request: HttpRequest, error: Any) -> HttpResponse:
    detail = f"“{error.name}” takes {error.takes}."
    fault = Fault("", error.takes, parameter=error.name, given=error.given)
    return problem_response(request, Problem(400, "bad-parameter", "A parameter is not understood", detail, (fault,)))


@api.exception_handler(NotHeld)
def _not_held(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(request, Problem(404, "not-held", "The record holds no such thing", str(error)))


@api.exception_handler(ValidationError)
def _no_such_number(request: HttpRequest, _error: Any) -> HttpResponse:
    detail = "What stands in the address is no number of that kind."
    return problem_response(request, Problem(404, "not-held", "There is no such thing", detail))


def _schema() -> dict[str, Any]:
    """The description, with the codes that the record knows."""
    schema: dict[str, Any] = dict(api.get_openapi_schema())
    schema["components"]["schemas"] |= codes_described(known_codes(), read_languages())
    return schema


def description(_request: HttpRequest) -> HttpResponse:
    """The description in OpenAPI 3.1."""
    return JsonResponse(_schema())


def docs(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    return documentation(request, _schema())
