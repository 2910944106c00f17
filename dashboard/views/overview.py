"""The front page: who lets the recipient fire where on a day, how that came to be, and what changed last."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from dashboard.charts.curve import HEIGHT, WIDTH, Curve, Turn, curve
from dashboard.exports.tables import tallies_csv
from dashboard.filters import ANY_EVIDENCE, OFFICIAL, DayCriteria, overview_criteria
from dashboard.findings import overview_lead
from dashboard.furniture import Furniture, furniture, shown
from dashboard.legend import curve_legend
from dashboard.views.asking import AskedOfADay, named, reading_of
from dashboard.views.keeping import reading_page
from restrictions.domain.days import exact
from restrictions.domain.vocabulary import Track
from restrictions.queries.changes import Wanted, turns
from restrictions.queries.spoken import spoken
from restrictions.queries.tallies import Counted, counted
from restrictions.words import day_in_words

LATEST = 8
"""Changes that the front page tells of."""


@dataclass(frozen=True, slots=True)
class AskedOverview(AskedOfADay):
    """What the address asked for, and what is counted for it."""

    counted: Counted


@reading_page
def overview(request: HttpRequest) -> HttpResponse:
    """The lead sentence, the curve, and the latest changes up to the day."""
    context, page = overview_page(request)
    return shown(request, "reading/overview.html", context, page)


def overview_page(request: HttpRequest) -> tuple[dict[str, Any], Furniture]:
    """What the templates of an overview show, and the furniture around it. Raises BadParameter."""
    asked = _asked(request)
    criteria, codes = asked.criteria, asked.codes
    changes = turns(
        recipient=criteria.recipient,
        territory=criteria.territory,
        codes=codes,
        wanted=Wanted(track=Track.USE, until=asked.day),
        limit=LATEST,
        clock=criteria.clock,
    ).rows
    drawn = curve(asked.counted.over_time, today=asked.today, on=asked.day)
    lead = overview_lead(asked.counted.on_day, territory=asked.territory)
    context = {
        "asked": asked,
        "lead": lead,
        "last": next(iter(changes), None),
        "changes": changes,
        "curve": drawn,
        "size": (WIDTH, HEIGHT),
        "labels": _labels(drawn),
        "table": _table(asked.counted, drawn),
        "query_of_day": replace(criteria, evidence=ANY_EVIDENCE).query_string(),
        "legend": curve_legend([area.status for area in drawn.areas] if drawn else []),
        "recipients": [(code, codes.countries.get(code, code)) for code in asked.held.recipients],
        "recipient": asked.recipient,
        "choices": _choices(asked),
        "other_evidence": _with_other_evidence(criteria),
    }
    page = furniture(
        request,
        title=gettext("Overview"),
        lead=lead,
        day=asked.day,
        query=criteria.query_string(),
        pinned=criteria.query_string(on=asked.day),
        files=("csv",),
        embeds=True,
    )
    return context, page


@reading_page
def overview_as_csv(request: HttpRequest) -> HttpResponse:
    """The counts that the curve draws, one line for each day on which they change."""
    asked = _asked(request)
    response = HttpResponse(tallies_csv(asked.counted.over_time), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-overview.csv"'
    return response


def _asked(request: HttpRequest) -> AskedOverview:
    read = reading_of(request)
    criteria = overview_criteria(request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    found = counted(
        recipient=criteria.recipient,
        territory=criteria.territory,
        on=criteria.on or read.today,
        today=read.today,
        codes=read.codes,
        clock=read.clock,
        on_record=criteria.on_record,
    )
    return AskedOverview(criteria, read.codes, read.held, read.today, found)


def _labels(drawn: Curve | None) -> list[tuple[Turn, str]]:
    return [(turn, day_in_words(exact(turn.day))) for turn in drawn.turns] if drawn else []


def _table(found: Counted, drawn: Curve | None) -> list[tuple[str, list[int]]]:
    """The counts of the curve, the latest first, in the order of its legend."""
    statuses = [area.status for area in reversed(drawn.areas)] if drawn else []
    return [
        (spoken(exact(tally.day)), [tally.of(status) for status in statuses]) for tally in reversed(found.over_time)
    ]


def _with_other_evidence(criteria: DayCriteria) -> str:
    """The query of the same view, counting what the other choice of evidence counts."""
    other = ANY_EVIDENCE if criteria.on_record else OFFICIAL
    return replace(criteria, evidence=other).query_string()


def _choices(asked: AskedOverview) -> dict[str, list[tuple[str, str, bool]]]:
    return {"recipient": named(asked.held.recipients, asked.codes.countries, (asked.criteria.recipient,))}
