"""How many governments say what over time, as stacked steps: shapes for an SVG of fixed size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from restrictions.domain.cells import ANSWERS
from restrictions.domain.tallies import Tally
from restrictions.domain.vocabulary import Status

WIDTH, HEIGHT = 1000, 260
"""Of the drawing, in its own units; the page scales it."""
_LABELS = 3
_APART = 190.0
"""Units between two labels, so that neither covers the other."""


@dataclass(frozen=True, slots=True)
class Area:
    """One status: its outline as the `d` of an SVG path."""

    status: Status
    path: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A day with many new rules, and where its label stands; ``anchor`` keeps the text inside the drawing."""

    day: date
    rules: int
    x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A first of January."""

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The whole drawing, from its first day to its last; ``most`` is the highest count."""

    first: date
    last: date
    areas: tuple[Area, ...]
    turns: tuple[Turn, ...]
    years: tuple[Tick, ...]
    most: int

    def marker(self, on: date) -> float:
        """Where the day asked about stands."""
        return _Scale(self.first, self.last, self.most).x(max(on, self.first))


def curve(tallies: Sequence[Tally], *, today: date) -> Curve | None:
    """The drawing of these tallies, each of which holds until the next; none where there is nothing to draw.

    What permits most stands lowest.
    """
    if not tallies or tallies[0].day >= today:
        return None
    scale = _Scale(tallies[0].day, today, max(tally.governments for tally in tallies))
    shown = [status for status in ANSWERS if any(tally.of(status) for tally in tallies)]
    return Curve(
        first=scale.first,
        last=scale.last,
        areas=tuple(Area(status, _path(status, tallies, scale)) for status in shown),
        turns=_turning_points(tallies, scale),
        years=tuple(Tick(year, scale.x(date(year, 1, 1))) for year in range(scale.first.year + 1, today.year + 1)),
        most=scale.most,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        return round(WIDTH * (day - self.first).days / (self.last - self.first).days, 1)

    def y(self, count: int) -> float:
        return round(HEIGHT - HEIGHT * count / max(self.most, 1), 1)


def _path(status: Status, tallies: Sequence[Tally], scale: _Scale) -> str:
    """Along the upper edge from left to right, and back along the lower one."""
    below = ANSWERS[: ANSWERS.index(status)]
    floors = [sum(tally.of(one) for one in below) for tally in tallies]
    tops = [floor + tally.of(status) for floor, tally in zip(floors, tallies, strict=True)]
    places = [*(scale.x(tally.day) for tally in tallies), scale.x(scale.last)]
    upper = _steps(places, tops, scale)
    lower = _steps(places, floors, scale)
    return "M" + " L".join([*upper, *reversed(lower)]) + " Z"


def _steps(places: Sequence[float], counts: Sequence[int], scale: _Scale) -> list[str]:
    """Each count from its place to the next."""
    heights = {count: scale.y(count) for count in set(counts)}
    return [f"{x} {heights[count]}" for ends, count in zip(pairwise(places), counts, strict=True) for x in ends]


def _turning_points(tallies: Sequence[Tally], scale: _Scale) -> tuple[Turn, ...]:
    """The days on which most rules were new, far enough apart to be labelled."""
    news = sorted(((_new_rules(before, after), after.day) for before, after in pairwise(tallies)), reverse=True)
    chosen: list[tuple[date, int]] = []
    for rules, day in news:
        far = all(abs(scale.x(day) - scale.x(other)) >= _APART for other, _ in chosen)
        if rules > 1 and far and len(chosen) < _LABELS:
            chosen.append((day, rules))
    return tuple(Turn(day, rules, scale.x(day), _anchor(scale.x(day))) for day, rules in sorted(chosen))


def _new_rules(before: Tally, after: Tally) -> int:
    """How many governments have a rule with a level that they had not before."""
    return sum(max(0, after.of(status) - before.of(status)) for status in ANSWERS[:3])


def _anchor(x: float) -> str:
    return "start" if x < WIDTH / 4 else "end" if x > WIDTH * 3 / 4 else "middle"
