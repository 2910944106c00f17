"""Stored claims, settlements and observed uses as the derivation takes them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from restrictions.domain.claims import Claim, FirstUse, Settlement
from restrictions.domain.clock import Clock
from restrictions.domain.days import Day
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Decision, Status
from restrictions.models import Claim as StoredClaim
from restrictions.models import Mark
from restrictions.models import Settlement as StoredSettlement
from restrictions.models.columns import line_of
from restrictions.queries.past import rows_known_at

Pair = tuple[str, str]


def as_derived_from(row: StoredClaim) -> Claim:
    """A stored claim as the derivation takes it; one from an undated dispatch counts as said when it took effect.

    Raises ValueError for a claim without ``effective``: a curator gives it before accepting.
    """
    effective = stored_day(row.effective_edtf, row.effective_earliest, row.effective_latest)
    if effective is None:
        raise ValueError(f"The claim {row.key} does not say since when it holds.")
    return Claim(
        key=row.key,
        line=line_of(row),
        status=Status(row.status),
        act=Act(row.act),
        attribution=Attribution(row.attribution),
        effective=effective,
        published=stored_day(row.published_edtf, row.published_earliest, row.published_latest) or effective,
        areas=tuple(row.areas),
        area_role=AreaRole(row.area_role) if row.area_role else None,
        conditions=frozenset(map(Condition, row.conditions)),
        depth_km=row.depth_km,
        prior=Status(row.prior) if row.prior else None,
        retracted=row.retracted,
    )


def stored_day(edtf: str | None, earliest: object, latest: object) -> Day | None:
    """The three columns of an imprecise day as one; none where the day is unknown."""
    if edtf is None:
        return None
    return Day(edtf, earliest, latest)  # type: ignore[arg-type]  # the database keeps the three together


def claims_of_pair(supplier: str, recipient: str) -> list[Claim]:
    """The accepted claims of one supplier and recipient that count. One query."""
    rows: Iterable[StoredClaim] = StoredClaim.objects.of_pair(supplier, recipient).counting()
    return [as_derived_from(row) for row in rows]


def claims_of_pairs(pairs: Collection[Pair]) -> dict[Pair, list[Claim]]:
    """The same for several suppliers and recipients. One query."""
    found: dict[Pair, list[Claim]] = {pair: [] for pair in pairs}
    for row in StoredClaim.objects.counting().filter(**_named_in(pairs)):
        if (row.supplier_id, row.recipient_id) in found:
            found[row.supplier_id, row.recipient_id].append(as_derived_from(row))
    return found


def settlements_of_pair(supplier: str, recipient: str) -> list[Settlement]:
    """The curators' rulings on one supplier and recipient, withdrawn ones left out. One query."""
    return [as_ruling(row) for row in StoredSettlement.objects.of_pair(supplier, recipient).standing()]


def settlements_of_pairs(pairs: Collection[Pair]) -> dict[Pair, list[Settlement]]:
    """The same for several suppliers and recipients. One query."""
    found: dict[Pair, list[Settlement]] = {pair: [] for pair in pairs}
    for row in StoredSettlement.objects.standing().filter(**_named_in(pairs)):
        if (row.supplier_id, row.recipient_id) in found:
            found[row.supplier_id, row.recipient_id].append(as_ruling(row))
    return found


def as_ruling(row: StoredSettlement) -> Settlement:
    """A stored settlement as the derivation takes it."""
    return Settlement(
        key=row.key,
        line=row.line,
        first=row.first,
        until=row.until,
        status=Status(row.status),
        practice=Status(row.practice) if row.practice else None,
    )


def _named_in(pairs: Collection[Pair]) -> dict[str, list[str]]:
    """Rows whose supplier and recipient are each among those asked for; a pair that was not asked for can be there."""
    suppliers, recipients = ({pair[end] for pair in pairs} for end in (0, 1))
    return {"supplier_id__in": sorted(suppliers), "recipient_id__in": sorted(recipients)}


def claims_known(clock: Clock) -> "QuerySet[Any]":
    """Every claim as it stood by the clock, undecided ones too: by ``reported`` those that had been published by then.

    One whose day of publication is unknown counts as published when it took effect, as in the derivation.
    """
    found = rows_known_at(StoredClaim, clock.instant)
    if clock.reported is None:
        return found
    undated = Q(published_latest__isnull=True, effective_latest__lte=clock.reported)
    return found.filter(Q(published_latest__lte=clock.reported) | undated)


def claims_towards(recipient: str, instant: datetime | None) -> dict[Pair, list[Claim]]:
    """The claims that counted for a recipient then, or count now, by pair. One query."""
    rows = rows_known_at(StoredClaim, instant).filter(recipient_id=recipient, retracted=False)
    found: dict[Pair, list[Claim]] = {}
    for row in rows.filter(decision=Decision.ACCEPTED.value):
        found.setdefault((row.supplier_id, row.recipient_id), []).append(as_derived_from(row))
    return found


def uses_towards(recipient: str, instant: datetime | None) -> dict[Pair, list[FirstUse]]:
    """What the accepted marks of then, or of now, say was used by a recipient, by pair. One query."""
    rows = rows_known_at(Mark, instant).filter(recipient_id=recipient, supplier_id__isnull=False)
    found: dict[Pair, list[FirstUse]] = {}
    for row in rows.filter(decision=Decision.ACCEPTED.value, act=Act.USED.value):
        found.setdefault((row.supplier_id, row.recipient_id), []).extend(_uses(row))
    return found


def uses_of_pair(supplier: str, recipient: str) -> list[FirstUse]:
    """What accepted marks say was used, of one supplier's weapons by one recipient. One query."""
    rows = Mark.objects.accepted().of_use().filter(supplier_id=supplier, recipient_id=recipient)
    return [use for row in rows for use in _uses(row)]


def _uses(row: Mark) -> Iterator[FirstUse]:
    """The use that a mark dates; none where it names no day or no weapon."""
    day = stored_day(row.day_edtf, row.day_earliest, row.day_latest)
    if day and row.weapon_id:
        yield FirstUse(row.weapon_id, row.territory, day, row.key)
