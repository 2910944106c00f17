"""Rows to test the record with: a few countries and weapons, and one small maker for each aggregate."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User

from restrictions.domain.vocabulary import Act, Attribution, Decision, Status, Track, WeaponKind
from restrictions.models import (
    Claim,
    Country,
    Dispatch,
    DispatchVersion,
    Position,
    PositionEvidence,
    Revision,
    Weapon,
)

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


def make_reference() -> None:
    """Four countries, and the weapons from any to ATACMS."""
    names = {"US": "United States", "FR": "France", "UA": "Ukraine", "RU": "Russia"}
    Country.objects.bulk_create(Country(code=code, name_en=name, name_fr=name) for code, name in names.items())
    make_weapon("any", kind=WeaponKind.ANY.value, parent_id=None)
    make_weapon("long_range", kind=WeaponKind.CLASS.value)
    make_weapon("ballistic_missile", kind=WeaponKind.CLASS.value, parent_id="long_range")
    make_weapon("atacms", parent_id="ballistic_missile")


def make_weapon(code: str, **changes: Any) -> Weapon:
    """A system straight under any weapon, unless said otherwise."""
    values = {"name": code, "kind": WeaponKind.SYSTEM.value, "parent_id": "any"} | changes
    return Weapon.objects.create(code=code, **values)


def make_curator(name: str = "curator") -> User:
    """Someone who decides; the same one for the same name."""
    return User.objects.get_or_create(username=name)[0]


def make_dispatch_version(title: str = "", body: str = "", **changes: Any) -> DispatchVersion:
    """The first version of a new dispatch with this text."""
    digest = hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()
    values = {"dispatch": Dispatch.objects.create(), "content_hash": digest} | changes
    return DispatchVersion.objects.create(title=title, body=body, **values)


def claim_row(key: str, **changes: Any) -> Claim:
    """A proposed ban of the United States on ATACMS from 2 May 2024, not yet stored."""
    values: dict[str, Any] = {
        "supplier_id": "US",
        "recipient_id": "UA",
        "weapon_id": "atacms",
        "track": Track.USE.value,
        "territory": "RU",
        "status": Status.BANNED.value,
        "act": Act.SETS.value,
        "attribution": Attribution.NAMED_OFFICIAL.value,
    }
    return Claim(
        key=key, **(values | day("effective", date(2024, 5, 2)) | day("published", date(2024, 5, 3)) | changes)
    )


def make_claim(key: str, **changes: Any) -> Claim:
    """The same, stored and accepted."""
    decided = {"decision": Decision.ACCEPTED.value, "decided_by": make_curator(), "decided_at": NOON}
    claim = claim_row(key, **(decided | changes))
    claim.save()
    return claim


def open_revision(reason: str = "a test") -> Revision:
    """The revision of this transaction."""
    return Revision.objects.open(actor=make_curator(), reason=reason, rules_version="1")


def position_row(starts: date, until: date | None = None, **changes: Any) -> Position:
    """The ban on ATACMS as a position between two days, not yet stored."""
    values: dict[str, Any] = {
        "supplier_id": "US",
        "recipient_id": "UA",
        "weapon_id": "atacms",
        "track": Track.USE.value,
        "territory": "RU",
        "status": Status.BANNED.value,
        "validity": (starts, until),
        "last_confirmed": starts,
    }
    ends = day("ends", until) if until else {}
    return Position(**(values | day("starts", starts) | day("announced", starts) | ends | changes))


def make_position(claim: Claim, starts: date, until: date | None = None, **changes: Any) -> Position:
    """The same, stored with its evidence. Needs an open revision."""
    position = position_row(starts, until, **changes)
    position.save()
    PositionEvidence.objects.create(position=position, claim=claim)
    return position


def day(name: str, exact: date) -> dict[str, Any]:
    """The three columns of a day that is known exactly."""
    return {f"{name}_edtf": exact.isoformat(), f"{name}_earliest": exact, f"{name}_latest": exact}
