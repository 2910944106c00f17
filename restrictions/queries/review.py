"""What a curator decides from: a dispatch with its text, and the claims and marks that quote it, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from django.db.models import Case, QuerySet, When
from django.utils.translation import get_language, gettext

from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Decision, Role, Status, Track
from restrictions.models import Claim, Dispatch, DispatchVersion, Mark
from restrictions.queries.claims import stored_day
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.queue import Queue, in_order, waiting_in
from restrictions.words import (
    PlainWords,
    StatedLimits,
    act_label,
    attribution_label,
    day_in_words,
    limits_beside,
    role_label,
    status_label,
    track_label,
)


@dataclass(frozen=True, slots=True)
class DispatchFacts:
    """Who published what when, and where it stands."""

    id: int
    title: str
    publisher: str
    published: str
    language: str
    state: str
    state_label: str
    outcome: str
    address: str
    synthetic: bool
    received_at: datetime
    copy_of: int | None


@dataclass(frozen=True, slots=True)
class HeldText:
    """The version of the text that is shown, out of how many."""

    number: int
    title: str
    body: str
    language_code: str
    versions: int


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that carry a claim or a mark, and where they stand. ``version`` is none without a held dispatch."""

    text: str
    place: str
    start: int
    end: int
    version: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a curator made of it: who, when and why, where it is decided."""

    decision: Decision
    by: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def waits(self) -> bool:
        return self.decision is Decision.PROPOSED

    @property
    def accepted(self) -> bool:
        return self.decision is Decision.ACCEPTED

    @property
    def withdrawn(self) -> bool:
        return self.decision is Decision.WITHDRAWN


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim in words, with what the machine had to say for it."""

    id: int
    key: str
    supplier: str
    recipient: str
    weapon: str
    scope: str
    role: str
    status: str
    status_label: str
    limits: str
    act: str
    attribution: str
    effective: str
    published: str
    prior: str
    speaker: str
    coder: str
    rules: tuple[str, ...]
    percent: int | None
    weak_source: bool
    retracted: bool
    retracted_reason: str
    quote: Quote
    verdict: Verdict
    dispatch: int | None


@dataclass(frozen=True, slots=True)
class MarkCard:
    """One context mark in words."""

    id: int
    act: str
    actor: str
    about: str
    day: str
    quote: Quote
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """All that stands on the page of one dispatch. ``text`` is none where no version is held yet."""

    dispatch: DispatchFacts
    text: HeldText | None
    claims: tuple[ClaimCard, ...]
    marks: tuple[MarkCard, ...]


_JOINED = ("decided_by", "dispatch_version")


def review_sheet(dispatch_id: int, codes: Codes | None = None, *, version: int | None = None) -> ReviewSheet | None:
    """The page of one dispatch; none where there is no such dispatch. A constant number of queries.

    ``version`` is the number of the text to show; the newest is where there is no such one.
    """
    dispatch = Dispatch.objects.filter(pk=dispatch_id).first()
    if dispatch is None:
        return None
    versions = list(dispatch.versions.order_by("number"))
    codes = codes or known_codes()
    return ReviewSheet(
        dispatch=_facts(dispatch, versions),
        text=_held_text(versions, version),
        claims=tuple(_claim_card(row, codes) for row in _quoted(Claim.objects.all(), dispatch_id)),
        marks=tuple(_mark_card(row, codes) for row in _quoted(Mark.objects.all(), dispatch_id)),
    )


def claim_card(claim_id: int, codes: Codes | None = None) -> ClaimCard | None:
    """One claim in words; none where there is no such claim."""
    row = Claim.objects.select_related(*_JOINED).filter(pk=claim_id).first()
    return _claim_card(row, codes or known_codes()) if row else None


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """A claim of the queue in words, who published it, and since when it waits."""

    claim: ClaimCard
    publisher: str
    since: datetime


def waiting_cards(queue: Queue, *, first: int, now: datetime, codes: Codes) -> tuple[WaitingCard, ...]:
    """The claims that come first in a queue. One query."""
    rows = in_order(waiting_in(queue, now), queue).select_related("decided_by", "dispatch_version__dispatch")
    return tuple(WaitingCard(_claim_card(row, codes), _publisher(row), row.recorded_at) for row in rows[:first])


def _publisher(row: Claim) -> str:
    return row.dispatch_version.dispatch.publisher if row.dispatch_version else ""


def _quoted(rows: "QuerySet[Any]", dispatch_id: int) -> "QuerySet[Any]":
    found = rows.filter(dispatch_version__dispatch_id=dispatch_id)
    return in_reading_order(found).select_related(*_JOINED)


def in_reading_order(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """As a reader meets them: the title's quotes, then the body's."""
    return rows.order_by(Case(When(quote_in="title", then=0), default=1), "quote_start", "pk")


def _facts(dispatch: Dispatch, versions: list[DispatchVersion]) -> DispatchFacts:
    newest = versions[-1] if versions else None
    return DispatchFacts(
        id=dispatch.pk,
        title=(newest.title if newest else "") or gettext("Dispatch without a title"),
        publisher=dispatch.publisher,
        published=_day(dispatch.published_edtf, dispatch.published_earliest, dispatch.published_latest),
        language=language_name(newest.language) if newest else "",
        state=dispatch.state,
        state_label=dispatch.get_state_display(),
        outcome=dispatch.outcome,
        address=dispatch.address or "",
        synthetic=dispatch.synthetic,
        received_at=dispatch.received_at,
        copy_of=dispatch.cluster_id,
    )


def _held_text(versions: list[DispatchVersion], number: int | None) -> HeldText | None:
    if not versions:
        return None
    shown = next((version for version in versions if version.number == number), versions[-1])
    return HeldText(shown.number, shown.title, shown.body, shown.language, len(versions))


def _claim_card(row: Claim, codes: Codes) -> ClaimCard:
    conditions = frozenset(map(Condition, row.conditions))
    return ClaimCard(
        id=row.pk,
        key=row.key,
        supplier=codes.countries.get(row.supplier_id, row.supplier_id),
        recipient=codes.countries.get(row.recipient_id, row.recipient_id),
        weapon=codes.weapons.get(row.weapon_id, row.weapon_id),
        scope=_scope(row, codes),
        role=role_label(Role.CONSENT) if row.role == Role.CONSENT else "",
        status=row.status,
        status_label=status_label(Status(row.status), conditions),
        limits=limits_beside(Status(row.status), _stated(row, conditions), codes.regions),
        act=act_label(Act(row.act)),
        attribution=attribution_label(Attribution(row.attribution)),
        effective=_day(row.effective_edtf, row.effective_earliest, row.effective_latest),
        published=_day(row.published_edtf, row.published_earliest, row.published_latest),
        prior=PlainWords(codes.weapons, codes.regions).status(Status(row.prior)) if row.prior else "",
        speaker=row.speaker,
        coder=" ".join(filter(None, (row.coder, row.coder_version))),
        rules=tuple(row.rule_ids),
        percent=round(row.confidence * 100) if row.confidence is not None else None,
        weak_source=row.weak_source,
        retracted=row.retracted,
        retracted_reason=row.retracted_reason,
        quote=_quote(row),
        verdict=_verdict(row, row.decision_reason),
        dispatch=row.dispatch_version.dispatch_id if row.dispatch_version else None,
    )


def _mark_card(row: Mark, codes: Codes) -> MarkCard:
    ends = [codes.countries.get(end, end) for end in (row.supplier_id, row.recipient_id) if end]
    weapon = codes.weapons.get(row.weapon_id, row.weapon_id) if row.weapon_id else ""
    return MarkCard(
        id=row.pk,
        act=act_label(Act(row.act)),
        actor=codes.countries.get(row.actor, row.actor),
        about=", ".join(filter(None, (" → ".join(ends), weapon))),
        day=_day(row.day_edtf, row.day_earliest, row.day_latest),
        quote=_quote(row),
        verdict=_verdict(row, row.decision_reason),
    )


def _scope(row: Claim, codes: Codes) -> str:
    """What it is about beside the weapon: supply, or use and where."""
    if row.track == Track.SUPPLY:
        return track_label(Track.SUPPLY)
    return gettext("%(track)s, targets in %(territory)s") % {
        "track": track_label(Track.USE),
        "territory": codes.countries.get(row.territory, row.territory),
    }


def _stated(row: Claim, conditions: frozenset[Condition]) -> StatedLimits:
    areas = tuple(row.areas)
    return StatedLimits(
        defended=areas if row.area_role == AreaRole.DEFENDED else (),
        targets=areas if row.area_role == AreaRole.TARGET else (),
        depth_km=row.depth_km,
        conditions=conditions,
    )


def _quote(row: Claim | Mark) -> Quote:
    version = row.dispatch_version.number if row.dispatch_version else None
    return Quote(row.quote or row.summary, row.quote_in, row.quote_start or 0, row.quote_end or 0, version)


def _verdict(row: Claim | Mark, reason: str) -> Verdict:
    who = row.decided_by.get_full_name() or row.decided_by.get_username() if row.decided_by else ""
    return Verdict(Decision(row.decision), who, row.decided_at, reason)


def _day(edtf: str | None, earliest: date | None, latest: date | None) -> str:
    """An imprecise day in words; empty where it is unknown."""
    day = stored_day(edtf, earliest, latest)
    return day_in_words(day) if day else ""


def language_name(code: str) -> str:
    """The name of a language for the reader, e.g. “French”; a code that nobody knows stands for itself."""
    try:
        return Locale.parse(code, sep="-").get_display_name((get_language() or "en")[:2]) or code if code else ""
    except (UnknownLocaleError, ValueError):
        return code
