"""Taking in the starter record: researched claims without a held dispatch, accepted as a curator's click accepts."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from restrictions.actions.claims import accept_claims
from restrictions.actions.columns import day_columns
from restrictions.actions.marks import accept_mark
from restrictions.domain.claims import Claim
from restrictions.models import Claim as StoredClaim
from restrictions.models import Mark, Source
from restrictions.reference.starter import StarterClaim, StarterMark, load_starter_claims, load_starter_marks

CURATOR = "starter-record"
"""The user in whose name the starter record is accepted. It cannot sign in."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many claims and marks were new."""

    claims: int
    marks: int


def load_starter() -> Loaded:
    """Propose and accept what of the starter record is not held yet. Running it again changes nothing.

    A claim that is held is left as curators left it.
    """
    with transaction.atomic():
        curator = starter_curator()
        proposed = _propose_claims()
        if proposed:
            accept_claims(claims=[row.pk for row in proposed], by=curator, reason="Loaded the starter record")
        marks = _propose_marks()
        for mark in marks:
            accept_mark(mark=mark.pk, by=curator)
    return Loaded(len(proposed), len(marks))


def starter_curator() -> User:
    """The user in whose name the program itself changes the record; made where it is missing."""
    curator, made = User.objects.get_or_create(
        username=CURATOR, defaults={"first_name": "Starter", "last_name": "record", "is_active": False}
    )
    if made:
        curator.set_unusable_password()
        curator.save(update_fields=["password"])
    return curator


def _propose_claims() -> list[StoredClaim]:
    held = set(StoredClaim.objects.values_list("key", flat=True))
    rows = [row for row in load_starter_claims() if row.claim.key not in held]
    stored = StoredClaim.objects.bulk_create([_stored_claim(row) for row in rows])
    Source.objects.bulk_create(
        [
            Source(
                claim=claim,
                position=source.position,
                url=source.url,
                publisher=source.publisher,
                title=source.title,
                published=source.published,
                language=source.language,
                stored_copy=source.stored_copy,
            )
            for claim, row in zip(stored, rows, strict=True)
            for source in row.sources
        ]
    )
    return stored


def _stored_claim(row: StarterClaim) -> StoredClaim:
    return StoredClaim(
        **claim_columns(row.claim),
        speaker=row.speaker,
        summary=row.summary,
        notes=row.notes,
        weak_source=row.weak,
        coder=CURATOR,
        retracted_reason=row.notes if row.claim.retracted else "",
    )


def claim_columns(claim: Claim) -> dict[str, Any]:
    """A claim of the domain as the columns of its row."""
    line = claim.line
    return {
        "key": claim.key,
        "supplier_id": line.supplier,
        "role": line.role.value,
        "recipient_id": line.recipient,
        "weapon_id": line.weapon,
        "track": line.track.value,
        "territory": line.territory,
        "status": claim.status.value,
        "act": claim.act.value,
        "attribution": claim.attribution.value,
        "areas": list(claim.areas),
        "area_role": claim.area_role.value if claim.area_role else None,
        "conditions": sorted(condition.value for condition in claim.conditions),
        "depth_km": claim.depth_km,
        "prior": claim.prior.value if claim.prior else None,
        "retracted": claim.retracted,
        **day_columns("effective", claim.effective),
        **day_columns("published", claim.published),
    }


def _propose_marks() -> list[Mark]:
    held = set(Mark.objects.values_list("key", flat=True))
    return Mark.objects.bulk_create([_stored_mark(row) for row in load_starter_marks() if row.key not in held])


def _stored_mark(row: StarterMark) -> Mark:
    first = row.sources[0]
    return Mark(
        key=row.key,
        act=row.act.value,
        actor=row.actor,
        supplier_id=row.supplier,
        recipient_id=row.recipient,
        weapon_id=row.weapon,
        territory=row.territory,
        areas=list(row.areas),
        summary=row.summary,
        weak_source=row.weak,
        source_url=first.url,
        source_publisher=first.publisher,
        source_title=first.title,
        **day_columns("day", row.day),
    )
