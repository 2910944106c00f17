"""The record around one day: what is in force or may be, and of all else only what its lines hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection

from restrictions.domain.cells import turning_days
from restrictions.domain.claims import Line
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import Day
from restrictions.domain.positions import Outcome, Position, of_suppliers
from restrictions.domain.resolution import Lines
from restrictions.domain.tallies import Ranges
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.queries.claims import stored_day
from restrictions.queries.held import Held
from restrictions.queries.shown import positions_towards
from restrictions.queries.stamps import record_stamp
from restrictions.queries.stored import stored_limits


@dataclass(frozen=True, slots=True)
class OnDay:
    """A position around the day: whether it is disputed on it, and all that resolution needs of it, no evidence."""

    position: Position
    disputed: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the lines of one recipient hold on whatever day, by supplier; all weapons that any names; the days on
    which a position of supply, or of use on the territory, begins or ends, in order."""

    lines: Mapping[str, Lines]
    weapons: frozenset[str]
    turns: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """One recipient's record around a day: by id what is in force and what an imprecise start may already have put in
    force, and what its lines hold."""

    near: Mapping[int, OnDay]
    recorded: Recorded


def around(*, recipient: str, territory: str, on: date, clock: Clock = NOW) -> Around:
    """The record of a recipient around a day, by this clock.

    Two queries; three where nobody has asked for this recipient since the record changed. By the clock's ``reported``
    it is taken from what was derived for that day.
    """
    if clock.reported:
        return _of_positions(positions_towards(recipient, clock=clock), territory, on)
    stamp = record_stamp(clock.instant)
    instant = stamp.instant if clock.instant else None
    near = _near(recipient, territory, on, instant)
    return Around(near, _recorded(recipient, territory, instant, stamp.revision))


def _of_positions(held: Mapping[int, Held], territory: str, on: date) -> Around:
    positions = [item.position for item in held.values()]
    near = {
        number: OnDay(item.position, is_disputed(item.position, item.shown["stretches"], on))
        for number, item in held.items()
        if _is_near(item.position, on)
    }
    recorded = Recorded(
        lines={supplier: Lines.of(own, territory=territory) for supplier, own in of_suppliers(positions).items()},
        weapons=frozenset(position.line.weapon for position in positions),
        turns=turning_days(positions, territory=territory, until=date.max),
    )
    return Around(near, recorded)


def _is_near(position: Position, on: date) -> bool:
    return position.covers(on) or (not position.open_start and position.starts.earliest <= on < position.first_day)


def is_disputed(position: Position, stretches: Iterable[Mapping[str, Any]], on: date) -> bool:
    """Whether sources disagree on this day, and nobody has ruled on it."""
    return position.contested and any(
        stretch["outcome"] != Outcome.SETTLED
        and date.fromisoformat(stretch["first"]) <= on
        and (stretch["until"] is None or on < date.fromisoformat(stretch["until"]))
        for stretch in stretches
    )


# Each half has its own index. What a position shows is read only where it is contested: it is long, and lies apart.
_NEAR = """
    SELECT {number}, supplier_id, role, weapon_id, track, territory, status,
           starts_edtf, starts_earliest, starts_latest, open_start, ends_edtf, ends_earliest, ends_latest,
           limits, last_confirmed, provisional, CASE WHEN contested THEN shown -> 'stretches' END
    FROM {table} WHERE recipient_id = %(recipient)s AND {around} {known}
        AND (track = 'supply' OR territory = %(territory)s)
"""
_IN_FORCE = "validity @> %(on)s::date"
_MAY_BE = (
    "starts_earliest < starts_latest AND NOT open_start AND daterange(starts_earliest, starts_latest) @> %(on)s::date"
)
_LINES = """
    SELECT supplier_id, role, weapon_id, track, territory,
           CASE WHEN bool_or(open_start) FILTER (WHERE status <> 'unstated') THEN '0001-01-01'::date
                ELSE min(starts_latest) FILTER (WHERE status <> 'unstated') END,
           array_agg(DISTINCT starts_latest), array_agg(DISTINCT ends_latest)
    FROM {table} WHERE recipient_id = %(recipient)s {known}
    GROUP BY supplier_id, role, weapon_id, track, territory
"""


def near_sql(instant: datetime | None) -> str:
    """The statement that reads what is in force on a day and what may be, its parameters named."""
    return _by(instant, f"{_NEAR.replace('{around}', _IN_FORCE)} UNION ALL {_NEAR.replace('{around}', _MAY_BE)}")


def _by(instant: datetime | None, sql: str) -> str:
    if instant is None:
        return sql.format(table="restrictions_position", number="id", known="")
    known = "AND recorded @> %(instant)s::timestamptz"
    return sql.format(table="restrictions_positionversion", number="position_id", known=known)


def _rows(sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def general_positions(recipient: str, territory: str, instant: datetime | None) -> list[Position]:
    """The positions towards a recipient for weapons in general, then or now, on whatever day: one query."""
    sql = _by(instant, _NEAR.replace("{around}", "weapon_id = 'any'"))
    rows = _rows(sql, recipient=recipient, territory=territory, on=date.min, instant=instant)
    return [_held(row, recipient, date.min).position for row in rows]


def deliveries_towards(recipient: str, instant: datetime | None, *, on_record: bool) -> dict[str, Ranges]:
    """By supplier, the days on which anything is handed over to a recipient, as known then, or now: one query."""
    confirmed = "AND NOT provisional" if on_record else ""
    sql = _by(instant, _DELIVERIES.replace("{confirmed}", confirmed))
    rows = _rows(sql, recipient=recipient, instant=instant)
    return {supplier: [(days.lower, days.upper) for days in ranges] for supplier, ranges in rows}


_DELIVERIES = """
    SELECT supplier_id, range_agg(validity) FROM {table}
    WHERE recipient_id = %(recipient)s AND role = 'supplier' AND status = 'supplied' {confirmed} {known}
    GROUP BY supplier_id ORDER BY supplier_id
"""


def _near(recipient: str, territory: str, on: date, instant: datetime | None) -> dict[int, OnDay]:
    rows = _rows(near_sql(instant), recipient=recipient, territory=territory, on=on, instant=instant)
    return {row[0]: _held(row, recipient, on) for row in rows}


# Thousands of rows are read for one page, and looking a code up costs a fifth of what its vocabulary asks for it.
_ROLES = {role.value: role for role in Role}
_TRACKS = {track.value: track for track in Track}
_STATUSES = {status.value: status for status in Status}


def _held(row: tuple[Any, ...], recipient: str, on: date) -> OnDay:
    """A row as the position that resolution takes; when it was announced and what it rests on are not read."""
    starts = Day(row[7], row[8], row[9])
    stretches = row[17]
    position = Position(
        line=Line(row[1], _ROLES[row[2]], recipient, row[3], _TRACKS[row[4]], row[5]),
        status=_STATUSES[row[6]],
        starts=starts,
        evidence=(),
        announced=starts,
        last_confirmed=row[15],
        ends=stored_day(*row[11:14]),
        open_start=row[10],
        limits=stored_limits(orjson.loads(row[14])) if row[14] != "[]" else (),
        provisional=row[16],
        contested=stretches is not None,
    )
    return OnDay(position, stretches is not None and is_disputed(position, orjson.loads(stretches), on))


@lru_cache(maxsize=256)
def _recorded(recipient: str, territory: str, instant: datetime | None, _revision: int) -> Recorded:
    """Read once for each recipient and revision: what a revision says of the lines stays true of it."""
    rows = _rows(_by(instant, _LINES), recipient=recipient, instant=instant)
    named: dict[str, set[str]] = {}
    supply: dict[str, set[str]] = {}
    ruled: dict[str, dict[str, date]] = {}
    days: set[date | None] = set()
    for supplier, role, weapon, track, where, first, starts, ends in rows:
        if track == Track.SUPPLY or where == territory:
            days.update(starts, ends)
        if role != Role.SUPPLIER:
            continue
        named.setdefault(supplier, set()).add(weapon)
        if track == Track.SUPPLY:
            supply.setdefault(supplier, set()).add(weapon)
        elif where == territory and first:
            ruled.setdefault(supplier, {})[weapon] = first
    return Recorded(
        lines={
            supplier: Lines(frozenset(weapons), frozenset(supply.get(supplier, ())), ruled.get(supplier, {}))
            for supplier, weapons in named.items()
        },
        weapons=frozenset(row[2] for row in rows),
        turns=tuple(sorted(day for day in days if day)),
    )
