"""The page of one position: what it says, and the claims that it rests on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from dashboard.filters import TimelineCriteria
from dashboard.furniture import furniture, shown
from dashboard.parameters import no_parameters
from dashboard.views.asking import today_utc
from dashboard.views.keeping import reading_page
from restrictions.domain.vocabulary import Track
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.positions import closed_position, position_page
from restrictions.words import track_label


@reading_page
def position(request: HttpRequest, number: int) -> HttpResponse:
    """The position with its evidence; what was once known of it where it stands no longer."""
    no_parameters(request.GET)
    codes, today = known_codes(), today_utc()
    page = position_page(number, codes=codes, today=today)
    if page is None:
        return _closed(request, number, codes)
    bar = page.bar
    context = {
        "page": page,
        "bar": bar,
        "track": track_label(bar.track),
        "line": _line_query(bar.recipient, bar.track, bar.territory, bar.supplier, bar.weapon),
        "supplier": _line_query(bar.recipient, bar.track, bar.territory, bar.supplier, ""),
    }
    about = furniture(
        request,
        title=f"{bar.supplier_name}, {bar.weapon_name}: {bar.words.label}",
        lead=bar.words.sentence,
        day=today,
        sources=gettext("The claims named above, each with its sources."),
    )
    return shown(request, "reading/position.html", context, about)


def _closed(request: HttpRequest, number: int, codes: Codes) -> HttpResponse:
    closed = closed_position(number)
    if closed is None:
        raise Http404(gettext("The record holds no position of this number."))
    context = {
        "closed": closed,
        "supplier": codes.countries.get(closed.supplier, closed.supplier),
        "recipient": codes.countries.get(closed.recipient, closed.recipient),
        "weapon": codes.weapons.get(closed.weapon, closed.weapon),
        "line": _line_query(closed.recipient, closed.track, closed.territory, closed.supplier, closed.weapon),
    }
    return render(request, "reading/position_closed.html", context)


def _line_query(recipient: str, track: Track, territory: str, supplier: str, weapon: str) -> str:
    """The timeline's query for one supplier, and one weapon where one is named."""
    criteria = TimelineCriteria(
        recipient=recipient,
        track=track,
        territory=territory,
        suppliers=(supplier,),
        weapons=(weapon,) if weapon else (),
    )
    return criteria.query_string()
