"""One position as its page shows it: what it says, what it rests on, how it was known before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import Day
from restrictions.domain.vocabulary import Act, Attribution, Role, Status, Track
from restrictions.models import PositionVersion
from restrictions.queries.bars import SourceRow, TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held, Shown
from restrictions.queries.phrases import capitalised, days_words
from restrictions.queries.shown import claim_sources, position_with_id
from restrictions.queries.spoken import spoken_edtf
from restrictions.queries.told import bar_of
from restrictions.words import act_label, attribution_label, status_label, status_sentence


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A claim as the public sees it: its quote, or our summary where none is held; never the dispatch's body."""

    key: str
    act: str
    attribution: str
    says: str
    effective: str
    published: str
    speaker: str
    quote: str
    quote_language: str
    summary: str
    weak: bool
    synthetic: bool
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A day on which the supplier was asked and would not say, while the position went on (rule 6)."""

    day: date
    day_words: str
    said: str
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What the record said of the position from one revision to the next."""

    status: Status
    label: str
    days: str
    recorded_from: datetime
    recorded_until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class PositionPage:
    """Everything on a position's page, in the reader's language."""

    bar: TimelineBar
    evidence: tuple[EvidenceRow, ...]
    challengers: tuple[EvidenceRow, ...]
    silences: tuple[SilenceRow, ...]
    rules: tuple[str, ...]
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, slots=True)
class ClosedPosition:
    """A position that the record no longer holds: its line, for the way on, and what was once known of it."""

    supplier: str
    role: Role
    recipient: str
    weapon: str
    track: Track
    territory: str
    first_day: date
    versions: tuple[VersionRow, ...]


def position_page(number: int, *, codes: Codes, today: date, clock: Clock = NOW) -> PositionPage | None:
    """The position with its evidence, in a constant number of queries; none where the record holds none of that id."""
    held = position_with_id(number, clock=clock)
    if held is None:
        return None
    shown = held.shown
    return PositionPage(
        bar=bar_of(number, held, codes, today=today),
        evidence=tuple(_evidence_row(key, shown["claims"][key], held) for key in shown["evidence"]),
        challengers=tuple(_evidence_row(key, shown["claims"][key], held) for key in _other_side(shown)),
        silences=tuple(_silence_row(silence, shown) for silence in shown["silences"]),
        rules=held.position.rules,
        versions=position_versions(number, clock=clock),
    )


def closed_position(number: int, *, clock: Clock = NOW) -> ClosedPosition | None:
    """What is left of a position that was closed; none where there was none of that id by then: two queries."""
    last = _versions(number, clock).values(*_LINE).first()
    if last is None:
        return None
    return ClosedPosition(
        supplier=last["supplier_id"],
        role=Role(last["role"]),
        recipient=last["recipient_id"],
        weapon=last["weapon_id"],
        track=Track(last["track"]),
        territory=last["territory"],
        first_day=last["starts_latest"],
        versions=position_versions(number, clock=clock),
    )


_LINE = ("supplier_id", "role", "recipient_id", "weapon_id", "track", "territory", "starts_latest")


def position_versions(number: int, *, clock: Clock = NOW) -> tuple[VersionRow, ...]:
    """What the record has said of the position up to then, the newest first: one query."""
    days = (
        "starts_edtf",
        "starts_earliest",
        "starts_latest",
        "open_start",
        "ends_edtf",
        "ends_earliest",
        "ends_latest",
    )
    fields = ("status", *days, "recorded", "opened_by__reason")
    return tuple(_version(row, clock.instant) for row in _versions(number, clock).values(*fields))


def _versions(number: int, clock: Clock) -> "QuerySet[PositionVersion]":
    found = PositionVersion.objects.filter(position_id=number).order_by("-recorded")
    return found.filter(recorded__startswith__lte=clock.instant) if clock.instant else found


def _version(row: Mapping[str, Any], instant: datetime | None) -> VersionRow:
    """A version; one that was replaced only after the instant stood then."""
    until = row["recorded"].upper
    status = Status(row["status"])
    starts = Day(row["starts_edtf"], row["starts_earliest"], row["starts_latest"])
    ends = Day(row["ends_edtf"], row["ends_earliest"], row["ends_latest"]) if row["ends_edtf"] else None
    return VersionRow(
        status=status,
        label=status_label(status),
        days=days_words(starts, ends, open_start=row["open_start"]),
        recorded_from=row["recorded"].lower,
        recorded_until=None if instant and until and until > instant else until,
        reason=row["opened_by__reason"],
    )


def _other_side(shown: Shown) -> list[str]:
    """The claims that contest the position, each once, where they are not evidence of it as well."""
    keys = dict.fromkeys(key for stretch in shown["stretches"] for key in stretch["challenger_claims"])
    return [key for key in keys if key not in shown["evidence"]]


def _evidence_row(key: str, claim: Shown, held: Held) -> EvidenceRow:
    dispatch = claim["dispatch"] or {}
    return EvidenceRow(
        key=key,
        act=capitalised(act_label(Act(claim["act"]))),
        attribution=attribution_label(Attribution(claim["attribution"])),
        says=status_sentence(Status(claim["status"]), territory=held.position.line.territory),
        effective=spoken_edtf(claim["effective"] or ""),
        published=spoken_edtf(claim["published"] or ""),
        speaker=claim["speaker"],
        quote=claim["quote"],
        quote_language=dispatch.get("language", ""),
        summary=claim["summary"],
        weak=claim["weak"],
        synthetic=bool(dispatch.get("synthetic")),
        sources=claim_sources(claim),
    )


def _silence_row(silence: Shown, shown: Shown) -> SilenceRow:
    claim = shown["claims"][silence["claim"]]
    said = claim["quote"] or claim["summary"]
    return SilenceRow(date.fromisoformat(silence["day"]), spoken_edtf(silence["day"]), said, claim_sources(claim))
