"""Coverage: how much was read of each supplier, when and in which languages, as a page and as CSV."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_info, gettext

from dashboard.exports.coverage import coverage_csv
from dashboard.filters import recipient_asked
from dashboard.findings import coverage_finding
from dashboard.furniture import furniture, shown
from dashboard.parameters import clock_pairs
from dashboard.views.asking import Reading, named, reading_of
from dashboard.views.keeping import passing_page
from restrictions.queries.coverage import Coverage, CoverageRow
from restrictions.queries.coverage import coverage as coverage_of


@passing_page
def coverage(request: HttpRequest) -> HttpResponse:
    """What was looked at of each supplier, so that silence is not taken for policy."""
    read = reading_of(request)
    recipient, found = _coverage(request, read)
    finding = coverage_finding(found.suppliers, today=read.today)
    context = {
        "finding": finding,
        "recipient": read.codes.countries.get(recipient, recipient),
        "recipients": named(read.held.recipients, read.codes.countries, (recipient,)),
        "years": found.years,
        "rows": [_shown(row, found.years, read.today) for row in found.suppliers],
        "read": [(_language(row.language), row) for row in found.read],
    }
    page = furniture(
        request,
        title=gettext("Coverage"),
        lead=finding,
        day=read.today,
        query=urlencode([("recipient", recipient), *clock_pairs(read.clock)]),
        files=("csv", "json"),
        sources=gettext("The record's own log of what was read and decided."),
    )
    return shown(request, "reading/coverage.html", context, page)


@passing_page
def coverage_as_csv(request: HttpRequest) -> HttpResponse:
    """One line a supplier, with a column for each year of publication."""
    _, found = _coverage(request, reading_of(request))
    response = HttpResponse(coverage_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-coverage.csv"'
    return response


def _coverage(request: HttpRequest, read: Reading) -> tuple[str, Coverage]:
    """The recipient asked for, and what was looked at towards it."""
    recipient = recipient_asked(request.GET, codes=read.codes)
    return recipient, coverage_of(recipient=recipient, codes=read.codes, clock=read.clock)


def _shown(row: CoverageRow, years: Sequence[int], today: date) -> dict[str, object]:
    """A row with its counts by year, each with how dark its cell is: 0 to 4."""
    counts = [row.by_year.get(year, 0) for year in years]
    return {
        "row": row,
        "fresh": row.is_fresh(today),
        "languages": ", ".join(_language(code) for code in row.languages),
        "counts": [(year, count, _shade(count)) for year, count in zip(years, counts, strict=True)],
    }


def _shade(count: int) -> int:
    return sum(count >= step for step in (1, 3, 6, 12))


def _language(code: str) -> str:
    """The name of a language in the reader's; a code that has none stands for itself."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code or "–"
