"""The timeline: the chart, the same rows as a table, and as CSV and JSON at the same address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from dashboard.exports.tables import timeline_csv, timeline_json
from dashboard.filters import GROUPS, ORDERS, evidence_of
from dashboard.findings import timeline_finding
from dashboard.furniture import Furniture, furniture, shown
from dashboard.parameters import refuse
from dashboard.views.asking import Asked, asked_of_timeline, kinds_of_evidence, named, wants_part
from dashboard.views.chart import Chart, chart
from dashboard.views.keeping import reading_page
from restrictions.domain.vocabulary import Attribution, Condition, Status, Track
from restrictions.queries.bars import TimelineBar
from restrictions.words import attribution_label, status_label, track_label
from restrictions.words.definitions import definitions


@dataclass(frozen=True, slots=True)
class Sheet:
    """The bars that one page shows, in full and in their order, and where they stand among all that answer."""

    rows: tuple[TimelineBar, ...]
    first: int
    total: int
    page: int
    pages: int

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@reading_page
def timeline(request: HttpRequest) -> HttpResponse:
    """The page: the finding, the chart, the table; asked by htmx, what changes with the choice."""
    context, page = timeline_page(request)
    part = "reading/timeline_results.html" if wants_part(request) else ""
    response = shown(request, "reading/timeline.html", context, page, part=part)
    if part:
        response["HX-Push-Url"] = f"{reverse('timeline')}?{context['criteria'].query_string()}"
    return response


def timeline_page(request: HttpRequest) -> tuple[dict[str, Any], Furniture]:
    """What the templates of a timeline show, and the furniture around it. Raises BadParameter."""
    asked = asked_of_timeline(request)
    criteria, sheet = asked.criteria, _sheet(asked)
    page = _furniture(request, asked)
    context = {
        "asked": asked,
        "criteria": criteria,
        "finding": page.lead,
        "chart": _chart(asked, sheet.rows),
        "rows": sheet.rows,
        "sheet": sheet,
        "pages": _other_pages(asked, sheet),
        "with_marks": replace(criteria, marks=not criteria.marks, page=1).query_string(),
        "whole_period": replace(criteria, first=None, last=None, page=1).query_string(),
        "choices": _choices(asked),
    }
    return context, page


@reading_page
def timeline_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every row of the view as CSV, whichever page is shown."""
    rows = asked_of_timeline(request).answers.each()
    response = StreamingHttpResponse(timeline_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-timeline.csv"'
    return response


@reading_page
def timeline_as_json(request: HttpRequest) -> HttpResponse:
    """Every row of the view as JSON, with the query that they answer."""
    asked = asked_of_timeline(request)
    about = {"query": asked.criteria.query_string(page=1), "as_of": asked.today}
    return HttpResponse(timeline_json(asked.answers.each(), about=about), content_type="application/json")


def _sheet(asked: Asked) -> Sheet:
    sheets, page = asked.sheets, asked.criteria.page
    if page > len(sheets):
        refuse("page", str(page), gettext("a page from 1 to %(last)d") % {"last": len(sheets)})
    before = sum(map(len, sheets[: page - 1]))
    return Sheet(
        rows=asked.answers.told(sheets[page - 1]),
        first=before + 1,
        total=len(asked.answers.found),
        page=page,
        pages=len(sheets),
    )


def _furniture(request: HttpRequest, asked: Asked) -> Furniture:
    criteria, answers = asked.criteria, asked.answers
    return furniture(
        request,
        title=gettext("Timeline"),
        lead=timeline_finding(asked.lines, day=asked.day, tell=answers.sentence),
        day=asked.day,
        query=criteria.query_string(),
        pinned=replace(criteria, on=asked.day).query_string(),
        files=("csv", "json"),
        embeds=True,
    )


def _chart(asked: Asked, rows: Sequence[TimelineBar]) -> Chart:
    criteria = asked.criteria
    return chart(
        rows,
        today=asked.today,
        on=criteria.on,
        first=criteria.first,
        last=criteria.last,
        by=criteria.group,
        order=criteria.sort,
        clock=criteria.clock,
        with_marks=criteria.marks,
    )


def _other_pages(asked: Asked, sheet: Sheet) -> dict[str, str]:
    """The queries of the sheets before and after, where there are such."""
    numbers = {"before": sheet.page - 1, "after": sheet.page + 1}
    return {name: asked.criteria.query_string(page=at) for name, at in numbers.items() if 1 <= at <= sheet.pages}


def _choices(asked: Asked) -> dict[str, list[tuple[str, str, bool]]]:
    """What the form offers, field by field: value, words, chosen or not. Only what the record holds rows for."""
    criteria, held, codes = asked.criteria, asked.held, asked.codes
    recipient, sought = criteria.recipient, criteria.sought
    regions = sorted(asked.answers.regions.union(sought.regions))
    return {
        "recipient": named(held.recipients, codes.countries, (recipient,)),
        "supplier": named(held.suppliers.get(recipient, ()), codes.countries, criteria.suppliers),
        "weapon": named(held.weapons.get(recipient, ()), codes.weapons, criteria.weapons),
        "territory": named(held.territories.get(recipient, ()), codes.countries, (criteria.territory,)),
        "track": [(track, track_label(track), track is criteria.track) for track in (Track.USE, Track.SUPPLY)],
        "group": [(code, _choice_words(code), code == criteria.group) for code in GROUPS],
        "sort": [(code, _choice_words(code), code == criteria.sort) for code in ORDERS],
        "status": [(status, status_label(status), status in sought.statuses) for status in Status],
        "condition": [
            (one.code, one.label, Condition(one.code) in sought.conditions) for one in definitions("conditions")
        ],
        "region": named(regions, codes.regions, sought.regions),
        "attribution": [(one, attribution_label(one), one in sought.attributions) for one in Attribution],
        "evidence": kinds_of_evidence(evidence_of(sought)),
    }


def _choice_words(code: str) -> str:
    words = {
        "supplier": gettext("supplier"),
        "weapon": gettext("weapon"),
        "rule": gettext("what is permitted"),
        "name": gettext("name"),
    }
    return words[code]
