"""What the pages of suppliers and weapons have in common: the question, the way to an unknown code, the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from dashboard.charts.lanes import MOST
from dashboard.exports.tables import timeline_csv, timeline_json
from dashboard.filters import RECIPIENT, TimelineCriteria, story_criteria
from dashboard.furniture import furniture, shown
from dashboard.listings import SupplierLine, supplier_lines
from dashboard.stories import Told
from dashboard.views.asking import AskedOfADay, Reading, named
from dashboard.views.chart import chart
from restrictions.domain.days import exact
from restrictions.domain.vocabulary import Role, Track
from restrictions.domain.weapons import ANY
from restrictions.queries.bare import Towards, towards
from restrictions.queries.bars import TimelineBar
from restrictions.queries.cells import Matrix, MatrixCell
from restrictions.queries.changes import Wanted, last_turns, turns_among
from restrictions.queries.codes import Holdings
from restrictions.queries.matrix import matrix
from restrictions.queries.timeline import Answers, consents_among, rows_among
from restrictions.queries.turns import TurnRow
from restrictions.words import day_in_words, unaccented

Choice = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class AskedRecord(AskedOfADay):
    """What an address asks for of suppliers or weapons, and what answers it, bare: use, delivery, consents."""

    towards: Towards
    use: Answers
    supplies: Answers
    agreed: Answers

    @property
    def day_words(self) -> str:
        return day_in_words(exact(self.day))


@dataclass(frozen=True, slots=True)
class AskedStory(AskedRecord):
    """The same of one supplier or weapon, with what its sentences are told from."""

    told: Told

    @property
    def rows(self) -> tuple[TimelineBar, ...]:
        """All bars that the page is about: use, then delivery."""
        return (*self.told.rows, *self.told.supplies)

    @property
    def sheet(self) -> dict[str, Any]:
        """What the page draws and lists of them, and how many it leaves to its files and to the timeline."""
        drawn, on, clock = self.told.rows[:MOST], self.criteria.on, self.criteria.clock
        return {
            "chart": chart(drawn, today=self.today, on=on, clock=clock) if drawn else None,
            "rows": self.rows[:MOST],
            "left_out": max(0, len(self.rows) - MOST),
        }


@dataclass(frozen=True, slots=True)
class HeldCell:
    """What holds on the day in one cell of the matrix: under whose or which name it stands, and where its page is."""

    name: str
    address: str
    cell: MatrixCell


def asked_of_record(
    request: HttpRequest, read: Reading, *, suppliers: tuple[str, ...] = (), weapons: tuple[str, ...] = ()
) -> AskedRecord:
    """The criteria of the address, and what answers for these suppliers or weapons. Raises BadParameter."""
    codes, today = read.codes, read.today
    usual = _usual_recipient(read.held, suppliers, weapons)
    criteria = story_criteria(request.GET, codes=codes, held=read.held, today=today, clock=read.clock, usual=usual)
    known = towards(criteria.recipient, clock=read.clock)
    asked: dict[str, Any] = {"territory": criteria.territory, "codes": codes, "today": today}
    own = partial(rows_among, known, **asked, suppliers=suppliers, weapons=weapons)
    use, supplies = own(track=Track.USE), own(track=Track.SUPPLY)
    return AskedRecord(criteria, codes, read.held, today, known, use, supplies, consents_among(known, **asked))


def asked_of_story(
    request: HttpRequest, read: Reading, *, suppliers: tuple[str, ...] = (), weapons: tuple[str, ...] = ()
) -> AskedStory:
    """The same with the rows in full. Raises BadParameter."""
    asked = asked_of_record(request, read, suppliers=suppliers, weapons=weapons)
    found = (*asked.use.found, *asked.supplies.found)
    ruled = {item.weapon for item in found if item.position.line.role is Role.SUPPLIER} | set(weapons)
    # A consent reaches a weapon and the systems of its class; one for weapons in general is about that state's own.
    reached = {*ruled, *(read.codes.tree.nodes[weapon].parent for weapon in ruled)} - {ANY} | set(weapons)
    agreed = [item for item in asked.agreed.found if item.position.line.supplier in suppliers or item.weapon in reached]
    bars = iter(asked.use.told([*found, *agreed]))
    use, supplies = (tuple(islice(bars, len(part.found))) for part in (asked.use, asked.supplies))
    told = Told(use, supplies, tuple(bars), asked.day)
    parts = (asked.towards, asked.use, asked.supplies, asked.agreed)
    return AskedStory(asked.criteria, asked.codes, asked.held, asked.today, *parts, told)


def _usual_recipient(held: Holdings, suppliers: tuple[str, ...], weapons: tuple[str, ...]) -> str:
    """Whom the page is about where the address names nobody: Ukraine, or the first that there are rows for."""
    of_suppliers = [one for one in held.recipients if set(suppliers) & set(held.suppliers[one])]
    found = of_suppliers or [one for one in held.recipients if set(weapons) & set(held.weapons[one])]
    return RECIPIENT if RECIPIENT in found or not found else found[0]


def matrix_of_story(asked: AskedRecord) -> Matrix:
    """The matrix of the day, of which the page shows one row or one column: one query."""
    criteria = asked.criteria
    return matrix(
        recipient=criteria.recipient,
        territory=criteria.territory,
        on=asked.day,
        today=asked.today,
        codes=asked.codes,
        clock=criteria.clock,
    )


def turns_of_story(asked: AskedRecord, wanted: Wanted) -> tuple[TurnRow, ...]:
    """The turns of the log that are wanted, the newest first: one query."""
    territory = asked.criteria.territory
    return turns_among(asked.towards, territory=territory, codes=asked.codes, wanted=wanted).rows


def lines_of_suppliers(asked: AskedRecord) -> list[SupplierLine]:
    """The list of suppliers, in the order of their codes: one query."""
    last = last_turns(asked.towards, territory=asked.criteria.territory, codes=asked.codes, until=asked.day)
    return supplier_lines(asked.use, asked.supplies, day=asked.day, last_turns=last)


def choices(asked: AskedRecord) -> dict[str, list[Choice]]:
    """What the form of the page offers."""
    criteria, held, names = asked.criteria, asked.held, asked.codes.countries
    return {
        "recipient": named(held.recipients, names, (criteria.recipient,)),
        "territory": named(held.territories.get(criteria.recipient, ()), names, (criteria.territory,)),
    }


def shown_story(
    request: HttpRequest,
    template: str,
    asked: AskedRecord,
    context: Mapping[str, Any],
    *,
    title: str,
    sought: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> HttpResponse:
    """The page with its form and its furniture; ``context`` has its lead and its chart.

    ``sought``: the ``suppliers`` or the ``weapons`` that the page is about, as the timeline's criteria name them.
    """
    criteria = asked.criteria
    query = criteria.query_string()
    page = furniture(
        request,
        title=title,
        lead=context["lead"],
        day=asked.day,
        query=query,
        pinned=criteria.query_string(on=asked.day),
        files=("csv", "json"),
        timeline=_timeline_query(asked, sought) if context.get("chart") else "",
        sources=gettext("The positions named above, each with its claims and their sources."),
    )
    return shown(request, template, {**context, "asked": asked, "choices": choices(asked), "query": query}, page)


def _timeline_query(asked: AskedRecord, sought: Mapping[str, tuple[str, ...]]) -> str:
    """The timeline's query for the chart of the page."""
    criteria = asked.criteria
    return TimelineCriteria(
        recipient=criteria.recipient,
        territory=criteria.territory,
        suppliers=sought.get("suppliers", ()),
        weapons=sought.get("weapons", ()),
        on=criteria.on,
        clock=criteria.clock,
    ).query_string()


def story_csv(asked: AskedStory, name: str) -> StreamingHttpResponse:
    """All bars of the page as CSV: use, then delivery."""
    response = StreamingHttpResponse(timeline_csv(asked.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="caveat-{name}.csv"'
    return response


def story_json(asked: AskedStory, **about: str) -> HttpResponse:
    """All bars of the page as JSON, with what they are about."""
    described = {**about, "query": asked.criteria.query_string(), "on": asked.day, "as_of": asked.today}
    return HttpResponse(timeline_json(asked.rows, about=described), content_type="application/json")


def unknown_code(request: HttpRequest, *, kind: str, given: str, known: list[tuple[str, str]]) -> HttpResponse:
    """404 with the codes that there are: address and name of each page, by name."""
    known = sorted(known, key=lambda page: unaccented(page[1]))
    if request.path.endswith((".json", ".csv")):
        codes = [address.rstrip("/").rpartition("/")[2] for address, _ in known]
        return JsonResponse({"error": {"unknown": kind, "given": given, "known": codes}}, status=404)
    context = {"kind": kind, "given": given, "known": known}
    return render(request, "reading/unknown_code.html", context, status=404)
