"""The cells of the matrix, frozen: what a supplier lets a recipient do with one weapon on a day. Pure: no Django."""

from dataclasses import dataclass
from datetime import date

from restrictions.domain.vocabulary import Status
from restrictions.queries.bars import OWN

UNKNOWN = "unknown"
"""``binding`` of a cell on which a state that must agree has not said whether it does."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One supplier and weapon on the day.

    ``status`` is none where nothing was looked up. ``answered_by`` is ``own`` or the wider weapon whose rule answers.
    ``binding`` is the lowest of the rule and of every consent, where it differs from the rule; "" where it does not,
    and ``unknown`` where a state that must agree has not said.
    """

    weapon: str
    weapon_name: str
    label: str
    status: Status | None = None
    position: int | None = None
    answered_by: str = ""
    answered_by_name: str = ""
    limits: str = ""
    supply: Status | None = None
    binding: str = ""
    binding_label: str = ""
    consents: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    provisional: bool = False
    disputed: bool = False

    @property
    def inherited(self) -> bool:
        return self.answered_by not in {"", OWN}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One supplier with its cells, in the order of the columns."""

    supplier: str
    supplier_name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A weapon, and how deep it stands in the tree: 0 for weapons in general, 1 for a class, more for what is in it."""

    weapon: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix of a day, and the days on which anything in it turns, in order."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    turns: tuple[date, ...]

    def turn_before(self, day: date) -> date | None:
        return max((turn for turn in self.turns if turn < day), default=None)

    def turn_after(self, day: date) -> date | None:
        return min((turn for turn in self.turns if turn > day), default=None)
