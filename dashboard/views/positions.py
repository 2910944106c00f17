"""The page of one position: what it says, and the claims that it rests on."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from dashboard.exports.tables import timeline_csv
from dashboard.filters import TimelineCriteria
from dashboard.furniture import furniture, shown
from dashboard.parameters import CLOCK, Given, clock_pairs
from dashboard.stories import position_story
from dashboard.views.asking import clock_asked
from dashboard.views.chart import chart
from dashboard.views.keeping import reading_page
from restrictions.domain.clock import Clock
from restrictions.domain.days import exact
from restrictions.queries.bars import TimelineBar
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.positions import ClosedPosition, closed_position, position_page
from restrictions.queries.related import related_positions, successor_of
from restrictions.words import day_in_words, track_label


@reading_page
def position(request: HttpRequest, number: int) -> HttpResponse:
    """The position with its evidence; what was once known of it where it stands no longer."""
    Given(request.GET, single=CLOCK)
    clock, today = clock_asked(request)
    codes = known_codes(clock)
    page = position_page(number, codes=codes, today=today, clock=clock)
    if page is None:
        return _closed(request, number, codes, clock, today)
    bar = page.bar
    around = related_positions(bar, codes=codes, today=today, clock=clock)
    line = _line_query(bar, bar.weapon, clock)
    context = {
        "story": position_story(around),
        "around": around,
        "around_day": day_in_words(exact(around.day)),
        "chart": chart(around.line, today=today, clock=clock),
        "rows": around.line,
        "finding": gettext("The line of this position over time"),
        "page": page,
        "bar": bar,
        "track": track_label(bar.track),
        "line": line,
        "supplier": _line_query(bar, "", clock),
    }
    about = furniture(
        request,
        title=f"{bar.supplier_name}, {bar.weapon_name}: {bar.words.label}",
        lead=bar.words.sentence,
        day=today,
        query=urlencode(clock_pairs(clock)),
        timeline=line,
        files=("csv", "json"),
        sources=gettext("The claims named above, each with its sources."),
    )
    return shown(request, "reading/position.html", context, about)


@reading_page
def position_as_csv(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The line of this position as the page draws it, a row a bar; of one that is closed, ask its timeline."""
    Given(request.GET, single=CLOCK)
    clock, today = clock_asked(request)
    codes = known_codes(clock)
    page = position_page(number, codes=codes, today=today, clock=clock)
    if page is None:
        raise Http404(gettext("The record holds no position of this number."))
    around = related_positions(page.bar, codes=codes, today=today, clock=clock)
    response = StreamingHttpResponse(timeline_csv(around.line), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="caveat-position-{number}.csv"'
    return response


def _closed(request: HttpRequest, number: int, codes: Codes, clock: Clock, today: date) -> HttpResponse:
    closed = closed_position(number, clock=clock)
    if closed is None:
        raise Http404(gettext("The record holds no position of this number."))
    context = {
        "closed": closed,
        "number": number,
        "successor": successor_of(closed, codes=codes, today=today, clock=clock),
        "supplier": codes.countries.get(closed.supplier, closed.supplier),
        "recipient": codes.countries.get(closed.recipient, closed.recipient),
        "weapon": codes.weapons.get(closed.weapon, closed.weapon),
        "line": _line_query(closed, closed.weapon, clock),
    }
    return render(request, "reading/position_closed.html", context)


def _line_query(of: TimelineBar | ClosedPosition, weapon: str, clock: Clock) -> str:
    """The timeline's query for the supplier of a position, and for one weapon where one is named."""
    criteria = TimelineCriteria(
        recipient=of.recipient,
        track=of.track,
        territory=of.territory,
        suppliers=(of.supplier,),
        weapons=(weapon,) if weapon else (),
        clock=clock,
    )
    return criteria.query_string()
