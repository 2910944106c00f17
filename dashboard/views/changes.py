"""The log of changes: the page, a part of it for htmx, and the whole log as CSV and JSON at the same address."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext

from dashboard.criteria.changes import ChangesCriteria, changes_criteria
from dashboard.exports.turns import turns_csv, turns_json
from dashboard.filters import evidence_of
from dashboard.furniture import furniture, shown
from dashboard.parameters import refuse
from dashboard.summaries import changes_summary
from dashboard.views.asking import kinds_of_evidence, named, reading_of, wants_part
from dashboard.views.keeping import reading_page
from restrictions.domain.changes import Kind
from restrictions.domain.vocabulary import Attribution, Status, Track
from restrictions.queries.changes import Log, turns
from restrictions.queries.codes import Codes, Holdings
from restrictions.words import attribution_label, kind_label, status_label, track_label
from restrictions.words.definitions import definitions

PAGE = 25


@dataclass(frozen=True, slots=True)
class AskedChanges:
    """What the address asked for, and the turns that answer."""

    criteria: ChangesCriteria
    codes: Codes
    held: Holdings
    today: date
    log: Log

    @property
    def pages(self) -> int:
        return max(1, -(-self.log.total // PAGE))


@reading_page
def changes(request: HttpRequest) -> HttpResponse:
    """One page of the log; asked by htmx it answers with the log alone."""
    asked = _asked(request, paged=True)
    criteria = asked.criteria
    if criteria.page > asked.pages:
        refuse("page", str(criteria.page), gettext("a page from 1 to %(last)d") % {"last": asked.pages})
    finding = changes_summary(asked.log)
    context = {
        "asked": asked,
        "finding": finding,
        "recipient": asked.codes.countries.get(criteria.recipient, criteria.recipient),
        "choices": _choices(asked),
        "pages": _other_pages(asked),
    }
    page = furniture(
        request,
        title=gettext("Changes"),
        lead=finding,
        day=criteria.wanted.last or asked.today,
        query=criteria.query_string(),
        pinned=criteria.query_string(last=asked.today),
        files=("csv", "json"),
    )
    part = "reading/changes_log.html" if wants_part(request) else ""
    return shown(request, "reading/changes.html", context, page, part=part)


@reading_page
def changes_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every turn of the view as CSV, whichever page is shown."""
    asked = _asked(request)
    response = StreamingHttpResponse(turns_csv(asked.log.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-changes.csv"'
    return response


@reading_page
def changes_as_json(request: HttpRequest) -> HttpResponse:
    """Every turn of the view as JSON, with the query that they answer."""
    asked = _asked(request)
    body = turns_json(asked.log.rows, about={"query": asked.criteria.query_string(page=1), "as_of": asked.today})
    return HttpResponse(body, content_type="application/json")


def _asked(request: HttpRequest, *, paged: bool = False) -> AskedChanges:
    read = reading_of(request)
    criteria = changes_criteria(request.GET, codes=read.codes, held=read.held, clock=read.clock)
    log = turns(
        recipient=criteria.recipient,
        territory=criteria.territory,
        codes=read.codes,
        clock=read.clock,
        wanted=criteria.wanted,
        start=(criteria.page - 1) * PAGE if paged else 0,
        limit=PAGE if paged else None,
    )
    return AskedChanges(criteria, read.codes, read.held, read.today, log)


def _other_pages(asked: AskedChanges) -> dict[str, str]:
    """The queries of the pages with newer and with older turns, where there are such."""
    page = asked.criteria.page
    numbers = {"newer": page - 1, "older": page + 1}
    return {name: asked.criteria.query_string(page=at) for name, at in numbers.items() if 1 <= at <= asked.pages}


def _choices(asked: AskedChanges) -> dict[str, list[tuple[str, str, bool]]]:
    """What the form offers, field by field: value, words, chosen or not."""
    criteria, wanted, held = asked.criteria, asked.criteria.wanted, asked.held
    countries, recipient, sought = asked.codes.countries, criteria.recipient, wanted.sought
    return {
        "recipient": named(held.recipients, countries, (recipient,)),
        "territory": named(held.territories.get(recipient, ()), countries, (criteria.territory,)),
        "supplier": named(held.suppliers.get(recipient, ()), countries, wanted.suppliers),
        "weapon": named(held.weapons.get(recipient, ()), asked.codes.weapons, wanted.weapons),
        "track": [(track, track_label(track), track is wanted.track) for track in Track],
        "kind": [(kind, kind_label(kind), kind in wanted.kinds) for kind in Kind],
        "before": [(status, status_label(status), status in wanted.before) for status in Status],
        "after": [
            (status, status_label(status), status in wanted.after) for status in Status if status is not Status.UNSTATED
        ],
        "condition": [(one.code, one.label, one.code in sought.conditions) for one in definitions("conditions")],
        "region": named(asked.log.regions.union(sought.regions), asked.codes.regions, sought.regions),
        "attribution": [(one, attribution_label(one), one in sought.attributions) for one in Attribution],
        "evidence": kinds_of_evidence(evidence_of(sought)),
    }
