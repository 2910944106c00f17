"""Stored positions as the derivation would give them, so that the two can be matched and compared."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from restrictions.domain.days import Day, parse_day
from restrictions.domain.positions import Limit, LimitKind, Position
from restrictions.domain.vocabulary import AreaRole, Status
from restrictions.models.position import PositionColumns
from restrictions.queries.claims import stored_day


def as_derived(row: PositionColumns) -> Position:
    """A stored position, or a version of one, as ``derive`` gives it; its evidence is what the row shows."""
    return Position(
        line=row.line,
        status=Status(row.status),
        starts=Day(row.starts_edtf, row.starts_earliest, row.starts_latest),
        ends=stored_day(row.ends_edtf, row.ends_earliest, row.ends_latest),
        open_start=row.open_start,
        limits=stored_limits(row.limits),
        evidence=tuple(row.shown["evidence"]),
        announced=Day(row.announced_edtf, row.announced_earliest, row.announced_latest),
        last_confirmed=row.last_confirmed,
        provisional=row.provisional,
        contested=row.contested,
        practice=Status(row.practice) if row.practice else None,
        first_used=parse_day(row.first_used_edtf) if row.first_used_edtf else None,
        rules=tuple(row.rules),
    )


def stored_limits(rows: Iterable[dict[str, Any]]) -> tuple[Limit, ...]:
    """Limits as a position or one of its versions keeps them."""
    return tuple(_limit(item) for item in rows)


def _limit(stored: dict[str, Any]) -> Limit:
    role = stored.get("area_role")
    return Limit(
        kind=LimitKind(stored["kind"]),
        value=stored["value"],
        holds_from=date.fromisoformat(stored["holds_from"]),
        claims=tuple(stored["claims"]),
        area_role=AreaRole(role) if role else None,
    )
