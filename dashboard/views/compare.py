"""Two days, two suppliers or two states of knowledge side by side: what differs, as a page, CSV, JSON and SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from dashboard.charts.dumbbells import WIDTH, Dumbbells, dumbbells
from dashboard.criteria.comparison import By, ComparisonCriteria, comparison_criteria
from dashboard.exports.comparison import comparison_csv, comparison_json
from dashboard.furniture import Furniture, furniture, shown
from dashboard.parameters import clock_pairs
from dashboard.summaries import comparison_summary
from dashboard.views.asking import Reading, named, reading_of, wants_part
from dashboard.views.keeping import reading_page
from restrictions.domain.days import ONE_DAY, exact
from restrictions.domain.vocabulary import Track
from restrictions.queries.changes import Wanted, turns
from restrictions.queries.clock import known_days
from restrictions.queries.codes import Codes
from restrictions.queries.compared import Comparison, DifferenceRow, Stated
from restrictions.queries.comparison import Side, comparison
from restrictions.queries.phrases import name_in_a_sentence
from restrictions.words import day_in_words, status_label

_LINE = 72
"""Letters of a title that have room beside each other in the drawing."""
_GAP = 30
"""Units between the drawings of two tracks."""
_MOST = 30
"""Rows of one track that are drawn; the table has all."""


@dataclass(frozen=True, slots=True)
class AskedComparison:
    """What the address asked for, both sides, and what differs between them."""

    criteria: ComparisonCriteria
    read: Reading
    sides: tuple[Side, Side]
    found: Comparison

    @property
    def codes(self) -> Codes:
        return self.read.codes

    @property
    def day(self) -> date:
        """The day that is compared, or the later of two."""
        return self.sides[1].on


@reading_page
def compare(request: HttpRequest) -> HttpResponse:
    """The page; asked by htmx it answers with the part that changes with the choice."""
    context, page = compare_page(request)
    part = "reading/compare_sides.html" if wants_part(request) else ""
    return shown(request, "reading/compare.html", context, page, part=part)


def compare_page(request: HttpRequest) -> tuple[dict[str, Any], Furniture]:
    """What the templates of a comparison show, and the furniture around it. Raises BadParameter."""
    asked = _asked(request)
    context, criteria = _context(asked), asked.criteria
    page = furniture(
        request,
        title=pgettext("page", "Compare"),
        lead=context["finding"],
        day=asked.day,
        query=criteria.query_string(),
        pinned=criteria.query_string(pinned=asked.day),
        files=("csv", "json", "svg") if any(track["drawn"] for track in context["tracks"]) else ("csv", "json"),
        embeds=True,
    )
    return context, page


@reading_page
def compare_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The differences of the view as CSV."""
    lines = comparison_csv(_asked(request).found.rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="caveat-compare.csv"'
    return response


@reading_page
def compare_as_json(request: HttpRequest) -> HttpResponse:
    """The differences of the view as JSON, with the query that they answer."""
    asked = _asked(request)
    about = {"query": asked.criteria.query_string(), "on": asked.day, "alike": asked.found.alike}
    return HttpResponse(comparison_json(asked.found.rows, about=about), content_type="application/json")


@reading_page
def compare_as_svg(request: HttpRequest) -> HttpResponse:
    """The dumbbells of the view as a file that stands on its own."""
    context = _context(_asked(request))
    lines, tops, top = wrap(context["finding"], _LINE), [], 0
    for track in filter(lambda track: track["drawn"], context["tracks"]):
        tops.append((track, top))
        top += track["drawn"].height + _GAP
    context |= {"lines": lines, "stacked": tops, "height": top, "head": 60 + 24 * len(lines)}
    response = render(request, "reading/compare_file.svg", context, content_type="image/svg+xml")
    response["Content-Disposition"] = 'attachment; filename="caveat-compare.svg"'
    return response


def _asked(request: HttpRequest) -> AskedComparison:
    read = reading_of(request)
    criteria = comparison_criteria(
        request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock, known_days=known_days
    )
    sides = criteria.sides(today=read.today)
    found = comparison(*sides, recipient=criteria.recipient, territory=criteria.territory, codes=read.codes)
    return AskedComparison(criteria, read, sides, found)


def _context(asked: AskedComparison) -> dict[str, Any]:
    criteria, countries = asked.criteria, asked.codes.countries
    first, second = _names(asked)
    return {
        "asked": asked,
        "query": criteria.query_string(),
        "criteria": criteria,
        "finding": _finding(asked, first, second),
        "first": first,
        "second": second,
        "day_words": day_in_words(exact(asked.day)),
        "of_a_day": criteria.by is not By.DAYS,
        "recipient": countries.get(criteria.recipient, criteria.recipient),
        "territory": countries.get(criteria.territory, criteria.territory),
        "width": WIDTH,
        "tracks": [_track(asked, track) for track in (Track.USE, Track.SUPPLY) if _rows(asked, track)],
        "tabs": _tabs(criteria),
        "choices": _choices(asked),
        "with_change": _with_change(asked),
    }


def _with_change(asked: AskedComparison) -> str:
    """The query that lays the day before the last change beside the later one, where two days do not differ."""
    criteria, read = asked.criteria, asked.read
    if criteria.by is not By.DAYS or asked.found.rows or not asked.found.alike:
        return ""
    log = turns(
        recipient=criteria.recipient,
        territory=criteria.territory,
        codes=read.codes,
        wanted=Wanted(until=asked.day),
        limit=1,
        clock=read.clock,
    )
    days = [row.starts.earliest - ONE_DAY for row in log.rows]
    return replace(criteria, first=days[0].isoformat()).query_string() if days else ""


def _names(asked: AskedComparison) -> tuple[str, str]:
    """What each side is called."""
    criteria, countries = asked.criteria, asked.codes.countries
    first, second = criteria.first, criteria.second
    if criteria.by is By.SUPPLIERS:
        return countries.get(first, first), countries.get(second, second)
    return _day_name(criteria.by, first), _day_name(criteria.by, second)


def _day_name(by: By, day: str) -> str:
    if not day:
        return gettext("as known now")
    words = day_in_words(exact(date.fromisoformat(day)))
    if by is By.DAYS:
        return words
    said = gettext("as known on %(day)s") if by is By.KNOWN else gettext("as reported by %(day)s")
    return said % {"day": words}


def _finding(asked: AskedComparison, first: str, second: str) -> str:
    """What the page says at its top."""
    criteria, n = asked.criteria, len(asked.found.both_say)
    if criteria.is_open:
        return gettext("Choose a day: what the record says now is laid beside it.")
    names = {"first": first, "second": second, "day": day_in_words(exact(asked.day)), "n": n}
    if criteria.by is By.SUPPLIERS:
        names |= {"first": _spoken(asked, criteria.first), "second": _spoken(asked, criteria.second)}
    lead, nothing = _lead(criteria.by, n), _nothing(criteria.by)
    return comparison_summary(asked.found, lead=lead % names, nothing=nothing % names)


def _spoken(asked: AskedComparison, code: str) -> str:
    return name_in_a_sentence(code, asked.codes.countries.get(code, code))


def _lead(by: By, n: int) -> str:
    """What is said where both sides speak and differ, with places for their names."""
    if by is By.DAYS:
        return ngettext(
            "On %(second)s, %(n)d rule reads otherwise than on %(first)s",
            "On %(second)s, %(n)d rules read otherwise than on %(first)s",
            n,
        )
    if by is By.SUPPLIERS:
        return ngettext(
            "On %(day)s, set beside %(first)s, %(second)s has %(n)d rule that differs",
            "On %(day)s, set beside %(first)s, %(second)s has %(n)d rules that differ",
            n,
        )
    return ngettext(
        "%(n)d rule of %(day)s reads otherwise %(second)s than %(first)s",
        "%(n)d rules of %(day)s read otherwise %(second)s than %(first)s",
        n,
    )


def _nothing(by: By) -> str:
    """The same where nothing differs of what both sides speak of."""
    if by is By.DAYS:
        return gettext("Between %(first)s and %(second)s, no rule that stood on both days differs")
    if by is By.SUPPLIERS:
        return gettext("On %(day)s, nothing differs where both %(first)s and %(second)s have a rule")
    return gettext("No rule of %(day)s reads otherwise %(second)s than %(first)s")


def _rows(asked: AskedComparison, track: Track) -> list[DifferenceRow]:
    return [row for row in asked.found.rows if row.track is track]


def _track(asked: AskedComparison, track: Track) -> dict[str, Any]:
    """The rows of one track, with their drawing and the links of both sides.

    Of two suppliers each hands over what the other does not: what only one of them has is told apart.
    """
    rows = _rows(asked, track)
    apart = [row for row in rows if row.one_sided] if asked.criteria.by is By.SUPPLIERS else []
    shared = [row for row in rows if row not in apart]
    drawn = dumbbells(shared, most=_MOST)
    return {
        "track": track.value,
        "rows": _linked(shared, asked),
        "apart": _linked(apart, asked),
        "drawn": drawn,
        "places": _places(drawn),
    }


def _linked(rows: Sequence[DifferenceRow], asked: AskedComparison) -> list[tuple[DifferenceRow, str, str]]:
    first, second = asked.sides
    return [(row, _link(row.first, first), _link(row.second, second)) for row in rows]


def _places(drawn: Dumbbells | None) -> list[tuple[Any, str]]:
    """The places of the axis with their words."""
    places = drawn.places if drawn else ()
    return [(place, status_label(place.status) if place.status else gettext("nothing on record")) for place in places]


def _link(said: Stated | None, side: Side) -> str:
    """The page of a position by its side's state of knowledge; one that became no recorded position has none."""
    if said is None or said.position < 0:
        return ""
    query = urlencode(clock_pairs(side.clock))
    return reverse("position", args=[said.position]) + (f"?{query}" if query else "")


def _tabs(criteria: ComparisonCriteria) -> list[tuple[str, str, bool]]:
    """What else can be laid side by side: words, query, current or not."""
    words = {
        By.DAYS: gettext("Two days"),
        By.SUPPLIERS: gettext("Two suppliers"),
        By.KNOWN: gettext("What the record knew"),
        By.REPORTED: gettext("What had been reported"),
    }
    return [(said, criteria.query_string(by=by), by is criteria.by) for by, said in words.items()]


def _choices(asked: AskedComparison) -> dict[str, list[tuple[str, str, bool]]]:
    criteria, held, countries = asked.criteria, asked.read.held, asked.codes.countries
    suppliers = held.suppliers.get(criteria.recipient, ())
    return {
        "recipient": named(held.recipients, countries, (criteria.recipient,)),
        "territory": named(held.territories.get(criteria.recipient, ()), countries, (criteria.territory,)),
        "first": named(suppliers, countries, (criteria.first,)),
        "second": named(suppliers, countries, (criteria.second,)),
    }
