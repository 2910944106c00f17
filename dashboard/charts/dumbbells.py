"""What differs between two sides, as dumbbells: a hollow dot for the first, a full one for the second. Pure.

From left to right each place permits more; rows of one track share their places.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from restrictions.domain.vocabulary import Status
from restrictions.queries.compared import DifferenceRow, Stated

WIDTH = 640
"""Of the drawing, in its own units; the page scales it."""
HEAD, ROW = 44, 56
"""Units above the first row, and of each row."""
_MARGIN = 70
_PLACES: tuple[Status | None, ...] = (
    *(None, Status.UNSTATED, Status.UNDISCLOSED, Status.WITHHELD, Status.BANNED),
    *(Status.CONDITIONAL, Status.ALLOWED, Status.SUPPLIED),
)
"""In the order of the axis; none where a side says nothing at all."""


@dataclass(frozen=True, slots=True)
class Place:
    """One status on the axis; ``turn`` counts the places, so that every other label can stand lower."""

    status: Status | None
    x: float
    turn: int


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One row: where each side stands, and at which height. ``limits``: the status is the same on both."""

    row: DifferenceRow
    first: float
    second: float
    y: int
    limits: bool


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """The drawing. ``left_out`` counts the rows that it has no room for."""

    places: tuple[Place, ...]
    rows: tuple[Dumbbell, ...]
    height: int
    left_out: int


def dumbbells(rows: Sequence[DifferenceRow], *, most: int) -> Dumbbells | None:
    """The drawing of the first rows, ``most`` of them; none where nothing differs."""
    if not rows:
        return None
    drawn = rows[:most]
    stands = {_status(side) for row in drawn for side in (row.first, row.second)}
    shown = [status for status in _PLACES if status in stands]
    x_of = {status: _x(at, len(shown)) for at, status in enumerate(shown)}
    return Dumbbells(
        places=tuple(Place(status, x_of[status], at) for at, status in enumerate(shown)),
        rows=tuple(_dumbbell(at, row, x_of) for at, row in enumerate(drawn)),
        height=HEAD + ROW * len(drawn),
        left_out=len(rows) - len(drawn),
    )


def _status(side: Stated | None) -> Status | None:
    return side.status if side else None


def _x(at: int, places: int) -> float:
    """Evenly spread; a single place stands in the middle."""
    return round(_MARGIN + (WIDTH - 2 * _MARGIN) * at / (places - 1), 1) if places > 1 else WIDTH / 2


def _dumbbell(at: int, row: DifferenceRow, x_of: dict[Status | None, float]) -> Dumbbell:
    first, second = x_of[_status(row.first)], x_of[_status(row.second)]
    return Dumbbell(row, first, second, HEAD + ROW * at, limits=first == second)
