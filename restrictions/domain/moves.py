"""Who moved first: for one kind of move the suppliers that made it, in order, and those that could and have not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from restrictions.domain.days import Day, exact
from restrictions.domain.positions import Position, of_suppliers
from restrictions.domain.resolution import Rules, Segment
from restrictions.domain.survival import Observation
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.weapons import ANY, WeaponTree


class Move(StrEnum):
    """A kind of change that suppliers can be compared by."""

    BAN_LIFTED = "ban_lifted"
    PERMISSION = "permission"
    NO_LIMIT = "no_limit"
    BAN_SET = "ban_set"
    REFUSAL_ENDED = "refusal_ended"

    @property
    def track(self) -> Track:
        return Track.SUPPLY if self is Move.REFUSAL_ENDED else Track.USE


_PERMITS = frozenset({Status.CONDITIONAL, Status.ALLOWED})
_SAYS_NOTHING = frozenset({Status.UNSTATED, Status.UNDISCLOSED})
_FROM: Mapping[Move, frozenset[Status]] = {
    Move.BAN_LIFTED: frozenset({Status.BANNED}),
    Move.PERMISSION: frozenset({Status.BANNED, *_SAYS_NOTHING}),
    Move.NO_LIMIT: frozenset({Status.BANNED, Status.CONDITIONAL}),
    Move.BAN_SET: _PERMITS,
    Move.REFUSAL_ENDED: frozenset({Status.WITHHELD}),
}
_TO: Mapping[Move, frozenset[Status]] = {
    Move.BAN_LIFTED: _PERMITS,
    Move.PERMISSION: _PERMITS,
    Move.NO_LIMIT: frozenset({Status.ALLOWED}),
    Move.BAN_SET: frozenset({Status.BANNED}),
    Move.REFUSAL_ENDED: frozenset({Status.SUPPLIED}),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One status of one supplier for some time. ``position`` is whose it is; ``until`` the first day after it."""

    status: Status
    starts: Day
    until: date | None
    open_start: bool
    position: Position


@dataclass(frozen=True, slots=True)
class Course:
    """What one supplier did: where it stood, and whether it has moved.

    ``since`` is the day on which it came to stand there, none where nothing else is known before. ``left`` is the day
    on which it stopped standing there without a move on a known day. ``undated`` is where it stands who was there when
    first heard of: never a move (rule 10).
    """

    supplier: str
    before: Standing | None = None
    since: date | None = None
    moved: Standing | None = None
    left: date | None = None
    undated: Standing | None = None

    @property
    def could_move(self) -> bool:
        return self.before is not None or self.moved is not None


@dataclass(frozen=True, slots=True)
class Lag:
    """A supplier that moved: how many days after the first. Where a day is imprecise, from ``least`` to ``most``."""

    course: Course
    moved: Standing
    rank: int
    days: int
    least: int
    most: int


def courses(
    positions: Iterable[Position], weapons: WeaponTree, *, move: Move, weapon: str, territory: str, on: date
) -> list[Course]:
    """The course of each supplier that could make the move up to a day, or made it.

    On use that is by the rule that answers for the weapon; on supply by any of its lines on the weapon, or on what is
    in its class.
    """
    told = {
        supplier: [_course(supplier, line, move, on) for line in _lines(own, weapons, move, weapon, territory)]
        for supplier, own in of_suppliers(positions).items()
    }
    foremost = [_foremost(own) for own in told.values() if own]
    return [course for course in foremost if course.could_move or course.undated]


def lags(found: Iterable[Course]) -> list[Lag]:
    """Those that moved, in the order of their days (of an imprecise day the last counts), with how far behind."""
    movers = [(course.moved, course) for course in found if course.moved]
    movers.sort(key=lambda item: (item[0].starts.latest, item[1].supplier))
    told: list[Lag] = []
    for at, (moved, course) in enumerate(movers):
        first, starts = movers[0][0].starts, moved.starts
        tied = bool(told) and told[-1].moved.starts.latest == starts.latest
        told.append(
            Lag(
                course=course,
                moved=moved,
                rank=told[-1].rank if tied else at + 1,
                days=(starts.latest - first.latest).days,
                least=(starts.earliest - first.latest).days if at else 0,
                most=(starts.latest - first.earliest).days if at else 0,
            )
        )
    return told


def observations(found: Iterable[Course], *, first: date, on: date) -> list[Observation]:
    """The courses as the estimate takes them: days since the first move, lost from sight where they left or at ``on``.

    Who left before the first move was not there for any. Who stood there when first heard of counts from the start.
    """
    told = []
    for course in found:
        ended = course.moved.starts.latest if course.moved else course.left or on
        since = (course.since - first).days if course.since else None
        there = ended >= first and (since is None or since < (ended - first).days)
        if course.could_move and there:
            told.append(Observation((ended - first).days, course.moved is not None, since))
    return told


def _lines(
    own: Sequence[Position], weapons: WeaponTree, move: Move, weapon: str, territory: str
) -> list[list[Standing]]:
    """What stood when: by the rule that answers for the weapon, or line by line on the supply track."""
    if move.track is Track.USE:
        segments = Rules(own, weapons, territory=territory).over_time(weapon)
        told = [_standing(segment) for segment in segments]
        return [[*_silent_until(told, own, weapon), *told]]
    lines: dict[str, list[Standing]] = {}
    for position in own:
        at = position.line
        if at.track is Track.SUPPLY and (weapon in (ANY, at.weapon) or weapons.covers(weapon, at.weapon)):
            standing = Standing(position.status, position.starts, position.until, position.open_start, position)
            lines.setdefault(at.weapon, []).append(standing)
    return list(lines.values())


def _standing(segment: Segment) -> Standing:
    position = segment.position
    begins = segment.first == position.first_day
    starts = position.starts if begins else exact(segment.first)
    return Standing(position.status, starts, segment.until, begins and position.open_start, position)


def _silent_until(told: Sequence[Standing], own: Sequence[Position], weapon: str) -> list[Standing]:
    """For weapons in general: from the first delivery of anything on, nothing is said, until a first rule is."""
    supplies = [one for one in own if one.line.track is Track.SUPPLY and one.status is Status.SUPPLIED]
    first = min(supplies, key=lambda one: one.first_day, default=None)
    until = told[0].starts.latest if told else None
    if weapon != ANY or first is None or (until and until <= first.first_day):
        return []
    return [Standing(Status.UNSTATED, first.starts, until, first.open_start, first)]


def _course(supplier: str, line: Sequence[Standing], move: Move, on: date) -> Course:
    """The course of one line up to the day: its first move, else where it last stood."""
    line = [standing for standing in line if standing.starts.latest <= on]
    for at, standing in enumerate(line):
        if _is_move(line, at, move):
            first = _run_before(line, at, move)
            return Course(supplier, line[at - 1] if at else None, _since(line, first), moved=standing)
    ends = [at + 1 for at, standing in enumerate(line) if standing.status in _FROM[move]]
    if not ends:
        return Course(supplier, undated=_undated(line, move))
    last, after = line[ends[-1] - 1], line[ends[-1] :]
    left = last.until if last.until and last.until <= on else None
    since = _since(line, _run_before(line, ends[-1], move))
    return Course(supplier, last, since, left=left, undated=_undated(after, move))


def _undated(line: Sequence[Standing], move: Move) -> Standing | None:
    """Where it stands, as if moved, since a day that nobody knows. Every delivery would be one such."""
    if move is Move.REFUSAL_ENDED:
        return None
    return next((one for one in line if one.open_start and one.status in _TO[move]), None)


def _is_move(line: Sequence[Standing], at: int, move: Move) -> bool:
    """Whether a standing was moved to, on a known day. A first permission may come where nothing was known before."""
    now = line[at]
    if now.open_start or now.status not in _TO[move]:
        return False
    if at == 0:
        return move is Move.PERMISSION
    return line[at - 1].status in _FROM[move] and _meets(line, at)


def _run_before(line: Sequence[Standing], end: int, move: Move) -> int:
    """The place of the first of the standings that could move, one after the other without a gap, before a place."""
    first = max(end - 1, 0)
    while first and line[first - 1].status in _FROM[move] and _meets(line, first):
        first -= 1
    return first


def _meets(line: Sequence[Standing], at: int) -> bool:
    """Whether the standing before this one lasts until it."""
    return line[at - 1].until == line[at].starts.latest


def _since(line: Sequence[Standing], first: int) -> date | None:
    """Since when it stood there; none where nothing else is known just before."""
    return line[first].starts.latest if first and _meets(line, first) and not line[first].open_start else None


def _foremost(told: Sequence[Course]) -> Course:
    """Of the courses of a supplier's lines the one that moved first, else one that still can, else the last to end."""
    could = [course for course in told if course.could_move]
    if not could:
        return min(told, key=lambda course: course.undated is None)
    since = None if any(course.since is None for course in could) else min(one.since or date.max for one in could)
    return replace(min(could, key=_order), since=since)


def _order(course: Course) -> tuple[int, int]:
    if course.moved:
        return 0, course.moved.starts.latest.toordinal()
    return (2, -course.left.toordinal()) if course.left else (1, 0)
