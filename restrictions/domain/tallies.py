"""How many governments say what on a day, by their general rule: what a front page counts."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter

from restrictions.domain.cells import Cells
from restrictions.domain.positions import Position
from restrictions.domain.rules import CONFIRMED_FOR
from restrictions.domain.vocabulary import Role, Status
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


Ranges = Sequence[tuple[date, date | None]]
"""Days from the first to the second, which is not among them; none where they go on."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one supplier's general rule says from a day on, and the last day on which a word on it is a year old."""

    since: date
    status: Status | None
    confirmed_until: date


class Tallies:
    """The tallies of all suppliers towards one recipient on one territory.

    ``positions``: those of weapons in general. ``delivering``: by supplier, the days on which anything is handed over;
    whoever delivers and has no rule for weapons in general says nothing of them. ``on_record`` leaves out positions
    that no official and no document has confirmed: whose rule is only reported counts as saying nothing.
    """

    def __init__(
        self,
        positions: Iterable[Position],
        weapons: WeaponTree,
        *,
        territory: str,
        delivering: Mapping[str, Ranges],
        on_record: bool = False,
    ) -> None:
        own: dict[str, list[Position]] = {supplier: [] for supplier in delivering}
        for one in positions:
            if one.line.role is Role.SUPPLIER and one.line.weapon == ANY and not (on_record and one.provisional):
                own.setdefault(one.line.supplier, []).append(one)
        self._delivering = delivering
        self._history = {
            supplier: self._said_over_time(supplier, Cells(found, (), weapons, territory=territory), found)
            for supplier, found in own.items()
        }

    def on(self, day: date) -> Tally:
        """The tally of this day."""
        standing = (_standing(history, day) for history in self._history.values())
        return _tally(day, [said for said in standing if said])

    def over_time(self, *, until: date) -> list[Tally]:
        """The tallies of the days up to this one on which the counts change."""
        turns = sorted((said.since, supplier, said) for supplier, one in self._history.items() for said in one)
        standing: dict[str, _Said] = {}
        found: list[Tally] = []
        for day, together in groupby(turns, key=itemgetter(0)):
            standing |= {supplier: said for _, supplier, said in together}
            tally = _tally(day, standing.values())
            if day <= until and (not found or tally.statuses != found[-1].statuses):
                found.append(tally)
        return found

    def _said_over_time(self, supplier: str, cells: Cells, positions: Sequence[Position]) -> list[_Said]:
        """What the supplier says from each day on which that can change."""
        ranges = [*self._delivering.get(supplier, ()), *((one.first_day, one.until) for one in positions)]
        days = sorted({day for days in ranges for day in days if day})
        return [self._said(supplier, cells, day) for day in days]

    def _said(self, supplier: str, cells: Cells, day: date) -> _Said:
        rule = cells.at(ANY, day)
        position = rule.answer.position
        delivers = any(
            first <= day and (until is None or day < until) for first, until in self._delivering.get(supplier, ())
        )
        status = rule.status or (Status.UNSTATED if delivers else None)
        return _Said(day, status, position.last_confirmed + CONFIRMED_FOR if position else date.min)


def _standing(history: Sequence[_Said], day: date) -> _Said | None:
    at = bisect_right(history, day, key=attrgetter("since"))
    return history[at - 1] if at else None


def _tally(day: date, standing: Iterable[_Said]) -> Tally:
    told = list(standing)
    counts = Counter(said.status for said in told if said.status)
    return Tally(day, dict(counts), sum(day <= said.confirmed_until for said in told))


def deliveries(positions: Iterable[Position], *, on_record: bool = False) -> dict[str, Ranges]:
    """By supplier, the days on which anything is handed over; empty for a supplier that hands over nothing."""
    found: dict[str, list[tuple[date, date | None]]] = {}
    for one in positions:
        if one.line.role is Role.SUPPLIER and one.status is Status.SUPPLIED and not (on_record and one.provisional):
            found.setdefault(one.line.supplier, []).append((one.first_day, one.until))
    return dict(found)
