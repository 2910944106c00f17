"""The front page: who lets the recipient fire where on a day, how that came to be, and what changed last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import accumulate
from textwrap import wrap
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from dashboard.charts.classes import by_class
from dashboard.charts.curve import HEIGHT, WIDTH, Curve, Turn, curve
from dashboard.exports.tables import tallies_csv, tallies_json
from dashboard.filters import ANY_EVIDENCE, DayCriteria, overview_criteria
from dashboard.findings import overview_lead
from dashboard.furniture import Furniture, furniture, shown
from dashboard.legend import LegendEntry, curve_legend, matrix_legend
from dashboard.views.asking import AskedOfADay, named, reading_of
from dashboard.views.keeping import reading_page
from restrictions.domain.days import exact
from restrictions.domain.tallies import Tallies, Tally
from restrictions.domain.vocabulary import Track
from restrictions.queries.changes import Wanted, turns
from restrictions.queries.matrix import matrix
from restrictions.queries.sought import OFFICIAL
from restrictions.queries.spoken import spoken
from restrictions.queries.tallies import Counted, counted
from restrictions.words import day_in_words, place_words

_LINE = 100
"""Letters of a title that have room beside each other in the drawing."""
_KEY, _LETTER = 52, 7
"""Units that a colour and the room after its words take, and a letter of these."""
LATEST = 8
"""Changes that the front page tells of."""


@dataclass(frozen=True, slots=True)
class AskedOverview(AskedOfADay):
    """What the address asked for, and what is counted for it."""

    counted: Counted

    @property
    def over_time(self) -> Sequence[Tally]:
        """The tallies of every day up to today on which they change."""
        return self.counted.tallies.over_time(until=self.today)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The curve, and the same counts as the rows of a table, the latest first, in the order of its legend."""

    curve: Curve | None
    rows: str


@reading_page
def overview(request: HttpRequest) -> HttpResponse:
    """The lead sentence, the curve, and the latest changes up to the day."""
    context, page = overview_page(request)
    return shown(request, "reading/overview.html", context, page)


def overview_page(request: HttpRequest) -> tuple[dict[str, Any], Furniture]:
    """What the templates of an overview show, and the furniture around it. Raises BadParameter."""
    asked = _asked(request)
    context = _context(asked)
    page = furniture(
        request,
        title=gettext("Overview"),
        lead=context["lead"],
        day=asked.day,
        query=asked.criteria.query_string(),
        pinned=asked.criteria.query_string(on=asked.day),
        files=("svg", "csv", "json") if context["curve"] else ("csv", "json"),
        embeds=True,
    )
    return context, page


@reading_page
def in_small(request: HttpRequest) -> HttpResponse:
    """The matrix by class of weapon, a part of the front page: it costs as much as the rest, and comes after it."""
    read = reading_of(request)
    criteria = overview_criteria(request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    day = criteria.on or read.today
    whole = matrix(
        recipient=criteria.recipient,
        territory=criteria.territory,
        on=day,
        today=read.today,
        codes=read.codes,
        clock=criteria.clock,
    )
    context = {
        "grid": by_class(whole, tree=read.codes.tree, names=read.codes.weapons),
        "keys": matrix_legend(whole),
        "day_words": day_in_words(exact(day)),
        "query_of_day": criteria.query_string(),
    }
    return render(request, "reading/small_matrix.html", context)


@reading_page
def overview_as_csv(request: HttpRequest) -> HttpResponse:
    """The counts that the curve draws, one line for each day on which they change."""
    asked = _asked(request)
    response = HttpResponse(tallies_csv(asked.over_time), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-overview.csv"'
    return response


@reading_page
def overview_as_json(request: HttpRequest) -> HttpResponse:
    """The counts that the curve draws as JSON, with the query that they answer."""
    asked = _asked(request)
    body = tallies_json(asked.over_time, about={"query": asked.criteria.query_string(), "on": asked.day})
    return HttpResponse(body, content_type="application/json")


@reading_page
def overview_as_svg(request: HttpRequest) -> HttpResponse:
    """The curve as a file that stands on its own."""
    context = _context(_asked(request))
    context |= {"lines": wrap(context["lead"], _LINE), "keys": _in_a_row(context["legend"])}
    response = render(request, "reading/overview_file.svg", context, content_type="image/svg+xml")
    response["Content-Disposition"] = 'attachment; filename="caveat-overview.svg"'
    return response


def _asked(request: HttpRequest) -> AskedOverview:
    read = reading_of(request)
    criteria = overview_criteria(request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    found = counted(
        recipient=criteria.recipient,
        territory=criteria.territory,
        on=criteria.on or read.today,
        codes=read.codes,
        clock=read.clock,
        on_record=criteria.on_record,
    )
    return AskedOverview(criteria, read.codes, read.held, read.today, found)


def _context(asked: AskedOverview) -> dict[str, Any]:
    criteria, codes = asked.criteria, asked.codes
    changes = turns(
        recipient=criteria.recipient,
        territory=criteria.territory,
        codes=codes,
        wanted=Wanted(track=Track.USE, until=asked.day),
        limit=LATEST,
        clock=criteria.clock,
    ).rows
    drawn = _drawn(asked.counted.tallies, asked.today, get_language())
    lead = overview_lead(asked.counted.on_day, where=place_words(asked.criteria.territory, asked.territory))
    return {
        "asked": asked,
        "query": criteria.query_string(),
        "lead": lead,
        "last": next(iter(changes), None),
        "changes": changes,
        "curve": drawn.curve,
        "marker": drawn.curve.marker(asked.day) if drawn.curve else 0,
        "size": (WIDTH, HEIGHT),
        "labels": _labels(drawn.curve),
        "counts": drawn.rows,
        "query_of_day": replace(criteria, evidence=ANY_EVIDENCE).query_string(),
        "legend": curve_legend([area.status for area in drawn.curve.areas] if drawn.curve else []),
        "recipients": [(code, codes.countries.get(code, code)) for code in asked.held.recipients],
        "recipient": asked.recipient,
        "choices": _choices(asked),
        "other_evidence": _with_other_evidence(criteria),
    }


def _in_a_row(legend: Sequence[LegendEntry]) -> list[tuple[int, LegendEntry]]:
    """The colours with their words, each where the one before it leaves room."""
    ends = accumulate((_KEY + _LETTER * len(entry.words) for entry in legend), initial=0)
    return list(zip(ends, legend, strict=False))


def _labels(drawn: Curve | None) -> list[tuple[Turn, str]]:
    return [(turn, day_in_words(exact(turn.day))) for turn in drawn.turns] if drawn else []


@lru_cache(maxsize=16)
def _drawn(tallies: Tallies, today: date, _language: str | None) -> Drawn:
    """What is the same whichever day is asked about: drawn and written once, until the record changes."""
    found = tallies.over_time(until=today)
    drawn = curve(found, today=today)
    statuses = [area.status for area in reversed(drawn.areas)] if drawn else []
    rows = [(spoken(exact(tally.day)), [tally.of(status) for status in statuses]) for tally in reversed(found)]
    return Drawn(drawn, render_to_string("reading/counts.html", {"rows": rows}))


def _with_other_evidence(criteria: DayCriteria) -> str:
    """The query of the same view, counting what the other choice of evidence counts."""
    other = ANY_EVIDENCE if criteria.on_record else OFFICIAL
    return replace(criteria, evidence=other).query_string()


def _choices(asked: AskedOverview) -> dict[str, list[tuple[str, str, bool]]]:
    return {"recipient": named(asked.held.recipients, asked.codes.countries, (asked.criteria.recipient,))}
