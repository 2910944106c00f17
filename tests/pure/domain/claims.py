"""Claims in few words, and records told in few words, so that a rule's cases read as a table."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict, Unpack

import pytest

from restrictions.domain.claims import Claim, Line, Settlement
from restrictions.domain.days import parse_day
from restrictions.domain.derivation import derive
from restrictions.domain.positions import Limit, LimitKind, Position, Record, Stretch
from restrictions.domain.vocabulary import (
    Act,
    AreaRole,
    Attribution,
    Condition,
    Role,
    Status,
    Track,
    WeaponKind,
    track_of,
)
from restrictions.domain.weapons import WeaponNode, WeaponTree

TREE = WeaponTree.of(
    [
        WeaponNode("any", WeaponKind.ANY),
        WeaponNode("long_range", WeaponKind.CLASS, "any"),
        WeaponNode("ballistic_missile", WeaponKind.CLASS, "long_range"),
        WeaponNode("cruise_missile", WeaponKind.CLASS, "long_range"),
        WeaponNode("rocket_artillery", WeaponKind.CLASS, "any"),
        WeaponNode("atacms", WeaponKind.SYSTEM, "ballistic_missile"),
        WeaponNode("storm_shadow", WeaponKind.SYSTEM, "cruise_missile"),
        WeaponNode("himars", WeaponKind.SYSTEM, "rocket_artillery"),
        WeaponNode("glsdb", WeaponKind.SYSTEM, "rocket_artillery", long_range=True),
    ]
)
"""A small tree of the codebook's shape: two long-range classes, and one rocket that asks its class first."""


def line(weapon: str = "any", *, track: Track = Track.USE, role: Role = Role.SUPPLIER, territory: str = "RU") -> Line:
    """The line of the United States towards Ukraine for a weapon; the supply track has no territory."""
    return Line("US", role, "UA", weapon, track, territory if track is Track.USE else "")


class Said(TypedDict, total=False):
    """What a claim says beside its status and its days."""

    published: str
    weapon: str
    by: str
    prior: str
    areas: str
    area_role: str
    conditions: str
    depth_km: int
    role: str
    about_delivery: bool
    retracted: bool


def sets(key: str, status: str, effective: str, **said: Unpack[Said]) -> Claim:
    return _claim(Act.SETS, key, status, effective, said)


def reaffirms(key: str, status: str, effective: str, **said: Unpack[Said]) -> Claim:
    return _claim(Act.REAFFIRMS, key, status, effective, said)


def denies(key: str, status: str, effective: str, **said: Unpack[Said]) -> Claim:
    return _claim(Act.DENIES, key, status, effective, said)


def _claim(act: Act, key: str, status: str, effective: str, said: Said) -> Claim:
    """A claim of a named official, published on its own day, on the use of any weapon, unless said otherwise."""
    track = track_of(Status(status), about_delivery=said.get("about_delivery", False))
    areas = tuple(said.get("areas", "").split())
    return Claim(
        key=key,
        line=line(said.get("weapon", "any"), track=track, role=Role(said.get("role", "supplier"))),
        status=Status(status),
        act=act,
        attribution=Attribution(said.get("by", "named_official")),
        effective=parse_day(effective),
        published=parse_day(said.get("published", effective)),
        areas=areas,
        area_role=AreaRole(said.get("area_role", "target")) if areas else None,
        conditions=frozenset(map(Condition, said.get("conditions", "").split())),
        depth_km=said.get("depth_km"),
        prior=Status(said["prior"]) if "prior" in said else None,
        retracted=said.get("retracted", False),
    )


def ruling(key: str, status: str, first: str, until: str, *, at: Line | None = None, practice: str = "") -> Settlement:
    """A curator's settlement on the rule for any weapon, unless said otherwise."""
    return Settlement(
        key,
        at or line(),
        date.fromisoformat(first),
        date.fromisoformat(until),
        Status(status),
        Status(practice) if practice else None,
    )


def told(record: Record, at: Line | None = None) -> list[str]:
    """The positions of a line, e.g. ``banned 2022-06-01 2024-05-30 (a b)``; ``-`` where no end is known.

    Marks after the status: ``<`` open start, ``?`` provisional, ``!`` contested.
    """
    return [_told(position) for position in record.positions if position.line == (at or line())]


def _told(position: Position) -> str:
    marks = "<" * position.open_start + "?" * position.provisional + "!" * position.contested
    ends = position.ends or "-"
    return f"{position.status}{marks} {position.starts} {ends} ({' '.join(position.evidence)})"


def disputed(record: Record, at: Line | None = None) -> list[str]:
    """The contested stretches of a line, e.g. ``2024-06-01 2024-06-10 banned (a) / allowed (b) upheld 8``."""
    return [_disputed(stretch) for stretch in record.stretches if stretch.line == (at or line())]


def _disputed(stretch: Stretch) -> str:
    limits = " limits" if stretch.limits_only else ""
    standing = f"{stretch.standing} ({' '.join(stretch.standing_claims)})"
    challenger = f"{stretch.challenger} ({' '.join(stretch.challenger_claims)})"
    return f"{stretch.first} {stretch.until or '-'} {standing} / {challenger} {stretch.outcome} {stretch.rule}{limits}"


def silent(record: Record) -> list[str]:
    """The silence marks, e.g. ``2024-06-01 (a)``."""
    return [f"{silence.day} ({silence.claim})" for silence in record.silences]


def limits_told(limits: Sequence[Limit]) -> list[str]:
    """The limits, e.g. ``area UA-63 defended 2024-05-30 (a b)``."""
    return [_limit_told(limit) for limit in limits]


def _limit_told(limit: Limit) -> str:
    role = f" {limit.area_role}" if limit.area_role and limit.kind is LimitKind.AREA else ""
    return f"{limit.kind} {limit.value}{role} {limit.holds_from} ({' '.join(limit.claims)})"


def case(
    name: str, *claims: Claim, positions: Sequence[str], disputes: Sequence[str] = (), at: Line | None = None
) -> pytest.ParameterSet:
    """One case of a rule: what the claims give on a line."""
    return pytest.param(list(claims), list(positions), list(disputes), at or line(), id=name)


def outcome(claims: Iterable[Claim], at: Line) -> tuple[list[str], list[str]]:
    """The positions and the contested stretches of a line, told."""
    record = derive(claims, weapons=TREE)
    return told(record, at), disputed(record, at)
