"""Changes as events for analysis: how long after the last one, after the first to do so, before it was told. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from restrictions.domain.changes import Change
from restrictions.domain.claims import Line
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Role, Status, Track

Move = tuple[Role, str, Track, str, Status]
"""What several suppliers can each do once or more: turn to a status for a weapon on a territory."""


@dataclass(frozen=True, slots=True)
class Event:
    """A change with its lags, in days. Each is none where there is nothing to count from, or to.

    ``since_previous``: after the line's change before. ``since_first``: after the first supplier that turned to the
    same status for the same weapon; 0 for that one. ``to_announcement`` is below 0 where it was told ahead of its day.
    """

    change: Change
    to_announcement: int
    since_previous: int | None
    since_first: int
    to_first_use: int | None


def move_of(position: Position) -> Move:
    """What the position's supplier did with it."""
    line = position.line
    return line.role, line.weapon, line.track, line.territory, position.status


def first_days(changes: Iterable[Change]) -> dict[Move, date]:
    """The first day on which anyone made each move."""
    found: dict[Move, date] = {}
    for change in changes:
        move = move_of(change.after)
        found[move] = min(change.day, found.get(move, change.day))
    return found


def events(changes: Iterable[Change], firsts: Mapping[Move, date]) -> Iterator[Event]:
    """The changes, which come in the order of days, with their lags."""
    previous: dict[Line, date] = {}
    for change in changes:
        after = change.after
        yield Event(
            change=change,
            to_announcement=_days(change.day, after.announced.latest),
            since_previous=_days(previous[after.line], change.day) if after.line in previous else None,
            since_first=_days(firsts[move_of(after)], change.day),
            to_first_use=_days(change.day, after.first_used.latest) if after.first_used else None,
        )
        previous[after.line] = change.day


def _days(since: date, until: date) -> int:
    return (until - since).days
