"""The positions that the record held by a clock: the present ones, or the versions of a past day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Role
from restrictions.models import Position as StoredPosition
from restrictions.models import PositionVersion
from restrictions.models.position import PositionColumns
from restrictions.queries.stored import as_derived

Shown = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A position with what it shows."""

    position: Position
    shown: Shown


def rows_held(clock: Clock) -> "QuerySet[Any]":
    """Rows with the columns of a position, as the record held them by the clock's ``known``."""
    return rows_held_at(clock.instant)


def rows_held_at(instant: datetime | None) -> "QuerySet[Any]":
    """The same as the record held them at a moment that is over, or holds them now."""
    return StoredPosition.objects.all() if instant is None else PositionVersion.objects.known_at(instant)


def number_column(clock: Clock) -> str:
    """The column that numbers the positions in ``rows_held``: a version has a key of its own beside it."""
    return "id" if clock.instant is None else "position_id"


def positions_recorded(
    recipient: str, suppliers: Sequence[str] = (), *, clock: Clock = NOW, role: Role | None = None
) -> dict[int, Held]:
    """All positions of these suppliers (of all, where none is named) towards a recipient, by id: one query.

    ``role`` asks for those of suppliers, or of states whose consent counts, alone.
    """
    found = rows_held(clock).filter(recipient_id=recipient)
    if role:
        found = found.filter(role=role.value)
    if suppliers:
        found = found.filter(supplier_id__in=suppliers)
    return _held(found.order_by("supplier_id", "weapon_id", "starts_latest", number_column(clock)))


def position_recorded(number: int, *, clock: Clock = NOW) -> Held | None:
    """The position of this id; none where the record held none of it then: one query."""
    return _held(rows_held(clock).filter(**{number_column(clock): number})).get(number)


def positions_numbered(numbers: Collection[int], *, clock: Clock = NOW) -> dict[int, Held]:
    """The positions of these ids as the record held them by the clock's ``known``, by id: one query."""
    return positions_where(Q(**{f"{number_column(clock)}__in": numbers}), clock=clock) if numbers else {}


def positions_where(*wanted: Q, clock: Clock, limit: int | None = None) -> dict[int, Held]:
    """The positions with these columns, those that began last first, by id: one query."""
    rows = rows_held(clock).filter(*wanted).order_by("-starts_latest", f"-{number_column(clock)}")
    return _held(rows[:limit])


def _held(rows: Iterable[PositionColumns]) -> dict[int, Held]:
    return {_number_of(row): Held(as_derived(row), row.shown) for row in rows}


def _number_of(row: PositionColumns) -> int:
    """The number of the position, of which a row may be a version."""
    return row.position_id if isinstance(row, PositionVersion) else row.pk
