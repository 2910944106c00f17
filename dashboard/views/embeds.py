"""Views for frames in other people's pages: the drawing alone, the way back, and whether newer data exist."""

from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from dashboard.furniture import Furniture
from dashboard.views.compare import compare_page
from dashboard.views.keeping import View, reading_page
from dashboard.views.map import map_page
from dashboard.views.matrix import matrix_page
from dashboard.views.moves import moves_page
from dashboard.views.overview import overview_page
from dashboard.views.timeline import timeline_page
from restrictions.domain.clock import Clock
from restrictions.queries.codes import Codes
from restrictions.queries.since import changed_since


def framed(view: View) -> View:
    """The view, which any page may show in a frame; no other of ours may be."""
    return wraps(view)(xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view)))


@framed
@reading_page
def embed_overview(request: HttpRequest) -> HttpResponse:
    """The curve of the overview."""
    context, page = overview_page(request)
    asked = context["asked"]
    newer = any(tally.day > asked.day for tally in asked.over_time)
    return _answer(request, "overview", context, page, newer=newer)


@framed
@reading_page
def embed_timeline(request: HttpRequest) -> HttpResponse:
    """The chart of the timeline."""
    context, page = timeline_page(request)
    return _answer(request, "timeline", context, page)


@framed
@reading_page
def embed_matrix(request: HttpRequest) -> HttpResponse:
    """The table of the matrix."""
    context, page = matrix_page(request)
    asked = context["asked"]
    return _answer(request, "matrix", context, page, newer=asked.shown.turn_after(asked.day) is not None)


@framed
@reading_page
def embed_map(request: HttpRequest) -> HttpResponse:
    """The drawing of the map."""
    context, page = map_page(request)
    asked = context["asked"]
    return _answer(request, "map", context, page, newer=any(turn > asked.day for turn in asked.shown.turns))


@framed
@reading_page
def embed_moves(request: HttpRequest) -> HttpResponse:
    """The curve and the order of who moved first."""
    context, page = moves_page(request)
    return _answer(request, "moves", context, page)


@framed
@reading_page
def embed_compare(request: HttpRequest) -> HttpResponse:
    """The dumbbells and the table of a comparison."""
    context, page = compare_page(request)
    return _answer(request, "compare", context, page)


def _answer(
    request: HttpRequest, name: str, context: dict[str, Any], page: Furniture, *, newer: bool = False
) -> HttpResponse:
    asked = context["asked"]
    newer = newer or _has_changed(asked.criteria.clock, asked.criteria.recipient, asked.codes)
    return render(request, f"reading/embed_{name}.html", {**context, "furniture": page, "newer": newer})


def _has_changed(clock: Clock, recipient: str, codes: Codes) -> bool:
    """Whether the record says something else by now than on the day that the frame is pinned to."""
    return clock.known is not None and changed_since(recipient=recipient, known=clock.known, codes=codes).count > 0
