"""Which rule answers for a weapon on a day: its own, its class's, the one for long range, the general one."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

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


@dataclass(frozen=True, slots=True)
class Lines:
    """What one supplier's lines hold on whatever day: the weapons that they name, those with a supply track, and since
    when a weapon has had a rule of its own, `date.min` where its start is open."""

    named: frozenset[str] = frozenset()
    supply: frozenset[str] = frozenset()
    ruled: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, positions: Collection[Position], *, territory: str) -> "Lines":
        """The lines of these positions, all of one supplier."""
        own = [position for position in positions if position.line.role is Role.SUPPLIER]
        ruled: dict[str, date] = {}
        for position in own:
            line = position.line
            if line.track is Track.USE and line.territory == territory and position.status is not Status.UNSTATED:
                first = date.min if position.open_start else position.first_day
                ruled[line.weapon] = min(first, ruled.get(line.weapon, first))
        return cls(
            frozenset(position.line.weapon for position in positions),
            frozenset(position.line.weapon for position in own if position.line.track is Track.SUPPLY),
            ruled,
        )


class Rules:
    """The positions of one supplier towards one recipient on one territory, looked up by weapon.

    For the answers of one day the positions around it are enough, where ``lines`` tells of all the others.
    """

    def __init__(
        self, positions: Collection[Position], weapons: WeaponTree, *, territory: str, lines: Lines | None = None
    ) -> None:
        self._weapons = weapons
        self._lines = lines or Lines.of(positions, territory=territory)
        use: dict[str, list[Position]] = {}
        supply: dict[str, list[Position]] = {}
        for position in positions:
            line = position.line
            if line.role is not Role.SUPPLIER:
                continue
            if line.track is Track.SUPPLY:
                supply.setdefault(line.weapon, []).append(position)
            elif line.territory == territory:
                use.setdefault(line.weapon, []).append(position)
        self._use = {weapon: _Course(own) for weapon, own in use.items()}
        self._supply = {weapon: _Course(own) for weapon, own in supply.items()}

    def use(self, weapon: str, day: date) -> Answer:
        """The rule of use on a day. `unstated` never answers where a wider rule does (rule 5)."""
        unstated = Answer()
        for level in self._weapons.path(weapon):
            if level != weapon and not self.is_supplied(weapon, day):
                break
            position = self._use.get(level, _NOTHING).on(day)
            if position and position.status is not Status.UNSTATED:
                return Answer(position, level)
            if position and unstated.position is None:
                unstated = Answer(position, level)
        return unstated

    def supply(self, weapon: str, day: date) -> Answer:
        """Whether it is handed over. A pause of everything, or of the class, outranks a narrower `supplied`."""
        path = self._weapons.path(weapon)
        for level in reversed(path):
            position = self._supply.get(level, _NOTHING).on(day)
            if position and is_pause(position):
                return Answer(position, level)
        for level in path:
            position = self._supply.get(level, _NOTHING).on(day)
            if position and (level == weapon or position.status is Status.WITHHELD):
                return Answer(position, level)
        return Answer()

    def is_supplied(self, weapon: str, day: date) -> bool:
        """Whether the record shows the weapon as handed over: by its supply track, else by a rule of its own on use.

        A rule of its own speaks for the days since it began; one whose start is open was there before we saw it.
        """
        if weapon not in self._lines.supply:
            first = self._lines.ruled.get(weapon)
            return first is not None and first <= day
        position = self._supply.get(weapon, _NOTHING).on(day)
        return position is not None and position.status is Status.SUPPLIED

    def over_time(self, weapon: str) -> list[Segment]:
        """Which rule of use answered when, from the first day on which one did."""
        courses = [self._use.get(level, _NOTHING) for level in self._weapons.path(weapon)]
        days = sorted({day for course in (*courses, self._supply.get(weapon, _NOTHING)) for day in course.turns})
        segments: list[Segment] = []
        for first, until in zip(days, [*days[1:], None], strict=False):
            answer = self.use(weapon, first)
            if answer.position is None:
                continue
            same = bool(segments) and segments[-1].position is answer.position and segments[-1].until == first
            since = segments.pop().first if same else first
            segments.append(Segment(since, until, answer.position, answer.level))
        return segments


class _Course:
    """The positions of one line, of which no two hold on the same day, in the order of days."""

    __slots__ = ("_positions", "_starts", "turns")

    def __init__(self, positions: Iterable[Position]) -> None:
        self._positions = sorted(positions, key=_FIRST_DAY)
        self._starts = [position.starts.latest for position in self._positions]
        self.turns = {*self._starts, *(position.ends.latest for position in self._positions if position.ends)}

    def on(self, day: date) -> Position | None:
        """The position that covers the day."""
        at = bisect_right(self._starts, day)
        if not at:
            return None
        position = self._positions[at - 1]
        return position if position.ends is None or day < position.ends.latest else None


_FIRST_DAY = attrgetter("starts.latest")
_NOTHING = _Course(())


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
