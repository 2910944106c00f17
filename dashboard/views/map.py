"""The map: where one supplier's weapons may be fired on a day, as a drawing and a table, as CSV, JSON and SVG."""

from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from dashboard.charts.reach import drawing
from dashboard.exports.tables import reach_csv, reach_json
from dashboard.filters import ReachCriteria, reach_criteria
from dashboard.findings import reach_finding
from dashboard.furniture import Furniture, furniture, shown
from dashboard.legend import reach_legend
from dashboard.views.asking import named, reading_of, wants_part
from dashboard.views.keeping import reading_page
from restrictions.domain.days import exact
from restrictions.queries.codes import Codes, Holdings
from restrictions.queries.reach import SupplierReach, supplier_reach
from restrictions.words import day_in_words

_LINE = 112
"""Letters of a title that have room beside each other in the drawing."""


@dataclass(frozen=True, slots=True)
class AskedMap:
    """What an address asked for, and the rule that answers."""

    criteria: ReachCriteria
    codes: Codes
    held: Holdings
    today: date
    shown: SupplierReach

    @property
    def day(self) -> date:
        """The day asked about, else today."""
        return self.criteria.day.on or self.today

    @property
    def file(self) -> str:
        """What a download of the view is called, less its ending."""
        return f"caveat-map-{self.criteria.supplier}-{self.criteria.weapon}-{self.day}".lower()


@reading_page
def map_of_reach(request: HttpRequest) -> HttpResponse:
    """The page; asked by htmx it answers with the part that changes with the choice."""
    context, page = map_page(request)
    part = "reading/map_day.html" if wants_part(request) else ""
    return shown(request, "reading/map.html", context, page, part=part)


def map_page(request: HttpRequest) -> tuple[dict[str, Any], Furniture]:
    """What the templates of a map show, and the furniture around it. Raises BadParameter."""
    asked = _asked(request)
    context = _context(asked)
    page = furniture(
        request,
        title=gettext("Map"),
        lead=context["finding"],
        day=asked.day,
        query=asked.criteria.query_string(),
        pinned=asked.criteria.query_string(on=asked.day),
        files=("svg", "csv", "json"),
        embeds=True,
    )
    return context, page


@reading_page
def reach_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The regions of the view as CSV."""
    asked = _asked(request)
    response = StreamingHttpResponse(reach_csv(asked.shown.regions), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{asked.file}.csv"'
    return response


@reading_page
def reach_as_json(request: HttpRequest) -> HttpResponse:
    """The rule and the regions of the view as JSON, with the query and the day that they answer."""
    asked = _asked(request)
    body = reach_json(asked.shown, about={"query": asked.criteria.query_string(), "on": asked.day})
    return HttpResponse(body, content_type="application/json")


@reading_page
def reach_as_svg(request: HttpRequest) -> HttpResponse:
    """The drawing of the view as a file that stands on its own."""
    asked = _asked(request)
    context = _context(asked)
    lines = wrap(context["finding"], _LINE)
    response = render(request, "reading/map_file.svg", {**context, "lines": lines}, content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{asked.file}.svg"'
    return response


def _asked(request: HttpRequest) -> AskedMap:
    read = reading_of(request)
    criteria = reach_criteria(request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    shown = supplier_reach(
        supplier=criteria.supplier,
        recipient=criteria.day.recipient,
        territory=criteria.day.territory,
        weapon=criteria.weapon,
        on=criteria.day.on or read.today,
        today=read.today,
        codes=read.codes,
        clock=read.clock,
    )
    return AskedMap(criteria, read.codes, read.held, read.today, shown)


def _context(asked: AskedMap) -> dict[str, Any]:
    criteria, names, shown = asked.criteria, asked.codes.countries, asked.shown
    supplier, weapon = (
        names.get(criteria.supplier, criteria.supplier),
        asked.codes.weapons.get(criteria.weapon, criteria.weapon),
    )
    drawn = drawing(shown.regions, territory=criteria.day.territory, depth_km=shown.depth_km)
    return {
        "asked": asked,
        "query": criteria.query_string(),
        "finding": reach_finding(shown, day=asked.day, supplier=supplier, weapon=weapon),
        "day_words": day_in_words(exact(asked.day)),
        "supplier": supplier,
        "weapon": weapon,
        "recipient": names.get(criteria.day.recipient, criteria.day.recipient),
        "territory": names.get(criteria.day.territory, criteria.day.territory),
        "drawing": drawn,
        "labels": [(label, asked.codes.regions.get(label.region, label.region)) for label in drawn.labels]
        if drawn
        else [],
        "legend": reach_legend(shown),
        "choices": _choices(asked),
        "steps": _steps(asked),
    }


def _steps(asked: AskedMap) -> dict[str, str]:
    """The queries of the days of the change before and of the one after, where there is one."""
    before = max((day for day in asked.shown.turns if day < asked.day), default=None)
    after = min((day for day in asked.shown.turns if day > asked.day), default=None)
    days = {"before": before, "after": after}
    return {name: asked.criteria.query_string(on=day) for name, day in days.items() if day}


def _choices(asked: AskedMap) -> dict[str, list[tuple[str, str, bool]]]:
    day, held, codes = asked.criteria.day, asked.held, asked.codes
    return {
        "supplier": named(held.suppliers.get(day.recipient, ()), codes.countries, (asked.criteria.supplier,)),
        "weapon": named(held.weapons.get(day.recipient, ()), codes.weapons, (asked.criteria.weapon,)),
        "recipient": named(held.recipients, codes.countries, (day.recipient,)),
        "territory": named(held.territories.get(day.recipient, ()), codes.countries, (day.territory,)),
    }
