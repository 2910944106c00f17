"""Which rule answers for a weapon on a day: its own, its class's, the one for long range, the general one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from restrictions.domain.positions import LimitKind, Position
from restrictions.domain.vocabulary import Condition, Role, Status, Track, WeaponKind
from restrictions.domain.weapons import WeaponTree


@dataclass(frozen=True, slots=True)
class Answer:
    """The position that answers, and the weapon code whose rule it is; none where nothing is recorded."""

    position: Position | None = None
    level: str = ""

    @property
    def status(self) -> Status | None:
        return self.position.status if self.position else None


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of days with one answer. ``until`` is the first day no longer answered; none where it goes on."""

    first: date
    until: date | None
    position: Position
    level: str


@dataclass(frozen=True, slots=True)
class Binding:
    """The status that binds once every consent is counted; no status where a consent says nothing ("unknown")."""

    status: Status | None
    consents: tuple[Position, ...]


class Rules:
    """The positions of one supplier towards one recipient on one territory, looked up by weapon."""

    def __init__(self, positions: Iterable[Position], weapons: WeaponTree, *, territory: str) -> None:
        self._weapons = weapons
        self._use: dict[str, list[Position]] = {}
        self._supply: dict[str, list[Position]] = {}
        for position in positions:
            line = position.line
            if line.role is not Role.SUPPLIER:
                continue
            if line.track is Track.SUPPLY:
                self._supply.setdefault(line.weapon, []).append(position)
            elif line.territory == territory:
                self._use.setdefault(line.weapon, []).append(position)

    def use(self, weapon: str, day: date) -> Answer:
        """The rule of use on a day. `unstated` never answers where a wider rule does (rule 5)."""
        unstated = Answer()
        for level in self._weapons.path(weapon):
            if level != weapon and not self.is_supplied(weapon, day):
                break
            position = in_force(self._use.get(level, ()), day)
            if position and position.status is not Status.UNSTATED:
                return Answer(position, level)
            if position and unstated.position is None:
                unstated = Answer(position, level)
        return unstated

    def supply(self, weapon: str, day: date) -> Answer:
        """Whether it is handed over. A pause of everything, or of the class, outranks a narrower `supplied`."""
        path = self._weapons.path(weapon)
        for level in reversed(path):
            position = in_force(self._supply.get(level, ()), day)
            if position and is_pause(position):
                return Answer(position, level)
        for level in path:
            position = in_force(self._supply.get(level, ()), day)
            if position and (level == weapon or position.status is Status.WITHHELD):
                return Answer(position, level)
        return Answer()

    def is_supplied(self, weapon: str, day: date) -> bool:
        """Whether the record shows the weapon as handed over: by its supply track, else by a rule of its own on use.

        A rule of its own speaks for the days since it began; one whose start is open was there before we saw it.
        """
        supply = self._supply.get(weapon)
        if supply is None:
            rules = [position for position in self._use.get(weapon, ()) if position.status is not Status.UNSTATED]
            return any(rule.open_start or rule.first_day <= day for rule in rules)
        position = in_force(supply, day)
        return position is not None and position.status is Status.SUPPLIED

    def over_time(self, weapon: str) -> list[Segment]:
        """Which rule of use answered when, from the first day on which one did."""
        positions = [item for level in self._weapons.path(weapon) for item in self._use.get(level, ())]
        days = sorted(set(_turning_days([*positions, *self._supply.get(weapon, ())])))
        segments: list[Segment] = []
        for first, until in zip(days, [*days[1:], None], strict=False):
            answer = self.use(weapon, first)
            if answer.position is None:
                continue
            same = bool(segments) and segments[-1].position is answer.position and segments[-1].until == first
            since = segments.pop().first if same else first
            segments.append(Segment(since, until, answer.position, answer.level))
        return segments


def _turning_days(positions: Iterable[Position]) -> Iterable[date]:
    for position in positions:
        yield position.first_day
        if position.until:
            yield position.until


def in_force(positions: Iterable[Position], day: date) -> Position | None:
    """The position of one line that covers a day."""
    return next((position for position in positions if position.covers(day)), None)


def is_pause(position: Position) -> bool:
    """Whether a position is a stop of all its deliveries for a time (rule 5)."""
    conditions = {limit.value for limit in position.limits if limit.kind is LimitKind.CONDITION}
    return (
        position.status is Status.WITHHELD and Condition.TEMPORARY in conditions and Condition.PARTIAL not in conditions
    )


def binding(own: Answer, consents: Sequence[Position]) -> Binding:
    """The lowest of a supplier's rule and the consents on the weapon; unknown where a consent has no level."""
    if own.status is None or own.status.level is None:
        return Binding(own.status, tuple(consents))
    if any(consent.status.level is None for consent in consents):
        return Binding(None, tuple(consents))
    statuses = [own.status, *(consent.status for consent in consents)]
    return Binding(min(statuses, key=lambda status: status.level or 0), tuple(consents))


def consents_on(weapon: str, day: date, positions: Iterable[Position], weapons: WeaponTree) -> list[Position]:
    """The consents in force on a weapon or its class; a consent does not follow the general rule."""
    is_system = weapons.nodes[weapon].kind is WeaponKind.SYSTEM
    asked = weapons.path(weapon)[: 2 if is_system else 1]
    return [
        position
        for position in positions
        if position.line.role is Role.CONSENT
        and position.line.track is Track.USE
        and position.line.weapon in asked
        and position.covers(day)
    ]
