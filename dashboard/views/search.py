"""Search over positions, quotes and titles, as a page and as JSON."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from dashboard.exports.search import found_records
from dashboard.furniture import furniture, shown
from dashboard.parameters import CLOCK, Given, clock_pairs
from dashboard.summaries import search_summary
from dashboard.views.asking import Reading, reading_of
from dashboard.views.keeping import passing_page
from restrictions.queries.codes import Codes
from restrictions.queries.naming import REGION, STATE, WEAPON, Named
from restrictions.queries.search import Found, search

LONGEST = 200
"""Letters that a search may have."""
TRIED_ALONE = 4
"""Names that are searched for one by one where nothing fits them all."""


@passing_page
def search_page(request: HttpRequest) -> HttpResponse:
    """The form, and what is found for what it asks."""
    asked, read = _asked(request), reading_of(request)
    found = _found(asked, read)
    named = _named(found.named, read.codes)
    alone = _found_alone(named, read) if found.empty and len(named) > 1 else []
    context = {
        "asked": asked,
        "found": found,
        "named": named,
        "alone": [(name, urlencode([("q", name), *clock_pairs(read.clock)])) for name in alone],
        "longest": LONGEST,
        "clock": read.clock,
    }
    page = furniture(
        request,
        title=gettext("Search"),
        lead=search_summary(found, asked=asked),
        day=read.today,
        query=urlencode([*([("q", asked)] if asked else []), *clock_pairs(read.clock)]),
        files=("json",) if asked else (),
    )
    return shown(request, "reading/search.html", context, page)


@passing_page
def search_as_json(request: HttpRequest) -> HttpResponse:
    """What is found, by kind."""
    asked, read = _asked(request), reading_of(request)
    about = {"q": asked, "as_of": read.today.isoformat()}
    return JsonResponse({**about, **found_records(_found(asked, read))}, json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest) -> str:
    return Given(request.GET, single=("q", *CLOCK)).text("q", longest=LONGEST)


def _found(asked: str, read: Reading) -> Found:
    return search(asked, codes=read.codes, today=read.today, clock=read.clock)


def _found_alone(names: list[str], read: Reading) -> list[str]:
    """Of names that nothing fits together, those that something fits by themselves; the first few are tried."""
    return [name for name in names[:TRIED_ALONE] if not _found(name, read).empty]


def _named(named: Named, codes: Codes) -> list[str]:
    """The names that were understood, in the reader's language."""
    names = {STATE: codes.countries, WEAPON: codes.weapons, REGION: codes.regions}
    return [names[kind].get(code, code) for kind, found in named.codes.items() for code in found]
