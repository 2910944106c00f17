"""The record as a panel: what held for each supplier and weapon on each day, and in each month. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from restrictions.domain.cells import Cell, Cells
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Role, Status
from restrictions.domain.weapons import WeaponTree


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row with one answer for a weapon; ``until`` is the first day after them."""

    weapon: str
    first: date
    until: date
    cell: Cell

    @property
    def days(self) -> Iterator[date]:
        """Each of its days."""
        return (self.first + timedelta(days=number) for number in range((self.until - self.first).days))


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a weapon: on how many of its days something is recorded, what held on the last of them, and how
    often the status changed in it."""

    weapon: str
    name: str
    days: int
    last: Cell
    changes: int


def runs(
    positions: Sequence[Position], consents: Sequence[Position], tree: WeaponTree, *, territory: str, until: date
) -> Iterator[Run]:
    """One supplier's weapons in the order of their codes, each with its runs in the order of days.

    ``positions`` are the supplier's towards one recipient, ``consents`` every consent towards that recipient. ``until``
    is the first day that is not reached. Days on which nothing is recorded are in no run.
    """
    cells = Cells(positions, consents, tree, territory=territory)
    turning = [*positions, *consents]
    for weapon in _weapons(positions):
        bearing = frozenset(tree.path(weapon))
        found = {day for one in turning if one.line.weapon in bearing for day in _turning(one) if day < until}
        for first, last in pairwise([*sorted(found), until]):
            cell = cells.at(weapon, first)
            if cell.status is not None:
                yield Run(weapon, first, last, cell)


def months(found: Iterable[Run]) -> Iterator[Month]:
    """The months of the runs, weapon by weapon."""
    for weapon, of_weapon in groupby(found, key=lambda run: run.weapon):
        before: Status | None = None
        for name, parts in groupby(_by_month(of_weapon), key=lambda part: f"{part.first:%Y-%m}"):
            month = list(parts)
            statuses = [before, *(part.cell.status for part in month)]
            changes = sum(one is not None and one is not other for one, other in pairwise(statuses))
            days = sum((part.until - part.first).days for part in month)
            yield Month(weapon, name, days, month[-1].cell, changes)
            before = statuses[-1]


def _by_month(found: Iterable[Run]) -> Iterator[Run]:
    """The runs, each cut where a month ends."""
    for run in found:
        first = run.first
        while first < run.until:
            next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            until = min(run.until, next_month)
            yield Run(run.weapon, first, until, run.cell)
            first = until


def _weapons(positions: Iterable[Position]) -> list[str]:
    """The weapons that the record names with this supplier as its own."""
    return sorted({position.line.weapon for position in positions if position.line.role is Role.SUPPLIER})


def _turning(position: Position) -> Iterator[date]:
    """The days on which an answer can change, also by what is possible in the window of a start."""
    yield position.starts.earliest
    yield position.first_day
    if position.until:
        yield position.until
