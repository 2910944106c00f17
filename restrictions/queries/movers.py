"""Who moved first, frozen: the suppliers in order, those that have not moved, and the curve. Pure: no Django."""

from dataclasses import dataclass

from restrictions.domain.days import Day
from restrictions.domain.survival import Step
from restrictions.domain.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a supplier stood or stands: the status with its words, and the position that says so."""

    status: Status
    label: str
    limits: str
    position: int
    weapon: str
    weapon_name: str
    starts: Day
    starts_words: str
    provisional: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class MoverRow:
    """One supplier. ``rank`` and the lags are none where it has not moved; ``days`` counts to the last possible day.

    ``left`` is the day on which it stopped standing where the move begins, without a move on a known day.
    """

    supplier: str
    supplier_name: str
    spoken_name: str
    before: Stand | None
    moved: Stand | None = None
    rank: int | None = None
    days: int | None = None
    least: int | None = None
    most: int | None = None
    since: str = ""
    left: str = ""
    undated: Stand | None = None


@dataclass(frozen=True, slots=True)
class Movers:
    """``moved`` in the order of their days, ``waiting`` those that could and have not, ``undated`` those that were
    there when first heard of. ``steps`` is the estimate by days since the first move; none where nobody moved."""

    moved: tuple[MoverRow, ...]
    waiting: tuple[MoverRow, ...]
    undated: tuple[MoverRow, ...]
    steps: tuple[Step, ...]

    @property
    def at_all(self) -> int:
        """How many could move, or did."""
        return len(self.moved) + len(self.waiting)

    @property
    def first(self) -> tuple[MoverRow, ...]:
        return tuple(row for row in self.moved if row.rank == 1)
