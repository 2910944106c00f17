"""Search over positions, quotes and titles, as a page and as JSON."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from dashboard.exports.search import found_records
from dashboard.furniture import furniture, shown
from dashboard.parameters import Given
from dashboard.summaries import search_summary
from dashboard.views.asking import today_utc
from dashboard.views.keeping import passing_page
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.naming import REGION, STATE, WEAPON, Named
from restrictions.queries.search import search

LONGEST = 200
"""Letters that a search may have."""
TRIED_ALONE = 4
"""Names that are searched for one by one where nothing fits them all."""


@passing_page
def search_page(request: HttpRequest) -> HttpResponse:
    """The form, and what is found for what it asks."""
    asked, codes = _asked(request), known_codes()
    found = search(asked, codes=codes, today=today_utc())
    named = _named(found.named, codes)
    alone = _found_alone(named, codes) if found.empty and len(named) > 1 else []
    context = {"asked": asked, "found": found, "named": named, "alone": alone, "longest": LONGEST}
    page = furniture(
        request,
        title=gettext("Search"),
        lead=search_summary(found, asked=asked),
        day=today_utc(),
        query=urlencode({"q": asked}) if asked else "",
        files=("json",) if asked else (),
    )
    return shown(request, "reading/search.html", context, page)


@passing_page
def search_as_json(request: HttpRequest) -> HttpResponse:
    """What is found, by kind."""
    asked = _asked(request)
    found = search(asked, codes=known_codes(), today=today_utc())
    return JsonResponse({"q": asked, **found_records(found)}, json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest) -> str:
    return Given(request.GET, single=("q",)).text("q", longest=LONGEST)


def _found_alone(names: list[str], codes: Codes) -> list[str]:
    """Of names that nothing fits together, those that something fits by themselves; the first few are tried."""
    return [name for name in names[:TRIED_ALONE] if not search(name, codes=codes, today=today_utc()).empty]


def _named(named: Named, codes: Codes) -> list[str]:
    """The names that were understood, in the reader's language."""
    names = {STATE: codes.countries, WEAPON: codes.weapons, REGION: codes.regions}
    return [names[kind].get(code, code) for kind, found in named.codes.items() for code in found]
