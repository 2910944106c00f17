"""Dispatches as the public sees them: title, publisher, day, link, and what came of them; never a body."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Act, Decision
from restrictions.models import DispatchState, Mark
from restrictions.models.claim import COUNTS, DECIDED, WAITS
from restrictions.queries.claim_log import ClaimRow, WantedClaims, whole_log
from restrictions.queries.claims import claims_known
from restrictions.queries.codes import Codes
from restrictions.queries.past import dispatches_held_at, rows_known_at, versions_held_at
from restrictions.queries.review import language_name
from restrictions.queries.spoken import spoken_edtf
from restrictions.words import act_label

_STEP = 500
"""Dispatches that are read at once where all are asked for."""


class Outcome(StrEnum):
    """What came of a dispatch, as far as the public is told."""

    CLAIMS = "claims"
    READ = "read"
    OFF_TOPIC = "off_topic"
    WAITING = "waiting"


_STATES = {
    Outcome.READ: [DispatchState.CODED, DispatchState.DUPLICATE],
    Outcome.OFF_TOPIC: [DispatchState.IRRELEVANT],
    Outcome.WAITING: [DispatchState.NEW, DispatchState.CODING, DispatchState.RETRY, DispatchState.QUARANTINED],
}


@dataclass(frozen=True, slots=True)
class WantedDispatches:
    """Which dispatches are asked for; what is empty asks for all. ``publisher`` is a part of the name.

    Of a past day no ``outcome`` can be asked for but claims: how far a dispatch had been read then is not kept.
    """

    outcome: Outcome | None = None
    publisher: str = ""
    language: str = ""
    suppliers: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """A dispatch in the list. ``accepted`` counts its claims that count, ``proposed`` those that nobody has decided.

    ``outcome`` is none where the record of a past day holds no claim from it: how far it had been read is not kept.
    """

    id: int
    title: str
    publisher: str
    address: str
    published: str
    published_words: str
    language: str
    language_words: str
    outcome: Outcome | None
    accepted: int
    decided: int
    proposed: int
    synthetic: bool
    reprint: bool


@dataclass(frozen=True, slots=True)
class DispatchList:
    """How many dispatches fit, and a stretch of them as rows."""

    total: int
    rows: tuple[DispatchRow, ...]


@dataclass(frozen=True, slots=True)
class MarkLine:
    """An accepted context act of a dispatch, with the words that say so."""

    act_words: str
    actor: str
    day_words: str
    quote: str


@dataclass(frozen=True, slots=True)
class DispatchPage:
    """One dispatch: its line, every decided claim with its quote and fate, its accepted marks, and its reprints."""

    row: DispatchRow
    versions: int
    claims: tuple[ClaimRow, ...]
    marks: tuple[MarkLine, ...]
    copies: tuple[DispatchRow, ...]


def dispatch_list(wanted: WantedDispatches, *, clock: Clock = NOW, start: int = 0, limit: int = 50) -> DispatchList:
    """A stretch of the list, what was published last first: three queries, of a past day five."""
    found = _asked(wanted, clock)
    return DispatchList(
        found.order_by().count(), tuple(_rows(_newest_first(found, clock)[start : start + limit], clock))
    )


def whole_list(wanted: WantedDispatches, *, clock: Clock = NOW) -> Iterator[DispatchRow]:
    """Every dispatch asked for, in the same order: one look at them, and one query for each five hundred."""
    found = _newest_first(_asked(wanted, clock), clock).iterator(chunk_size=_STEP)
    while some := list(islice(found, _STEP)):
        yield from _rows(some, clock)


def dispatches_after(
    wanted: WantedDispatches, *, day: date | None, number: int, limit: int, clock: Clock = NOW
) -> list[tuple[date | None, DispatchRow]]:
    """The dispatches that follow this one in the same order, each with its latest day of publication: two queries.

    A ``number`` of 0 is before all of them. Those whose day is unknown come last.
    """
    found = _asked(wanted, clock)
    if number and day:
        later = Q(was_published_latest__lt=day) | Q(was_published_latest__isnull=True)
        found = found.filter(later | Q(was_published_latest=day, pk__lt=number))
    elif number:
        found = found.filter(was_published_latest__isnull=True, pk__lt=number)
    rows = list(_newest_first(found, clock)[:limit])
    return list(zip([row["was_published_latest"] for row in rows], _rows(rows, clock), strict=True))


def dispatch_page(number: int, *, codes: Codes, clock: Clock = NOW) -> DispatchPage | None:
    """One dispatch with all that came of it by a clock, in a constant number of queries; none where there was none."""
    held = dispatches_held_at(clock.instant)
    found = list(_newest_first(held.filter(pk=number), clock))
    if not found:
        return None
    cluster = found[0]["was_cluster"] or number
    copies = held.filter(Q(was_cluster=cluster) | Q(pk=cluster)).exclude(pk=number)
    (row,) = _rows(found, clock)
    return DispatchPage(
        row=row,
        versions=versions_held_at(clock.instant).filter(dispatch=number).count(),
        claims=tuple(whole_log(WantedClaims(dispatch=number), codes=codes, clock=clock)),
        marks=tuple(_marks(number, clock)),
        copies=tuple(_rows(_newest_first(copies, clock)[:_STEP], clock)),
    )


def read_languages(clock: Clock = NOW) -> tuple[str, ...]:
    """The languages of the dispatches that are held, or were by the clock's ``known``: one query."""
    found = versions_held_at(clock.instant).exclude(language="").order_by("language")
    return tuple(found.values_list("language", flat=True).distinct())


def _asked(wanted: WantedDispatches, clock: Clock) -> "QuerySet[Any]":
    """By ``reported`` those that are known to have been published by then."""
    found = _of_outcome(dispatches_held_at(clock.instant), wanted, clock)
    given = {
        "was_publisher__icontains": wanted.publisher,
        "was_published_latest__gte": wanted.first,
        "was_published_earliest__lte": wanted.last,
        "was_published_latest__lte": clock.reported,
    }
    found = found.filter(**{column: value for column, value in given.items() if value})
    if wanted.language:
        written = versions_held_at(clock.instant).filter(language=wanted.language)
        found = found.filter(pk__in=written.values("dispatch"))
    return found


def _of_outcome(found: "QuerySet[Any]", wanted: WantedDispatches, clock: Clock) -> "QuerySet[Any]":
    if wanted.outcome and wanted.outcome is not Outcome.CLAIMS:
        found = found.filter(state__in=_STATES[wanted.outcome])
    if wanted.suppliers or wanted.outcome is Outcome.CLAIMS:
        found = found.filter(pk__in=_with_claims(wanted.suppliers, clock))
    return found


def _with_claims(suppliers: tuple[str, ...], clock: Clock) -> Any:
    """The dispatches of claims that count."""
    which = claims_known(clock).filter(COUNTS, dispatch_version__isnull=False).order_by()
    if suppliers:
        which = which.filter(supplier__in=suppliers)
    numbers = which.values_list("dispatch_version__dispatch", flat=True)
    # Numbers, not a query within one: how many rows stood at a past moment is more than a planner can guess.
    return numbers if clock.instant is None else set(numbers)


def _newest_first(found: "QuerySet[Any]", clock: Clock) -> "QuerySet[Any]":
    """The columns that the public may see, by day of publication."""
    newest = versions_held_at(clock.instant).filter(dispatch=OuterRef("pk")).order_by("-number")
    shown = found.annotate(title=Subquery(newest.values("title")[:1]), language=Subquery(newest.values("language")[:1]))
    rows: QuerySet[Any] = shown.order_by(F("was_published_latest").desc(nulls_last=True), "-pk").values(*_COLUMNS)
    return rows


_COLUMNS = (
    *("id", "title", "language", "state", "was_publisher", "was_address", "was_published_edtf"),
    *("was_published_latest", "was_synthetic", "was_cluster"),
)


def _rows(found: Iterable[Mapping[str, Any]], clock: Clock) -> list[DispatchRow]:
    """With how many claims each has by the clock: one query."""
    rows = list(found)
    counts = _counts([row["id"] for row in rows], clock)
    return [_row(row, counts.get(row["id"], {}), clock) for row in rows]


def _counts(dispatches: list[int], clock: Clock) -> dict[int, Mapping[str, int]]:
    """How many claims of each dispatch count, were decided, and wait."""
    if not dispatches:
        return {}
    of_these = claims_known(clock).filter(dispatch_version__dispatch__in=dispatches).order_by()
    counted = of_these.values("dispatch_version__dispatch").annotate(
        accepted=Count("id", filter=COUNTS), decided=Count("id", filter=DECIDED), proposed=Count("id", filter=WAITS)
    )
    return {row.pop("dispatch_version__dispatch"): row for row in counted}


def _row(row: Mapping[str, Any], counts: Mapping[str, int], clock: Clock) -> DispatchRow:
    counts = {name: counts.get(name, 0) for name in ("accepted", "decided", "proposed")}
    return DispatchRow(
        id=row["id"],
        title=row["title"] or "",
        publisher=row["was_publisher"],
        address=row["was_address"] or "",
        published=row["was_published_edtf"] or "",
        published_words=spoken_edtf(row["was_published_edtf"] or ""),
        language=row["language"] or "",
        language_words=language_name(row["language"] or ""),
        outcome=_outcome(None if clock.instant else row["state"], counts),
        synthetic=row["was_synthetic"],
        reprint=row["was_cluster"] is not None,
        **counts,
    )


def _outcome(state: str | None, counts: Mapping[str, int]) -> Outcome | None:
    """Without a state, what the claims tell: where there is one, the dispatch had been read."""
    if counts["accepted"]:
        return Outcome.CLAIMS
    if state is None:
        return Outcome.READ if any(counts.values()) else None
    return next(outcome for outcome, states in _STATES.items() if state in states)


def _marks(number: int, clock: Clock) -> Iterator[MarkLine]:
    found = rows_known_at(Mark, clock.instant).filter(
        decision=Decision.ACCEPTED.value, dispatch_version__dispatch=number
    )
    found = found.order_by("quote_start", "id")
    for act, actor, day, quote in found.values_list("act", "actor", "day_edtf", "quote"):
        yield MarkLine(act_label(Act(act)), actor, spoken_edtf(day or ""), quote)
