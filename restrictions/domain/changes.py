"""What counts as a change: a position that began on a known day, and what it turned from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from restrictions.domain.claims import Line
from restrictions.domain.days import ONE_DAY
from restrictions.domain.positions import Position
from restrictions.domain.resolution import Rules, in_force
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.domain.weapons import ANY, WeaponTree


class Kind(StrEnum):
    """How a change differs from what was before.

    ``limits``: the status stays, its limits turn. ``own``: a weapon gets a rule of its own, of the wider rule's status.
    ``silence``: the supplier begins to decline to say. ``first``: nothing with a level is recorded before.
    """

    MORE = "more"
    LESS = "less"
    LIMITS = "limits"
    FIRST = "first"
    OWN = "own"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Change:
    """One turn. ``before`` is what answered for the weapon on the day before; none where nothing is recorded."""

    after: Position
    before: Position | None
    kind: Kind

    @property
    def day(self) -> date:
        """The day from which reads answer with the new position (rule 11)."""
        return self.after.first_day

    @property
    def inherited(self) -> bool:
        """Whether the rule for another weapon answered before, for want of one for this."""
        return self.before is not None and self.before.line.weapon != self.after.line.weapon

    def is_touched(self, first: date, until: date | None) -> bool:
        """Whether contested days bear on the turn itself: they run up to its window, or lie in it."""
        starts = self.after.starts
        return first <= starts.latest and (until is None or until >= starts.earliest)


def changes(positions: Iterable[Position], weapons: WeaponTree) -> list[Change]:
    """Every turn of these positions, in the order of days, then of lines. They may be of many suppliers.

    An unknown start is no move (rule 10), and nothing said on use is no word of the supplier.
    """
    found = []
    for own in _by_supplier(positions).values():
        befores = _Befores(own, weapons)
        found += [_change(position, befores.of(position)) for position in own if _is_turn(position)]
    return sorted(found, key=lambda change: (change.day, change.after.line))


def _by_supplier(positions: Iterable[Position]) -> Mapping[tuple[str, str], list[Position]]:
    """By supplier and recipient, in the order given."""
    found: dict[tuple[str, str], list[Position]] = {}
    for position in positions:
        found.setdefault((position.line.supplier, position.line.recipient), []).append(position)
    return found


def _is_turn(position: Position) -> bool:
    return not position.open_start and position.status is not Status.UNSTATED


class _Befores:
    """What one supplier's positions answered on the day before a turn."""

    def __init__(self, positions: Sequence[Position], weapons: WeaponTree) -> None:
        self._lines: dict[Line, list[Position]] = {}
        for position in positions:
            self._lines.setdefault(position.line, []).append(position)
        self._rules = {
            territory: Rules(positions, weapons, territory=territory)
            for territory in {position.line.territory for position in positions}
        }

    def of(self, after: Position) -> Position | None:
        """The former position of the line, else what a wider rule answered, else what of it was handed over."""
        line, day = after.line, after.first_day - ONE_DAY
        if line.role is Role.CONSENT:
            return in_force(self._lines[line], day)
        rules = self._rules[line.territory]
        if line.track is Track.USE:
            return rules.use(line.weapon, day).position
        return rules.supply(line.weapon, day).position or self._handed_over(line, day)

    def _handed_over(self, line: Line, day: date) -> Position | None:
        """For a word on arms in general: some weapon that was handed over until then."""
        if line.weapon != ANY:
            return None
        supplies = (
            in_force(positions, day)
            for other, positions in self._lines.items()
            if other.track is Track.SUPPLY and other.role is line.role
        )
        return next((position for position in supplies if position and position.status is Status.SUPPLIED), None)


def _change(after: Position, before: Position | None) -> Change:
    return Change(after, before, _kind(after, before))


def _kind(after: Position, before: Position | None) -> Kind:
    if before and before.status is after.status:
        return Kind.LIMITS if before.line == after.line else Kind.OWN
    now, former = (one.status.rank(one.line.track) if one else None for one in (after, before))
    if now is None:
        return Kind.SILENCE
    if former is None:
        return Kind.FIRST
    return Kind.MORE if now > former else Kind.LESS
