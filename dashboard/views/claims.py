"""The log of claims: every claim that a curator decided, with its fate, as a page, as CSV and as JSON."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext, pgettext

from dashboard.criteria.claims import ClaimsCriteria, claims_criteria
from dashboard.exports.claims import claims_csv, claims_json
from dashboard.furniture import furniture, shown
from dashboard.parameters import refuse
from dashboard.summaries import claims_summary, fate_words
from dashboard.views.asking import named, reading_of
from dashboard.views.keeping import passing_page
from restrictions.domain.vocabulary import Status
from restrictions.queries.claim_log import ClaimLog, Fate, claim_log, whole_log
from restrictions.queries.codes import Codes, Holdings
from restrictions.words import status_label

PAGE = 50


@dataclass(frozen=True, slots=True)
class AskedClaims:
    """What the address asked for, and the claims that answer."""

    criteria: ClaimsCriteria
    codes: Codes
    held: Holdings
    today: date
    log: ClaimLog

    @property
    def pages(self) -> int:
        return max(1, -(-self.log.total // PAGE))


@passing_page
def claims(request: HttpRequest) -> HttpResponse:
    """One page of the log."""
    asked = _asked(request)
    criteria = asked.criteria
    if criteria.page > asked.pages:
        refuse("page", str(criteria.page), gettext("a page from 1 to %(last)d") % {"last": asked.pages})
    lead = claims_summary(asked.log)
    context = {
        "asked": asked,
        "lead": lead,
        "choices": _choices(asked),
        "rows": [(row, fate_words(row.fate)) for row in asked.log.rows],
        "pages": _other_pages(asked),
    }
    page = furniture(
        request,
        title=pgettext("page", "Claims"),
        lead=lead,
        day=asked.today,
        query=criteria.query_string(),
        files=("csv", "json"),
        sources=gettext("Each claim names its own."),
    )
    return shown(request, "reading/claims.html", context, page)


@passing_page
def claims_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every claim of the view as CSV, whichever page is shown."""
    read = reading_of(request)
    criteria = claims_criteria(request.GET, codes=read.codes, clock=read.clock)
    rows = claims_csv(whole_log(criteria.wanted, codes=read.codes, clock=read.clock))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-claims.csv"'
    return response


@passing_page
def claims_as_json(request: HttpRequest) -> HttpResponse:
    """Every claim of the view as JSON, with the query that they answer."""
    read = reading_of(request)
    criteria = claims_criteria(request.GET, codes=read.codes, clock=read.clock)
    about = {"query": criteria.query_string(page=1), "as_of": read.today}
    body = claims_json(whole_log(criteria.wanted, codes=read.codes, clock=read.clock), about=about)
    return HttpResponse(body, content_type="application/json")


def _asked(request: HttpRequest) -> AskedClaims:
    read = reading_of(request)
    criteria = claims_criteria(request.GET, codes=read.codes, clock=read.clock)
    start = (criteria.page - 1) * PAGE
    log = claim_log(criteria.wanted, codes=read.codes, clock=read.clock, start=start, limit=PAGE)
    return AskedClaims(criteria, read.codes, read.held, read.today, log)


def _other_pages(asked: AskedClaims) -> dict[str, str]:
    """The queries of the pages with newer and with older claims, where there are such."""
    numbers = {"newer": asked.criteria.page - 1, "older": asked.criteria.page + 1}
    return {name: asked.criteria.query_string(page=at) for name, at in numbers.items() if 1 <= at <= asked.pages}


def _choices(asked: AskedClaims) -> dict[str, list[tuple[str, str, bool]]]:
    """What the form offers, field by field: value, words, chosen or not."""
    wanted, held, names = asked.criteria.wanted, asked.held, asked.codes.countries
    suppliers = {code for codes in held.suppliers.values() for code in codes} | set(wanted.suppliers)
    weapons = {code for codes in held.weapons.values() for code in codes} | set(wanted.weapons)
    recipients = {*held.recipients, *filter(None, [wanted.recipient])}
    return {
        "fate": [(fate, fate_words(fate), fate in wanted.fates) for fate in Fate],
        "recipient": named(recipients, names, (wanted.recipient,)),
        "supplier": named(suppliers, names, wanted.suppliers),
        "weapon": named(weapons, asked.codes.weapons, wanted.weapons),
        "status": [
            (status, status_label(status), status in wanted.statuses)
            for status in Status
            if status is not Status.UNSTATED
        ],
    }
