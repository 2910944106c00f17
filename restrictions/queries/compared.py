"""What differs between two sides, frozen. Pure: no Django, no clock."""

from dataclasses import dataclass

from restrictions.domain.comparing import Difference
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.weapons import ANY


@dataclass(frozen=True, slots=True)
class Stated:
    """What one side says: the status with its words, and the position that says so. ``wider`` names the weapon whose
    rule answers for want of one of its own."""

    status: Status
    label: str
    limits: str
    position: int
    days: str
    wider: str = ""
    provisional: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One thing on which the sides differ; a side is none where nothing is on record. Without a supplier the sides are
    two suppliers."""

    supplier: str
    supplier_name: str
    weapon: str
    weapon_name: str
    track: Track
    difference: Difference
    first: Stated | None
    second: Stated | None

    @property
    def name(self) -> str:
        """Whose rule it is, and for what: the weapon is left out where it is the general rule."""
        parts = (
            (self.supplier_name, self.weapon_name) if self.weapon != ANY or not self.supplier else (self.supplier_name,)
        )
        return " · ".join(filter(None, parts))

    @property
    def one_sided(self) -> bool:
        """Whether only one side says anything."""
        return self.first is None or self.second is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, use before supply, and how many rules are the same on both sides."""

    rows: tuple[DifferenceRow, ...]
    alike: int

    @property
    def both_say(self) -> tuple[DifferenceRow, ...]:
        """The rows on which each side says something."""
        return tuple(row for row in self.rows if not row.one_sided)
