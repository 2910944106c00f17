"""The matrix: who lets the recipient fire what on a day, as a table, and as CSV and JSON at the same address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext

from dashboard.exports.tables import matrix_csv, matrix_json
from dashboard.filters import day_criteria
from dashboard.findings import matrix_finding
from dashboard.furniture import Furniture, furniture, shown
from dashboard.legend import matrix_legend
from dashboard.views.asking import AskedOfADay, named, reading_of, wants_part
from dashboard.views.keeping import reading_page
from restrictions.domain.days import exact
from restrictions.queries.cells import Matrix
from restrictions.queries.matrix import matrix as matrix_of
from restrictions.words import day_in_words


@dataclass(frozen=True, slots=True)
class AskedMatrix(AskedOfADay):
    """What an address asked for, and the matrix that answers."""

    shown: Matrix


@reading_page
def matrix(request: HttpRequest) -> HttpResponse:
    """The page; asked by htmx it answers with the part that changes with the day."""
    context, page = matrix_page(request)
    part = "reading/matrix_day.html" if wants_part(request) else ""
    return shown(request, "reading/matrix.html", context, page, part=part)


def matrix_page(request: HttpRequest) -> tuple[dict[str, Any], Furniture]:
    """What the templates of a matrix show, and the furniture around it. Raises BadParameter."""
    asked = _asked(request)
    finding = matrix_finding(asked.shown, day=asked.day, territory=asked.territory)
    context = {
        "asked": asked,
        "finding": finding,
        "day_words": day_in_words(exact(asked.day)),
        "recipient": asked.recipient,
        "territory": asked.territory,
        "legend": matrix_legend(asked.shown),
        "choices": _choices(asked),
        "steps": _steps(asked),
    }
    page = furniture(
        request,
        title=gettext("Matrix"),
        lead=finding,
        day=asked.day,
        query=asked.criteria.query_string(),
        pinned=asked.criteria.query_string(on=asked.day),
        files=("csv", "json"),
        embeds=True,
    )
    return context, page


@reading_page
def matrix_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The cells of the view as CSV."""
    asked = _asked(request)
    response = StreamingHttpResponse(matrix_csv(asked.shown), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="caveat-matrix-{asked.day}.csv"'
    return response


@reading_page
def matrix_as_json(request: HttpRequest) -> HttpResponse:
    """The cells of the view as JSON, with the query and the day that they answer."""
    asked = _asked(request)
    body = matrix_json(asked.shown, about={"query": asked.criteria.query_string(), "on": asked.day})
    return HttpResponse(body, content_type="application/json")


def _asked(request: HttpRequest) -> AskedMatrix:
    read = reading_of(request)
    criteria = day_criteria(request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    shown = matrix_of(
        recipient=criteria.recipient,
        territory=criteria.territory,
        on=criteria.on or read.today,
        today=read.today,
        codes=read.codes,
        clock=read.clock,
    )
    return AskedMatrix(criteria, read.codes, read.held, read.today, shown)


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
