"""How many governments say what on a day, by their general rule: what a front page counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from restrictions.domain.cells import Cells
from restrictions.domain.positions import Position
from restrictions.domain.rules import CONFIRMED_FOR
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.domain.weapons import ANY, WeaponTree

SILENT = frozenset({Status.UNDISCLOSED, Status.UNSTATED})


@dataclass(frozen=True, slots=True)
class Tally:
    """The general rules on one day. ``confirmed`` counts those on which a word came within the year before it."""

    day: date
    statuses: Mapping[Status, int]
    confirmed: int

    @property
    def governments(self) -> int:
        return sum(self.statuses.values())

    @property
    def silent(self) -> int:
        """Those that supply and say nothing of use, or will not say."""
        return sum(self.statuses.get(status, 0) for status in SILENT)

    def of(self, status: Status) -> int:
        return self.statuses.get(status, 0)


class Tallies:
    """The tallies of all suppliers towards one recipient on one territory.

    ``on_record`` leaves out positions that no official and no document has confirmed: whose rule is only reported
    counts as saying nothing.
    """

    def __init__(
        self, positions: Iterable[Position], weapons: WeaponTree, *, territory: str, on_record: bool = False
    ) -> None:
        kept = [one for one in positions if one.line.role is Role.SUPPLIER and not (on_record and one.provisional)]
        self._by_supplier: dict[str, list[Position]] = {}
        for position in kept:
            self._by_supplier.setdefault(position.line.supplier, []).append(position)
        self._cells = {
            supplier: Cells(own, (), weapons, territory=territory) for supplier, own in self._by_supplier.items()
        }

    def on(self, day: date) -> Tally:
        """The tally of this day."""
        statuses: Counter[Status] = Counter()
        confirmed = 0
        for supplier, cells in self._cells.items():
            rule = cells.at(ANY, day)
            status = rule.status or self._without_general_rule(supplier, day)
            if status:
                statuses[status] += 1
            if rule.answer.position and _confirmed(rule.answer.position, day):
                confirmed += 1
        return Tally(day, dict(statuses), confirmed)

    def over_time(self, days: Sequence[date]) -> list[Tally]:
        """The tallies of these days, without those that repeat the one before."""
        found: list[Tally] = []
        for day in days:
            tally = self.on(day)
            if not found or tally.statuses != found[-1].statuses:
                found.append(tally)
        return found

    def _without_general_rule(self, supplier: str, day: date) -> Status | None:
        """Whoever hands over anything, and has no rule for weapons in general, says nothing of them."""
        supplies = any(
            position.line.track is Track.SUPPLY and position.status is Status.SUPPLIED and position.covers(day)
            for position in self._by_supplier[supplier]
        )
        return Status.UNSTATED if supplies else None


def _confirmed(position: Position, day: date) -> bool:
    """Whether a word on it came within the year before the day, as far as the last one tells."""
    return day - position.last_confirmed <= CONFIRMED_FOR
