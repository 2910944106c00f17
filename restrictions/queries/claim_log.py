"""The public log of claims by a clock: each that was decided, with its fate; never what only a machine proposed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Decision, Role, Status, Track
from restrictions.models import Claim, Dispatch, PositionEvidence, Source
from restrictions.models.claim import COUNTS, WAITS
from restrictions.queries.bars import SourceRow
from restrictions.queries.claims import claims_known
from restrictions.queries.codes import Codes
from restrictions.queries.held import rows_held_at
from restrictions.queries.past import corrected_since, rows_known_at
from restrictions.queries.phrases import capitalised
from restrictions.queries.spoken import spoken_edtf
from restrictions.words import StatedLimits, act_label, attribution_label, limits_beside, status_label, status_sentence

_STEP = 500
"""Claims that are read at once where all are asked for."""


class Fate(StrEnum):
    """What became of a claim: it counts, it counted once, or it never did."""

    ACCEPTED = "accepted"
    RETRACTED = "retracted"
    REJECTED = "rejected"


_OF_FATE = {
    Fate.ACCEPTED: COUNTS,
    Fate.RETRACTED: Q(decision=Decision.ACCEPTED.value, retracted=True),
    Fate.REJECTED: Q(decision=Decision.REJECTED.value),
}


@dataclass(frozen=True, slots=True)
class WantedClaims:
    """Which claims are asked for; what is empty asks for all. ``first`` and ``last`` are days of publication."""

    fates: tuple[Fate, ...] = ()
    recipient: str = ""
    suppliers: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    first: date | None = None
    last: date | None = None
    dispatch: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its fate: its quote, or our summary where no dispatch is held; never the dispatch's body.

    ``reason`` is why it was rejected or retracted. ``positions`` are those that rest on it by the clock.
    """

    id: int
    key: str
    fate: Fate
    reason: str
    decided: date | None
    supplier: str
    supplier_name: str
    role: Role
    recipient: str
    recipient_name: str
    weapon: str
    weapon_name: str
    track: Track
    territory: str
    status: Status
    label: str
    says: str
    limits: str
    act: Act
    act_words: str
    attribution: Attribution
    attribution_words: str
    speaker: str
    effective: str
    effective_words: str
    published: str
    published_words: str
    quote: str
    language: str
    summary: str
    weak: bool
    synthetic: bool
    dispatch: int | None
    merged_into: str
    positions: tuple[int, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimLog:
    """How many claims there are of each fate, how many wait undecided, and a stretch of them as rows."""

    counts: Mapping[Fate, int]
    waiting: int
    rows: tuple[ClaimRow, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def claim_log(wanted: WantedClaims, *, codes: Codes, clock: Clock = NOW, start: int = 0, limit: int = 50) -> ClaimLog:
    """A stretch of the log, what was published last first: four queries at most."""
    counts = {fate.value: Count("pk", filter=condition) for fate, condition in _OF_FATE.items()}
    waiting = Count("pk", filter=WAITS)
    found: dict[str, int] = claims_known(clock).filter(_asked(wanted)).order_by().aggregate(**counts, waiting=waiting)
    chosen = wanted.fates or tuple(Fate)
    return ClaimLog(
        counts={fate: found[fate.value] if fate in chosen else 0 for fate in Fate},
        waiting=found["waiting"],
        rows=tuple(_rows(list(_newest_first(wanted, clock)[start : start + limit]), codes, clock)),
    )


def whole_log(wanted: WantedClaims, *, codes: Codes, clock: Clock = NOW) -> Iterator[ClaimRow]:
    """Every claim asked for, in the same order: one look at the claims, and a few queries for each five hundred.

    Which positions rested on them is of the past known by whole suppliers only: it is read once, and held.
    """
    found = _newest_first(wanted, clock).iterator(chunk_size=_STEP)
    held = _by_claim(_held_evidence(clock.instant, wanted)) if clock.known and not wanted.dispatch else None
    while some := list(islice(found, _STEP)):
        yield from _rows(some, codes, clock, held)


def _newest_first(wanted: WantedClaims, clock: Clock) -> "QuerySet[Any]":
    fates = Q()
    for fate in wanted.fates or tuple(Fate):
        fates |= _OF_FATE[fate]
    found = claims_known(clock).filter(_asked(wanted), fates)
    found = found.select_related("dispatch_version__dispatch", "merged_into").defer("dispatch_version__body")
    return found.order_by(F("published_latest").desc(nulls_last=True), "-id")


def _asked(wanted: WantedClaims) -> Q:
    found = Q()
    given = {
        "recipient_id": wanted.recipient,
        "supplier_id__in": wanted.suppliers,
        "weapon_id__in": wanted.weapons,
        "status__in": [status.value for status in wanted.statuses],
        "published_latest__gte": wanted.first,
        "published_earliest__lte": wanted.last,
        "dispatch_version__dispatch": wanted.dispatch,
    }
    for column, value in given.items():
        if value:
            found &= Q(**{column: value})
    return found


def _rows(
    claims: Sequence[Claim], codes: Codes, clock: Clock, resting: Mapping[str, Sequence[int]] | None = None
) -> list[ClaimRow]:
    """Claims, or what the audit trail kept of them with the same columns, as they are told."""
    if not claims:
        return []
    linked = rows_known_at(Source, clock.instant).filter(claim_id__in=[claim.id for claim in claims])
    links: dict[int, list[Source]] = {}
    for source in linked.order_by("claim_id", "position"):
        links.setdefault(source.claim_id, []).append(source)
    versions = [claim.dispatch_version for claim in claims if claim.dispatch_version]
    were = corrected_since({version.dispatch_id for version in versions}, clock.instant)
    if resting is None or clock.reported:
        resting = positions_resting(claims, clock)
    return [
        _row(claim, codes, tuple(resting.get(claim.key, ())), held_in(claim, were), links.get(claim.id, ()))
        for claim in claims
    ]


def held_in(claim: Claim, were: Mapping[int, Dispatch]) -> Dispatch | None:
    """The dispatch that the claim stands in, as it was."""
    version = claim.dispatch_version
    return were.get(version.dispatch_id, version.dispatch) if version else None


def positions_resting(claims: Sequence[Claim], clock: Clock) -> dict[str, list[int]]:
    """The positions that rest on each claim, by its key, as the record held them by ``known``.

    By ``reported`` none is named: what followed from claims by then need not have become a position of the record.
    """
    return _by_claim(() if clock.reported else _evidence(claims, clock.instant))


def _by_claim(evidence: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    """The positions in their order, by the key of the claim that they rest on."""
    found: dict[str, list[int]] = {}
    for position, key in sorted(evidence):
        found.setdefault(key, []).append(position)
    return found


def _held_evidence(instant: datetime | None, wanted: WantedClaims) -> Iterator[tuple[int, str]]:
    """The same of all positions that a question can be about: one query."""
    whose = {"recipient_id": wanted.recipient, "supplier_id__in": wanted.suppliers}
    rows = rows_held_at(instant).filter(**{column: value for column, value in whose.items() if value})
    for position, keys in rows.values_list("position_id", "shown__evidence").iterator(chunk_size=_STEP):
        yield from ((position, key) for key in keys)


def _evidence(claims: Sequence[Claim], instant: datetime | None) -> Iterable[tuple[int, str]]:
    """Each position with the key of a claim that it rests on: one query."""
    if instant is None:
        resting = PositionEvidence.objects.filter(claim__in=[claim.id for claim in claims])
        yield from resting.values_list("position", "claim__key")
        return
    whose = {"supplier_id__in": {claim.supplier_id for claim in claims}}
    whose["recipient_id__in"] = {claim.recipient_id for claim in claims}
    for position, keys in rows_held_at(instant).filter(**whose).values_list("position_id", "shown__evidence"):
        yield from ((position, key) for key in keys)


def _row(
    claim: Claim, codes: Codes, positions: tuple[int, ...], dispatch: Dispatch | None, links: Iterable[Source]
) -> ClaimRow:
    status, fate = Status(claim.status), fate_of(claim.decision, retracted=claim.retracted)
    conditions = frozenset(map(Condition, claim.conditions))
    territory = "" if claim.track == Track.SUPPLY else claim.territory
    version = claim.dispatch_version
    return ClaimRow(
        id=claim.id,
        key=claim.key,
        fate=fate,
        reason={Fate.RETRACTED: claim.retracted_reason, Fate.REJECTED: claim.decision_reason}.get(fate, ""),
        decided=claim.decided_at.date() if claim.decided_at else None,
        supplier=claim.supplier_id,
        supplier_name=codes.countries.get(claim.supplier_id, claim.supplier_id),
        role=Role(claim.role),
        recipient=claim.recipient_id,
        recipient_name=codes.countries.get(claim.recipient_id, claim.recipient_id),
        weapon=claim.weapon_id,
        weapon_name=codes.weapons.get(claim.weapon_id, claim.weapon_id),
        track=Track(claim.track),
        territory=territory,
        status=status,
        label=status_label(status, conditions),
        says=capitalised(status_sentence(status, conditions=conditions, territory=territory)),
        limits=limits_beside(status, _limits(claim, conditions), codes.regions),
        act=Act(claim.act),
        act_words=act_label(Act(claim.act)),
        attribution=Attribution(claim.attribution),
        attribution_words=attribution_label(Attribution(claim.attribution)),
        speaker=claim.speaker,
        effective=claim.effective_edtf or "",
        effective_words=spoken_edtf(claim.effective_edtf or ""),
        published=claim.published_edtf or "",
        published_words=spoken_edtf(claim.published_edtf or ""),
        quote=claim.quote,
        language=version.language if version else "",
        summary="" if claim.quote else claim.summary,
        weak=claim.weak_source,
        synthetic=bool(dispatch and dispatch.synthetic),
        dispatch=version.dispatch_id if version else None,
        merged_into=claim.merged_into.key if claim.merged_into else "",
        positions=positions,
        sources=tuple(_sources(claim, dispatch, links)),
    )


def fate_of(decision: str, *, retracted: bool) -> Fate:
    """The fate of a claim that a curator decided."""
    if decision == Decision.REJECTED:
        return Fate.REJECTED
    return Fate.RETRACTED if retracted else Fate.ACCEPTED


def _limits(claim: Claim, conditions: frozenset[Condition]) -> StatedLimits:
    areas = tuple(claim.areas)
    return StatedLimits(
        defended=areas if claim.area_role == AreaRole.DEFENDED else (),
        targets=areas if claim.area_role == AreaRole.TARGET else (),
        depth_km=claim.depth_km,
        conditions=conditions,
    )


def _sources(claim: Claim, dispatch: Dispatch | None, links: Iterable[Source]) -> Iterable[SourceRow]:
    """Where the claim can be read: the dispatch that we hold, and the links that came with it."""
    if (version := claim.dispatch_version) and dispatch:
        yield SourceRow(
            publisher=dispatch.publisher,
            url=dispatch.address or "",
            title=version.title,
            published=dispatch.published_edtf or "",
            day_words=spoken_edtf(dispatch.published_edtf or ""),
            language=version.language,
            weak=claim.weak_source,
            synthetic=dispatch.synthetic,
        )
    for source in links:
        yield SourceRow(
            publisher=source.publisher,
            url=source.url,
            title=source.title,
            published=source.published,
            day_words=spoken_edtf(source.published),
            language=source.language,
            stored_copy=source.stored_copy,
            weak=claim.weak_source,
        )
