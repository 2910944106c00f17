"""The timeline: the chart, the same rows as a table, and as CSV and JSON at the same address."""

from collections.abc import Sequence

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dashboard.charts.lanes import lanes_of
from dashboard.charts.palette import dark_for_light
from dashboard.charts.timeline import Frame, narrow_layout, timeline_spec
from dashboard.exports.tables import timeline_csv, timeline_json
from dashboard.filters import GROUPS, ORDERS
from dashboard.findings import timeline_finding
from dashboard.legend import legend
from dashboard.views.asking import Asked, asked_of_timeline, named, refuses_bad_parameters
from restrictions.domain.days import exact
from restrictions.domain.vocabulary import Track
from restrictions.queries.bars import MarkRow
from restrictions.queries.timeline import timeline_marks
from restrictions.words import day_in_words, track_label


@require_safe
@refuses_bad_parameters
def timeline(request: HttpRequest) -> HttpResponse:
    """The page: the finding, the chart, the table."""
    asked = asked_of_timeline(request)
    criteria = asked.criteria
    ordered = [bar for lane in lanes_of(asked.rows, by=criteria.group, order=criteria.sort) for bar in lane.bars]
    query, marks = criteria.query_string(), _marks(asked)
    context = {
        "asked": asked,
        "criteria": criteria,
        "finding": timeline_finding(asked.rows, day=asked.day),
        "figure": _figure_json(asked, marks),
        "rows": ordered,
        "legend": legend(asked.rows, marks, today=asked.today),
        "choices": _choices(asked),
        "csv": f"{reverse('timeline-csv')}?{query}",
        "json": f"{reverse('timeline-json')}?{query}",
    }
    return render(request, "reading/timeline.html", context)


@require_safe
@refuses_bad_parameters
def timeline_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the view as CSV."""
    asked = asked_of_timeline(request)
    response = StreamingHttpResponse(timeline_csv(asked.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-timeline.csv"'
    return response


@require_safe
@refuses_bad_parameters
def timeline_as_json(request: HttpRequest) -> HttpResponse:
    """The rows of the view as JSON, with the query that they answer."""
    asked = asked_of_timeline(request)
    body = timeline_json(asked.rows, about={"query": asked.criteria.query_string(), "as_of": asked.today})
    return HttpResponse(body, content_type="application/json")


def _marks(asked: Asked) -> tuple[MarkRow, ...]:
    """The context acts on the lines that are shown; they are about use, so the supply track has none."""
    criteria = asked.criteria
    if criteria.track is Track.SUPPLY:
        return ()
    lines = {(bar.supplier, bar.weapon) for bar in asked.rows}
    found = timeline_marks(recipient=criteria.recipient, territory=criteria.territory, suppliers=criteria.suppliers)
    return tuple(mark for mark in found if (mark.supplier, mark.weapon) in lines)


def _figure_json(asked: Asked, marks: Sequence[MarkRow]) -> str:
    """The figure for wide and narrow screens, and the colours of the dark theme, as the page's script takes it."""
    criteria = asked.criteria
    frame = Frame(
        first=criteria.first,
        last=criteria.last,
        on=criteria.on,
        by=criteria.group,
        order=criteria.sort,
        today_words=gettext("today"),
        on_words=day_in_words(exact(criteria.on)) if criteria.on else "",
    )
    payload = {
        "figure": timeline_spec(asked.rows, today=asked.today, frame=frame, marks=marks),
        "narrow": narrow_layout(asked.rows, frame=frame),
        "dark": dark_for_light(),
    }
    # "<" never stands in the page's script block, so no text can close it.
    return orjson.dumps(payload).decode().replace("<", "\\u003c")


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
