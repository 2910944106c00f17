"""The matrix: who lets the recipient fire what on a day, as a table, and as CSV and JSON at the same address."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboard.exports.tables import matrix_csv, matrix_json
from dashboard.filters import day_criteria
from dashboard.findings import matrix_finding
from dashboard.legend import matrix_legend
from dashboard.views.asking import AskedOfADay, named, refuses_bad_parameters, today_utc, wants_part
from restrictions.domain.days import exact
from restrictions.queries.cells import Matrix
from restrictions.queries.codes import holdings, known_codes
from restrictions.queries.matrix import matrix as matrix_of
from restrictions.words import day_in_words


@dataclass(frozen=True, slots=True)
class AskedMatrix(AskedOfADay):
    """What an address asked for, and the matrix that answers."""

    shown: Matrix


@require_safe
@refuses_bad_parameters
def matrix(request: HttpRequest) -> HttpResponse:
    """The page; asked by htmx it answers with the part that changes with the day."""
    asked = _asked(request)
    query = asked.criteria.query_string()
    context = {
        "asked": asked,
        "finding": matrix_finding(asked.shown, day=asked.day, territory=asked.territory),
        "day_words": day_in_words(exact(asked.day)),
        "recipient": asked.recipient,
        "territory": asked.territory,
        "legend": matrix_legend(asked.shown),
        "choices": _choices(asked),
        "steps": _steps(asked),
        "csv": f"{reverse('matrix-csv')}?{query}",
        "json": f"{reverse('matrix-json')}?{query}",
    }
    part = wants_part(request)
    response = render(request, f"reading/{'matrix_day' if part else 'matrix'}.html", {**context, "part": part})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@refuses_bad_parameters
def matrix_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The cells of the view as CSV."""
    asked = _asked(request)
    response = StreamingHttpResponse(matrix_csv(asked.shown), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="caveat-matrix-{asked.day}.csv"'
    return response


@require_safe
@refuses_bad_parameters
def matrix_as_json(request: HttpRequest) -> HttpResponse:
    """The cells of the view as JSON, with the query and the day that they answer."""
    asked = _asked(request)
    body = matrix_json(asked.shown, about={"query": asked.criteria.query_string(), "on": asked.day})
    return HttpResponse(body, content_type="application/json")


def _asked(request: HttpRequest) -> AskedMatrix:
    codes, held, today = known_codes(), holdings(), today_utc()
    criteria = day_criteria(request.GET, codes=codes, held=held, today=today)
    shown = matrix_of(
        recipient=criteria.recipient,
        territory=criteria.territory,
        on=criteria.on or today,
        today=today,
        codes=codes,
    )
    return AskedMatrix(criteria, codes, held, today, shown)


def _steps(asked: AskedMatrix) -> dict[str, str]:
    """The queries of the days of the change before and of the one after, where there is one."""
    days = {"before": asked.shown.turn_before(asked.day), "after": asked.shown.turn_after(asked.day)}
    return {name: asked.criteria.query_string(on=day) for name, day in days.items() if day}


def _choices(asked: AskedMatrix) -> dict[str, list[tuple[str, str, bool]]]:
    criteria, held, names = asked.criteria, asked.held, asked.codes.countries
    return {
        "recipient": named(held.recipients, names, (criteria.recipient,)),
        "territory": named(held.territories.get(criteria.recipient, ()), names, (criteria.territory,)),
    }
