"""What a redaction would remove, wherever it stands; and the public log of redactions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from restrictions.domain.redaction import BEGINS
from restrictions.models import Claim, DispatchVersion, FeedItem, Mark, Redacted, Redaction
from restrictions.queries.held_words import Place, places_of


@dataclass(frozen=True, slots=True)
class RedactionPlan:
    """The texts that would be removed, the longest first, and where each stands."""

    texts: tuple[str, ...]
    places: tuple[tuple[Place, ...], ...]

    @property
    def rows(self) -> int:
        return sum(place.rows for places in self.places for place in places)

    @property
    def by_table(self) -> list[tuple[str, int]]:
        """Rows by table."""
        counts: dict[str, int] = {}
        for place in (place for places in self.places for place in places):
            counts[place.column.table] = counts.get(place.column.table, 0) + place.rows
        return sorted(counts.items())

    @property
    def seen(self) -> str:
        """One word that changes with the plan."""
        return sha256(repr((self.texts, self.places)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class LoggedRedaction:
    """One redaction as the public is told of it."""

    day: date
    kind: str
    ground: str
    places: int


def redaction_plan(kind: Redacted, number: int) -> RedactionPlan:
    """What redacting this text of the claim, mark or dispatch would remove; empty where there is none."""
    found = {text for text in _texts(kind, number) if text and not text.startswith(BEGINS)}
    texts = tuple(sorted(found, key=lambda text: (-len(text), text)))
    return RedactionPlan(texts, places_of(texts))


def redaction_log() -> list[LoggedRedaction]:
    """All redactions, the newest first: one query."""
    rows = Redaction.objects.order_by("-pk")
    return [LoggedRedaction(row.at.date(), str(row.get_kind_display()), row.ground, row.places) for row in rows]


def last_redaction() -> int:
    """The revision of the last redaction, 0 where there was none: what was remembered before it is not shown."""
    return Redaction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _texts(kind: Redacted, number: int) -> Iterator[str]:
    if kind is Redacted.QUOTE:
        yield from _quote_of(Claim.objects.filter(pk=number))
    elif kind is Redacted.MARK:
        yield from _quote_of(Mark.objects.filter(pk=number))
    elif kind is Redacted.NOTE:
        history: Any = Claim.pgh_event_model  # type: ignore[attr-defined]  # put there by pghistory
        for rows in (Claim.objects.filter(pk=number), history.objects.filter(pgh_obj_id=number)):
            yield from rows.values_list("notes", flat=True)
    else:
        yield from _of_dispatch(kind, number)


def _quote_of(rows: "QuerySet[Any]") -> Iterator[str]:
    """The quote, and what else was ever quoted from the same words of that text."""
    for row in rows:
        yield row.quote
        if row.dispatch_version_id:
            same = Q(dispatch_version_id=row.dispatch_version_id, quote_in=row.quote_in)
            yield from _quotes(same & Q(quote_start__lt=row.quote_end, quote_end__gt=row.quote_start))


def _of_dispatch(kind: Redacted, number: int) -> Iterator[str]:
    """In every version, and as a feed brought it."""
    place = "title" if kind is Redacted.TITLE else "body"
    versions = DispatchVersion.objects.filter(dispatch=number)
    yield from versions.values_list(place, flat=True)
    yield from FeedItem.objects.filter(dispatch=number).values_list(place, flat=True)
    if kind is not Redacted.BODY:
        yield from _quotes(Q(dispatch_version_id__in=list(versions.values_list("pk", flat=True)), quote_in=place))


def _quotes(wanted: Q) -> Iterator[str]:
    tables: tuple[Any, ...] = (Claim, Mark)
    for model in tables:
        for table in (model, model.pgh_event_model):
            yield from table.objects.filter(wanted).values_list("quote", flat=True)
