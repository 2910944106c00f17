"""Dispatches as the public sees them: title, publisher, day, link, and what came of them; never a body."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Act, Decision
from restrictions.models import Claim, Dispatch, DispatchState, DispatchVersion, Mark
from restrictions.models.claim import COUNTS, DECIDED, WAITS
from restrictions.queries.claim_log import ClaimRow, WantedClaims, whole_log
from restrictions.queries.claims import claims_known
from restrictions.queries.codes import Codes
from restrictions.queries.past import corrected_since, rows_known_at
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
    """Which dispatches are asked for; what is empty asks for all. ``publisher`` is a part of the name."""

    outcome: Outcome | None = None
    publisher: str = ""
    language: str = ""
    suppliers: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """A dispatch in the list. ``accepted`` counts its claims that count, ``proposed`` those that nobody has decided."""

    id: int
    title: str
    publisher: str
    address: str
    published: str
    published_words: str
    language: str
    language_words: str
    outcome: Outcome
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


def dispatch_list(wanted: WantedDispatches, *, start: int = 0, limit: int = 50) -> DispatchList:
    """A stretch of the list, what was published last first: two queries."""
    found = Dispatch.objects.filter(_asked(wanted))
    return DispatchList(found.order_by().count(), tuple(_rows(_newest_first(found)[start : start + limit])))


def whole_list(wanted: WantedDispatches) -> Iterator[DispatchRow]:
    """Every dispatch asked for, in the same order: one query, of which five hundred rows are held at a time."""
    found = _newest_first(Dispatch.objects.filter(_asked(wanted)))
    yield from map(_row, found.iterator(chunk_size=_STEP))


def dispatches_after(
    wanted: WantedDispatches, *, day: date | None, number: int, limit: int
) -> list[tuple[date | None, DispatchRow]]:
    """The dispatches that follow this one in the same order, each with its latest day of publication: one query.

    A ``number`` of 0 is before all of them. Those whose day is unknown come last.
    """
    found = Dispatch.objects.filter(_asked(wanted))
    if number and day:
        later = Q(published_latest__lt=day) | Q(published_latest__isnull=True)
        found = found.filter(later | Q(published_latest=day, pk__lt=number))
    elif number:
        found = found.filter(published_latest__isnull=True, pk__lt=number)
    return [(row["published_latest"], _row(row)) for row in _newest_first(found)[:limit]]


def dispatch_page(number: int, *, codes: Codes, clock: Clock = NOW) -> DispatchPage | None:
    """One dispatch with all that came of it by a clock, in a constant number of queries; none where there was none.

    Whether it was off topic is known of the present alone: intake keeps no past.
    """
    came = Dispatch.objects.filter(pk=number)
    if clock.instant:
        came = came.filter(received_at__lte=clock.instant)
    found = _rows(_newest_first(came))
    if not found:
        return None
    cluster = Dispatch.objects.filter(pk=number).values_list("cluster", flat=True)[0] or number
    copies = Dispatch.objects.filter(Q(cluster=cluster) | Q(pk=cluster)).exclude(pk=number)
    return DispatchPage(
        row=found[0] if clock.is_now else _as_known(found[0], clock),
        versions=DispatchVersion.objects.filter(dispatch=number).count(),
        claims=tuple(whole_log(WantedClaims(dispatch=number), codes=codes, clock=clock)),
        marks=tuple(_marks(number, clock)),
        copies=tuple(_rows(_newest_first(copies)[:_STEP])),
    )


def _as_known(row: DispatchRow, clock: Clock) -> DispatchRow:
    """The dispatch with what had come of it by the clock."""
    counts = claims_known(clock).filter(dispatch_version__dispatch=row.id).order_by()
    found = counts.aggregate(
        accepted=Count("id", filter=COUNTS), decided=Count("id", filter=DECIDED), proposed=Count("id", filter=WAITS)
    )
    was = corrected_since([row.id], clock.instant).get(row.id)
    if was:
        published = was.published_edtf or ""
        row = replace(row, publisher=was.publisher, address=was.address or "", published=published)
        row = replace(row, published_words=spoken_edtf(published), synthetic=was.synthetic)
    outcome = row.outcome if row.outcome is not Outcome.CLAIMS else Outcome.READ
    return replace(row, outcome=Outcome.CLAIMS if found["accepted"] else outcome, **found)


def read_languages() -> tuple[str, ...]:
    """The languages of the dispatches that are held: one query."""
    return tuple(
        DispatchVersion.objects.exclude(language="").order_by("language").values_list("language", flat=True).distinct()
    )


def _asked(wanted: WantedDispatches) -> Q:
    found = _of_outcome(wanted.outcome)
    if wanted.publisher:
        found &= Q(publisher__icontains=wanted.publisher)
    if wanted.first:
        found &= Q(published_latest__gte=wanted.first)
    if wanted.last:
        found &= Q(published_earliest__lte=wanted.last)
    if wanted.language:
        found &= Q(pk__in=DispatchVersion.objects.filter(language=wanted.language).values("dispatch"))
    if wanted.suppliers:
        found &= Q(pk__in=_with_claims(Claim.objects.counting().filter(supplier__in=wanted.suppliers)))
    return found


def _of_outcome(outcome: Outcome | None) -> Q:
    if outcome is None:
        return Q()
    if outcome is Outcome.CLAIMS:
        return Q(pk__in=_with_claims(Claim.objects.counting()))
    return Q(state__in=_STATES[outcome])


def _with_claims(which: "QuerySet[Claim]") -> "QuerySet[Any]":
    return which.filter(dispatch_version__isnull=False).values("dispatch_version__dispatch")


def _newest_first(found: "QuerySet[Dispatch]") -> "QuerySet[Any]":
    """The columns that the public may see, by day of publication."""
    newest = DispatchVersion.objects.filter(dispatch=OuterRef("pk")).order_by("-number")
    rows: Any = found
    rows = (
        rows.annotate(
            title=Subquery(newest.values("title")[:1]),
            language=Subquery(newest.values("language")[:1]),
            accepted=_claims_of(Claim.objects.counting()),
            decided=_claims_of(Claim.objects.decided()),
            proposed=_claims_of(Claim.objects.proposed()),
        )
        .order_by(F("published_latest").desc(nulls_last=True), "-pk")
        .values(*_COLUMNS)
    )
    shown: QuerySet[Any] = rows
    return shown


_COLUMNS = (
    *("id", "title", "publisher", "address", "published_edtf", "language", "state", "cluster_id"),
    *("published_latest", "accepted", "decided", "proposed", "synthetic"),
)


def _claims_of(which: "QuerySet[Claim]") -> Subquery:
    """How many such claims each dispatch has. A count of its own: joins would multiply each other."""
    found = which.filter(dispatch_version__dispatch=OuterRef("pk")).order_by()
    return Subquery(found.values("dispatch_version__dispatch").annotate(n=Count("pk")).values("n"))


def _rows(found: "QuerySet[Any]") -> Sequence[DispatchRow]:
    return [_row(row) for row in found]


def _row(row: Mapping[str, Any]) -> DispatchRow:
    counts = {name: row[name] or 0 for name in ("accepted", "decided", "proposed")}
    return DispatchRow(
        id=row["id"],
        title=row["title"] or "",
        publisher=row["publisher"],
        address=row["address"] or "",
        published=row["published_edtf"] or "",
        published_words=spoken_edtf(row["published_edtf"] or ""),
        language=row["language"] or "",
        language_words=language_name(row["language"] or ""),
        outcome=_outcome(row["state"], counts["accepted"]),
        synthetic=row["synthetic"],
        reprint=row["cluster_id"] is not None,
        **counts,
    )


def _outcome(state: str, accepted: int) -> Outcome:
    if accepted:
        return Outcome.CLAIMS
    return next(outcome for outcome, states in _STATES.items() if state in states)


def _marks(number: int, clock: Clock) -> Iterator[MarkLine]:
    found = rows_known_at(Mark, clock.instant).filter(
        decision=Decision.ACCEPTED.value, dispatch_version__dispatch=number
    )
    found = found.order_by("quote_start", "id")
    for act, actor, day, quote in found.values_list("act", "actor", "day_edtf", "quote"):
        yield MarkLine(act_label(Act(act)), actor, spoken_edtf(day or ""), quote)
