"""Dispatches: the list of what was read, and for each one what came of it; never a body, which is its publisher's."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext, pgettext

from dashboard.criteria.dispatches import (
    ANY_OUTCOME,
    OF_THE_PAST,
    DispatchesCriteria,
    dispatches_criteria,
    usual_outcome,
)
from dashboard.exports.dispatches import dispatches_csv, dispatches_json
from dashboard.furniture import furniture, shown
from dashboard.parameters import CLOCK, Given, clock_pairs, refuse
from dashboard.summaries import dispatch_summary, dispatches_summary, fate_words, outcome_words
from dashboard.views.asking import Reading, named, reading_of
from dashboard.views.keeping import passing_page
from restrictions.queries.read_dispatches import (
    DispatchList,
    Outcome,
    dispatch_list,
    dispatch_page,
    read_languages,
    whole_list,
)
from restrictions.queries.review import language_name

PAGE = 50
LARGEST = 2**63 - 1
"""The largest number that a dispatch can have."""


@dataclass(frozen=True, slots=True)
class AskedDispatches:
    """What the address asked for, and the dispatches that answer."""

    criteria: DispatchesCriteria
    read: Reading
    languages: tuple[str, ...]
    found: DispatchList

    @property
    def pages(self) -> int:
        return max(1, -(-self.found.total // PAGE))


@passing_page
def dispatches(request: HttpRequest) -> HttpResponse:
    """One page of the list."""
    asked = _asked(request)
    criteria = asked.criteria
    if criteria.page > asked.pages:
        refuse("page", str(criteria.page), gettext("a page from 1 to %(last)d") % {"last": asked.pages})
    lead = dispatches_summary(asked.found)
    context = {
        "asked": asked,
        "lead": lead,
        "rows": [(row, outcome_words(row.outcome)) for row in asked.found.rows],
        "choices": _choices(asked),
        "pages": _other_pages(asked),
    }
    page = furniture(
        request,
        title=pgettext("page", "Dispatches"),
        lead=lead,
        day=asked.read.today,
        query=criteria.query_string(),
        files=("csv", "json"),
        sources=gettext("The publishers named above. Their texts belong to them; only titles and quotes stand here."),
    )
    return shown(request, "reading/dispatches.html", context, page)


@passing_page
def dispatches_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every dispatch of the view as CSV, whichever page is shown."""
    criteria = _criteria(request, reading_of(request))
    rows = whole_list(criteria.wanted, clock=criteria.clock)
    response = StreamingHttpResponse(dispatches_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-dispatches.csv"'
    return response


@passing_page
def dispatches_as_json(request: HttpRequest) -> HttpResponse:
    """Every dispatch of the view as JSON, with the query that they answer."""
    read = reading_of(request)
    criteria = _criteria(request, read)
    about = {"query": criteria.query_string(page=1), "as_of": read.today}
    body = dispatches_json(whole_list(criteria.wanted, clock=criteria.clock), about=about)
    return HttpResponse(body, content_type="application/json")


@passing_page
def dispatch(request: HttpRequest, number: int) -> HttpResponse:
    """One dispatch: whose it is, where it can be read, and the fate of each claim from it."""
    read = reading_of(request)
    Given(request.GET, single=CLOCK)
    found = dispatch_page(number, codes=read.codes, clock=read.clock) if number <= LARGEST else None
    if found is None:
        raise Http404(gettext("There is no dispatch of this number."))
    row, lead = found.row, dispatch_summary(found)
    title = row.title or gettext("Dispatch without a title")
    context = {
        "found": found,
        "row": row,
        "title": title,
        "lead": lead,
        "outcome": outcome_words(row.outcome),
        "claims": [(claim, fate_words(claim.fate)) for claim in found.claims],
    }
    page = furniture(
        request,
        title=f"{row.publisher}: {title}" if row.publisher else title,
        lead=lead,
        day=read.today,
        query=urlencode(clock_pairs(read.clock)),
        sources=row.publisher or gettext("The publisher is not known."),
    )
    return shown(request, "reading/dispatch.html", context, page)


def _criteria(request: HttpRequest, read: Reading) -> DispatchesCriteria:
    return dispatches_criteria(request.GET, codes=read.codes, languages=read_languages(read.clock), clock=read.clock)


def _asked(request: HttpRequest) -> AskedDispatches:
    read = reading_of(request)
    languages = read_languages(read.clock)
    criteria = dispatches_criteria(request.GET, codes=read.codes, languages=languages, clock=read.clock)
    found = dispatch_list(criteria.wanted, clock=read.clock, start=(criteria.page - 1) * PAGE, limit=PAGE)
    return AskedDispatches(criteria, read, languages, found)


def _other_pages(asked: AskedDispatches) -> dict[str, str]:
    """The queries of the pages with newer and with older dispatches, where there are such."""
    numbers = {"newer": asked.criteria.page - 1, "older": asked.criteria.page + 1}
    return {name: asked.criteria.query_string(page=at) for name, at in numbers.items() if 1 <= at <= asked.pages}


def _choices(asked: AskedDispatches) -> dict[str, list[tuple[str, str, bool]]]:
    """What the form offers, field by field: value, words, chosen or not."""
    criteria, wanted, read = asked.criteria, asked.criteria.wanted, asked.read
    suppliers = {code for codes in read.held.suppliers.values() for code in codes} | set(wanted.suppliers)
    words = {
        Outcome.READ: gettext("all that were read"),
        Outcome.CLAIMS: gettext("with claims in the record"),
        Outcome.OFF_TOPIC: gettext("off topic"),
        Outcome.WAITING: gettext("not read yet"),
        ANY_OUTCOME: gettext("all that are held"),
    }
    offered = [code for code in words if not read.clock.known or code in OF_THE_PAST]
    usual = usual_outcome(read.clock)
    return {
        # What is usual is sent as nothing: a form that adds a past day asks for what is usual of that.
        "outcome": [("" if code == usual else code, words[code], code == criteria.outcome) for code in offered],
        "language": [(code, language_name(code) or code, code == wanted.language) for code in asked.languages],
        "supplier": named(suppliers, read.codes.countries, wanted.suppliers),
    }
