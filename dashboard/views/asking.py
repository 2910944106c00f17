"""Between an address and its rows: reads the criteria, or answers 400 with the name of the parameter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from dashboard.charts.lanes import in_order, sheets_of
from dashboard.exports.files import CONTENT_TYPES
from dashboard.filters import KINDS_OF_EVIDENCE, DayCriteria, TimelineCriteria, timeline_criteria
from dashboard.parameters import BadParameter, clock_of
from restrictions.domain.clock import Clock
from restrictions.queries.answers import Stretched
from restrictions.queries.bars import BarLine
from restrictions.queries.clock import known_days
from restrictions.queries.codes import Codes, Holdings, holdings, known_codes
from restrictions.queries.timeline import Answers, timeline_answers
from restrictions.words import unaccented

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Reading:
    """The state of knowledge that an address asks for: its clock, what it calls today, its codes and what it holds."""

    clock: Clock
    today: date
    codes: Codes
    held: Holdings


def clock_asked(request: HttpRequest) -> tuple[Clock, date]:
    """The clock of the address, and the day that it calls today. Raises BadParameter."""
    today = today_utc()
    clock = clock_of(request.GET, today=today, known_days=known_days)
    return clock, clock.today(today)


def reading_of(request: HttpRequest) -> Reading:
    """What the page reads by. Raises BadParameter for a `known` or `reported` that is not understood."""
    clock, today = clock_asked(request)
    return Reading(clock, today, known_codes(clock), holdings(clock))


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asked for, the day on which it did, and what answers it, bare until it is told."""

    criteria: TimelineCriteria
    codes: Codes
    held: Holdings
    today: date
    answers: Answers
    lines: Sequence[BarLine[Stretched]]

    @property
    def day(self) -> date:
        """The day that sentences speak of: the one asked about, else today."""
        return self.criteria.on or self.today

    @property
    def sheets(self) -> list[list[Stretched]]:
        """What answers, in the order in which it is shown, in sheets that a browser can draw."""
        return sheets_of(in_order(self.lines, by=self.criteria.group, order=self.criteria.sort))


@dataclass(frozen=True, slots=True)
class AskedOfADay:
    """What an address asked for of one day, and the day on which it did."""

    criteria: DayCriteria
    codes: Codes
    held: Holdings
    today: date

    @property
    def day(self) -> date:
        """The day asked about, else today."""
        return self.criteria.on or self.today

    @property
    def recipient(self) -> str:
        """The recipient's name."""
        return self.codes.countries.get(self.criteria.recipient, self.criteria.recipient)

    @property
    def territory(self) -> str:
        """The name of the land where the targets lie."""
        return self.codes.countries.get(self.criteria.territory, self.criteria.territory)


def today_utc() -> date:
    """Today, by the clock that the record goes by."""
    return datetime.now(UTC).date()


def asked_of_timeline(request: HttpRequest) -> Asked:
    """The criteria of the address and the rows that answer them. Raises BadParameter."""
    read = reading_of(request)
    criteria = timeline_criteria(request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    answers = timeline_answers(
        recipient=criteria.recipient,
        track=criteria.track,
        territory=criteria.territory,
        codes=read.codes,
        today=read.today,
        clock=read.clock,
        suppliers=criteria.suppliers,
        weapons=criteria.weapons,
        first=criteria.first,
        last=criteria.last,
        sought=criteria.sought,
    )
    return Asked(criteria, read.codes, read.held, read.today, answers, answers.lines)


def named(codes: Iterable[str], names: Mapping[str, str], chosen: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """What a field offers, by name: value, words, chosen or not."""
    found = [(code, names.get(code, code), code in chosen) for code in codes]
    return sorted(found, key=lambda choice: unaccented(choice[1]))


def kinds_of_evidence(chosen: str) -> list[tuple[str, str, bool]]:
    """What a field offers on whose word a position may rest: value, words, chosen or not."""
    words = (
        gettext("any source"),
        gettext("confirmed by an official or a document"),
        gettext("two sources that stand on their own"),
    )
    return [(code, said, code == chosen) for code, said in zip(KINDS_OF_EVIDENCE, words, strict=True)]


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for what changes; where it restores a page from its history it needs all of it."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def refuses_bad_parameters(view: View) -> View:
    """The view, answering 400 where a parameter is not understood, in the form that was asked for."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except BadParameter as error:
            return _refusal(request, error)

    return answer


def _refusal(request: HttpRequest, error: BadParameter) -> HttpResponse:
    if request.path.rpartition(".")[2] in CONTENT_TYPES:
        said = {"parameter": error.name, "given": error.given, "takes": error.takes}
        return JsonResponse({"error": said}, status=400)
    return render(request, "reading/bad_parameter.html", {"error": error}, status=400)
