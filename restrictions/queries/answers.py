"""Which positions answer in which row of a timeline, from which day to which: own rules and inherited ones.

Worked out row by row, and remembered with the positions that it follows from.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from restrictions.domain.days import Day, exact
from restrictions.domain.positions import Position
from restrictions.domain.resolution import Rules, Segment
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.domain.weapons import ANY, WeaponTree
from restrictions.queries.bare import Towards
from restrictions.queries.bars import OWN


@dataclass(frozen=True, slots=True)
class Stretched:
    """A position as it answers in one row: for these days, for this weapon, by its own rule or a wider one's."""

    id: int
    position: Position
    weapon: str
    starts: Day
    ends: Day | None
    answered_by: str

    @property
    def status(self) -> Status:
        return self.position.status

    @property
    def first_day(self) -> date:
        """The day from which reads answer with it (rule 11)."""
        return self.starts.latest

    @property
    def open_start(self) -> bool:
        """Whether the days begin with the position, whose true start is unknown."""
        return self.position.open_start and self.starts == self.position.starts

    @property
    def is_own_rule(self) -> bool:
        """Whether a supplier's own rule answers for its weapon; neither a wider one nor another state's consent."""
        return self.answered_by == OWN and self.position.line.role is Role.SUPPLIER

    def covers(self, day: date) -> bool:
        return self.starts.latest <= day and (self.ends is None or day < self.ends.latest)


def whole(number: int, position: Position) -> Stretched:
    """The position in a row of its own line."""
    return Stretched(number, position, position.line.weapon, position.starts, position.ends, OWN)


def answering(
    found: Towards,
    tree: WeaponTree,
    *,
    track: Track,
    territory: str,
    suppliers: Collection[str] = (),
    weapons: Sequence[str] = (),
) -> Iterator[Stretched]:
    """Each supplier's positions of the track, and what wider rules answer between them; consents before all else.

    No ``suppliers`` or no ``weapons`` means all of them; a class asks for its systems too.
    """
    rows = _rows(found, territory, tree)
    of = {supplier: own for supplier, own in rows.items() if not suppliers or supplier in suppliers}
    asked = _with_systems(weapons, tree, of.values())
    if track is Track.SUPPLY:
        # In the order of all positions, whoever's they are and in whatever role.
        yield from (item for own in of.values() for item in own.supplies if not asked or item.weapon in asked)
        return
    yield from (item for own in of.values() for item in own.consents if not asked or item.weapon in asked)
    for own in of.values():
        for weapon in own.rows(asked):
            yield from own.row(weapon)


def _with_systems(weapons: Sequence[str], tree: WeaponTree, rows: Iterable["_Supplier"]) -> frozenset[str]:
    """The weapons asked for, and of a class the systems that have a rule of use; `any` is the general rule alone."""
    ruled = {weapon for own in rows for weapon in own.named_on_use} if weapons else set()
    return frozenset({*weapons, *(weapon for weapon in ruled if tree.is_asked(weapon, weapons))})


@lru_cache(maxsize=32)
def consenting(found: Towards, territory: str) -> tuple[Stretched, ...]:
    """What states that must agree to others' weapons say of use on the territory, and of delivery, each on its line."""
    return tuple(
        whole(number, position)
        for number, position in found.bare.items()
        if position.line.role is Role.CONSENT and position.line.territory in ("", territory)
    )


@lru_cache(maxsize=32)
def _rows(found: Towards, territory: str, tree: WeaponTree) -> Mapping[str, "_Supplier"]:
    """What each supplier's positions give, by supplier."""
    by_supplier: dict[str, dict[int, Position]] = {}
    for number, position in found.bare.items():
        by_supplier.setdefault(position.line.supplier, {})[number] = position
    return {supplier: _Supplier(own, tree, territory) for supplier, own in by_supplier.items()}


class _Supplier:
    """The rows of one supplier: its deliveries, its consents, and its weapons with what answers for them."""

    def __init__(self, own: Mapping[int, Position], tree: WeaponTree, territory: str) -> None:
        self._own, self._tree, self._territory = own, tree, territory
        positions = own.values()
        self._lines = {position.line for position in positions if position.line.role is Role.SUPPLIER}
        self.named_on_use = {position.line.weapon for position in positions if position.line.track is Track.USE}
        self.supplies = [whole(number, one) for number, one in own.items() if one.line.track is Track.SUPPLY]
        self.consents = [whole(number, one) for number, one in own.items() if self._is_consent(one)]
        self._ruled = sorted({one.line.weapon for one in positions if self._is_ruled(one)})
        self._answers: dict[str, tuple[Stretched, ...]] = {}
        self._over_time: _OverTime | None = None

    def _is_consent(self, position: Position) -> bool:
        line = position.line
        return line.role is Role.CONSENT and line.track is Track.USE and line.territory == self._territory

    def _is_ruled(self, position: Position) -> bool:
        """A weapon that is merely supplied, with nothing said on its use, would only repeat the general rule."""
        line = position.line
        on_use = line.role is Role.SUPPLIER and line.track is Track.USE and line.territory == self._territory
        return on_use and (position.status is not Status.UNSTATED or line.weapon == ANY)

    def rows(self, asked: Collection[str]) -> Sequence[str]:
        """The weapons that get a row: those with a rule of their own, and those asked for, if anything is recorded."""
        if not asked:
            return self._ruled
        supplied = {line.weapon for line in self._lines if line.track is Track.SUPPLY}
        return sorted((supplied | set(self._ruled)) & set(asked))

    def row(self, weapon: str) -> tuple[Stretched, ...]:
        """What answered for the weapon, in the order of days."""
        if weapon not in self._answers:
            self._over_time = self._over_time or _OverTime(self._own, self._tree, self._territory)
            self._answers[weapon] = tuple(self._over_time.of(weapon))
        return self._answers[weapon]


class _OverTime:
    """One supplier's positions, looked up by weapon and day."""

    def __init__(self, own: Mapping[int, Position], tree: WeaponTree, territory: str) -> None:
        self._rules = Rules(list(own.values()), tree, territory=territory)
        self._number_of = {id(position): number for number, position in own.items()}
        self._turns = _turns(own.values())

    def of(self, weapon: str) -> Iterator[Stretched]:
        for segment in self._rules.over_time(weapon):
            yield self._stretched(segment, weapon)

    def _stretched(self, segment: Segment, weapon: str) -> Stretched:
        """The days of a segment with their own imprecision: the position's where they are its own, else the turn's."""
        position, turns = segment.position, self._turns
        starts, ends = position.starts, position.ends
        if segment.first != position.first_day:
            starts = turns.get(segment.first) or exact(segment.first)
        if segment.until != position.until and segment.until is not None:
            ends = turns.get(segment.until) or exact(segment.until)
        answered_by = OWN if segment.level == weapon else segment.level
        return Stretched(self._number_of[id(position)], position, weapon, starts, ends, answered_by)


def _turns(positions: Iterable[Position]) -> dict[date, Day]:
    """The days on which anything turns, as imprecise as they are: the widest window that ends on a day."""
    turns: dict[date, Day] = {}
    for position in positions:
        for day in filter(None, (position.starts, position.ends)):
            known = turns.get(day.latest)
            turns[day.latest] = day if known is None or day.width > known.width else known
    return turns
