"""Who moved first: the order, the curve and the same rows as a table, as CSV, JSON and SVG."""

from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from dashboard.charts.staircase import HEIGHT, WIDTH, Drop, Staircase, staircase
from dashboard.criteria.moves import MovesCriteria, moves_criteria
from dashboard.exports.movers import curve_csv, movers_csv, moves_json
from dashboard.furniture import Furniture, furniture, shown
from dashboard.summaries import lag_words, moves_summary
from dashboard.views.asking import named, reading_of, wants_part
from dashboard.views.keeping import reading_page
from restrictions.domain.days import exact
from restrictions.domain.moves import Move
from restrictions.domain.survival import Step, median_time
from restrictions.domain.vocabulary import Track
from restrictions.domain.weapons import ANY
from restrictions.queries.codes import Codes, Holdings
from restrictions.queries.movers import MoverRow, Movers
from restrictions.queries.moves import movers
from restrictions.words import day_in_words, listed, move_label

_LINE = 112
"""Letters of a title that have room beside each other in the drawing."""
_FEW = 5
"""Falls of the line that a phone has room to name."""


@dataclass(frozen=True, slots=True)
class AskedMoves:
    """What the address asked for, and who moved."""

    criteria: MovesCriteria
    codes: Codes
    held: Holdings
    today: date
    found: Movers

    @property
    def day(self) -> date:
        """The last day looked at."""
        return self.criteria.on or self.today


@reading_page
def moves(request: HttpRequest) -> HttpResponse:
    """The page; asked by htmx it answers with the part that changes with the choice."""
    context, page = moves_page(request)
    part = "reading/moves_order.html" if wants_part(request) else ""
    return shown(request, "reading/moves.html", context, page, part=part)


def moves_page(request: HttpRequest) -> tuple[dict[str, Any], Furniture]:
    """What the templates of who moved first show, and the furniture around it. Raises BadParameter."""
    asked = _asked(request)
    context = _context(asked)
    page = furniture(
        request,
        title=gettext("Who moved first"),
        lead=context["finding"],
        day=asked.day,
        query=asked.criteria.query_string(),
        pinned=asked.criteria.query_string(on=asked.day),
        files=("csv", "json", "svg") if context["curve"] else ("csv", "json"),
        embeds=True,
    )
    return context, page


@reading_page
def moves_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The suppliers of the view as CSV."""
    return _csv(movers_csv(_asked(request).found), "caveat-moves.csv")


@reading_page
def curve_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The steps of the curve as CSV."""
    return _csv(curve_csv(_asked(request).found.steps), "caveat-moves-curve.csv")


@reading_page
def moves_as_json(request: HttpRequest) -> HttpResponse:
    """The suppliers and the curve as JSON, with the query and the day that they answer."""
    asked = _asked(request)
    body = moves_json(asked.found, about={"query": asked.criteria.query_string(), "on": asked.day})
    return HttpResponse(body, content_type="application/json")


@reading_page
def moves_as_svg(request: HttpRequest) -> HttpResponse:
    """The curve as a file that stands on its own."""
    context = _context(_asked(request))
    lines = wrap(context["finding"], _LINE)
    response = render(request, "reading/moves_file.svg", {**context, "lines": lines}, content_type="image/svg+xml")
    response["Content-Disposition"] = 'attachment; filename="caveat-moves.svg"'
    return response


def _csv(lines: Any, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest) -> AskedMoves:
    read = reading_of(request)
    criteria = moves_criteria(request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    found = movers(
        recipient=criteria.recipient,
        territory=criteria.territory,
        weapon=criteria.weapon,
        move=criteria.move,
        on=criteria.on or read.today,
        codes=read.codes,
        clock=read.clock,
    )
    return AskedMoves(criteria, read.codes, read.held, read.today, found)


def _context(asked: AskedMoves) -> dict[str, Any]:
    criteria, found = asked.criteria, asked.found
    countries, query = asked.codes.countries, criteria.query_string()
    drawn = staircase(found.steps)
    return {
        "asked": asked,
        "query": asked.criteria.query_string(),
        "finding": moves_summary(found, move=criteria.move, on=asked.day),
        "move": move_label(criteria.move),
        "day_words": day_in_words(exact(asked.day)),
        "recipient": countries.get(criteria.recipient, criteria.recipient),
        "territory": countries.get(criteria.territory, criteria.territory) if _is_of_use(criteria) else "",
        "weapon": asked.codes.weapons[criteria.weapon] if criteria.weapon != ANY else "",
        "moved": [(row, _lag(row)) for row in found.moved],
        "curve": drawn,
        "size": (WIDTH, HEIGHT),
        "labels": _labels(drawn, found),
        "few": drawn is not None and len(drawn.drops) <= _FEW,
        "median": median_time(found.steps),
        "steps": [_percent(step) for step in found.steps],
        "choices": _choices(asked),
        "curve_csv": f"{reverse('moves-curve-csv')}?{query}",
    }


def _is_of_use(criteria: MovesCriteria) -> bool:
    return criteria.move.track is Track.USE


def _lag(row: MoverRow) -> str:
    """How far behind the first, in words; empty for the first."""
    return "" if row.rank == 1 else lag_words(row.days or 0, row.least or 0, row.most or 0)


def _labels(drawn: Staircase | None, found: Movers) -> list[tuple[Drop, str]]:
    """Each fall of the line with the suppliers that moved then."""
    falls = drawn.drops if drawn else ()
    return [(fall, listed([row.supplier_name for row in found.moved if row.days == fall.days])) for fall in falls]


def _percent(step: Step) -> dict[str, Any]:
    shares = {"share": step.share, "lower": step.lower, "upper": step.upper}
    rounded = {name: None if share is None else round(100 * share) for name, share in shares.items()}
    return {"days": step.time, "at_risk": step.at_risk, "moved": step.moved, "censored": step.censored, **rounded}


def _choices(asked: AskedMoves) -> dict[str, list[tuple[str, str, bool]]]:
    criteria, held, countries = asked.criteria, asked.held, asked.codes.countries
    return {
        "move": [(move, move_label(move), move is criteria.move) for move in Move],
        "recipient": named(held.recipients, countries, (criteria.recipient,)),
        "territory": named(held.territories.get(criteria.recipient, ()), countries, (criteria.territory,)),
        "weapon": named(held.weapons.get(criteria.recipient, ()), asked.codes.weapons, (criteria.weapon,)),
    }
