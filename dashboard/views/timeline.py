"""The timeline: the chart, the same rows as a table, and as CSV and JSON at the same address."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext

from dashboard.charts.lanes import lanes_of
from dashboard.exports.tables import timeline_csv, timeline_json
from dashboard.filters import GROUPS, ORDERS
from dashboard.findings import timeline_finding
from dashboard.furniture import furniture, shown
from dashboard.views.asking import Asked, asked_of_timeline, named
from dashboard.views.chart import Chart, chart
from dashboard.views.keeping import reading_page
from restrictions.domain.vocabulary import Track
from restrictions.words import track_label


@reading_page
def timeline(request: HttpRequest) -> HttpResponse:
    """The page: the finding, the chart, the table."""
    asked = asked_of_timeline(request)
    criteria = asked.criteria
    ordered = [bar for lane in lanes_of(asked.rows, by=criteria.group, order=criteria.sort) for bar in lane.bars]
    finding = timeline_finding(asked.rows, day=asked.day)
    context = {
        "asked": asked,
        "criteria": criteria,
        "finding": finding,
        "chart": _chart(asked),
        "rows": ordered,
        "choices": _choices(asked),
    }
    page = furniture(
        request,
        title=gettext("Timeline"),
        lead=finding,
        day=asked.day,
        query=criteria.query_string(),
        pinned=replace(criteria, on=asked.day).query_string(),
        files=("csv", "json"),
    )
    return shown(request, "reading/timeline.html", context, page)


@reading_page
def timeline_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the view as CSV."""
    asked = asked_of_timeline(request)
    response = StreamingHttpResponse(timeline_csv(asked.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-timeline.csv"'
    return response


@reading_page
def timeline_as_json(request: HttpRequest) -> HttpResponse:
    """The rows of the view as JSON, with the query that they answer."""
    asked = asked_of_timeline(request)
    body = timeline_json(asked.rows, about={"query": asked.criteria.query_string(), "as_of": asked.today})
    return HttpResponse(body, content_type="application/json")


def _chart(asked: Asked) -> Chart:
    criteria = asked.criteria
    return chart(
        asked.rows,
        today=asked.today,
        on=criteria.on,
        first=criteria.first,
        last=criteria.last,
        by=criteria.group,
        order=criteria.sort,
        clock=criteria.clock,
    )


def _choices(asked: Asked) -> dict[str, list[tuple[str, str, bool]]]:
    """What the form offers, field by field: value, words, chosen or not. Only what the record holds rows for."""
    criteria, held = asked.criteria, asked.held
    recipient = criteria.recipient
    return {
        "recipient": named(held.recipients, asked.codes.countries, (recipient,)),
        "supplier": named(held.suppliers.get(recipient, ()), asked.codes.countries, criteria.suppliers),
        "weapon": named(held.weapons.get(recipient, ()), asked.codes.weapons, criteria.weapons),
        "territory": named(held.territories.get(recipient, ()), asked.codes.countries, (criteria.territory,)),
        "track": [(track, track_label(track), track is criteria.track) for track in (Track.USE, Track.SUPPLY)],
        "group": [(code, _choice_words(code), code == criteria.group) for code in GROUPS],
        "sort": [(code, _choice_words(code), code == criteria.sort) for code in ORDERS],
    }


def _choice_words(code: str) -> str:
    words = {
        "supplier": gettext("supplier"),
        "weapon": gettext("weapon"),
        "rule": gettext("what is permitted"),
        "name": gettext("name"),
    }
    return words[code]
