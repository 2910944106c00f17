"""How many had not moved, by days since the first move: a staircase, as shapes for an SVG of fixed size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

from restrictions.domain.survival import Step

WIDTH, HEIGHT = 1000, 300
"""Of the drawing, in its own units; the page scales it."""
BEFORE = 24
"""Units before the first day, so that a fall on it can be seen."""
_CROWDED = 20
"""Where half the moves came within one part in so many of the time, early days are drawn wider apart than late ones."""
_TICKS = (0, 1, 7, 30, 90, 365, 1000, 3650)
_APART = 75.0
"""Units between two labels below the axis."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number of days, and where it stands."""

    days: int
    x: float


@dataclass(frozen=True, slots=True)
class Drop:
    """A day with moves: where the line falls, from which height to which; ``order`` counts these days from 0."""

    days: int
    x: float
    top: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Staircase:
    """The drawing: the line and the band of its bounds as the `d` of SVG paths, and where somebody left from sight.

    ``shares`` are heights with what they stand for, in hundredths.
    """

    line: str
    band: str
    drops: tuple[Drop, ...]
    losses: tuple[tuple[float, float], ...]
    ticks: tuple[Tick, ...]
    shares: tuple[tuple[float, int], ...]
    stretched: bool


def staircase(steps: Sequence[Step]) -> Staircase | None:
    """The drawing of an estimate; none where nobody moved, or no day has passed since."""
    if not steps or steps[-1].time == 0:
        return None
    later = [step.time for step in steps for _ in range(step.moved) if step.time]
    scale = _Scale(steps[-1].time, bool(later) and median(later) < steps[-1].time / _CROWDED)
    return Staircase(
        line=_line(steps, scale),
        band=_band(steps, scale),
        drops=_drops(steps, scale),
        losses=tuple((scale.x(step.time), _y(step.share)) for step in steps if step.censored),
        ticks=_ticks(scale),
        shares=tuple((_y(share / 100), share) for share in (100, 50, 0)),
        stretched=scale.stretched,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    last: int
    stretched: bool

    def x(self, days: int) -> float:
        share = log10(1 + days) / log10(1 + self.last) if self.stretched else days / self.last
        return round(WIDTH * share, 1)


def _y(share: float) -> float:
    return round(HEIGHT * (1 - share), 1)


def _line(steps: Sequence[Step], scale: _Scale) -> str:
    return "M" + " L".join(_corners([(step.time, step.share) for step in steps], 1.0, scale))


def _corners(levels: Sequence[tuple[int, float]], level: float, scale: _Scale) -> list[str]:
    """Along the edge from the left: level until each day, then down to the new level."""
    points = [f"{-BEFORE} {_y(level)}"]
    for days, after in levels:
        points += [f"{scale.x(days)} {_y(level)}", f"{scale.x(days)} {_y(after)}"]
        level = after
    return points


def _band(steps: Sequence[Step], scale: _Scale) -> str:
    """Between the bounds; where no spread can be reckoned the band has no width."""
    uppers = [(step.time, step.share if step.upper is None else step.upper) for step in steps]
    lowers = [(step.time, step.share if step.lower is None else step.lower) for step in steps]
    upper, lower = _corners(uppers, 1.0, scale), _corners(lowers, 1.0, scale)
    return "M" + " L".join([*upper, *reversed(lower)]) + " Z"


def _drops(steps: Sequence[Step], scale: _Scale) -> tuple[Drop, ...]:
    found, level = [], 1.0
    for step in steps:
        if step.moved:
            x = scale.x(step.time)
            found.append(Drop(step.time, x, _y(level), _y(step.share), "end" if x > WIDTH * 0.6 else "start"))
        level = step.share
    return tuple(found)


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """Round numbers of days, far enough apart to be read, the last day always among them."""
    numbers = _TICKS if scale.stretched else range(0, scale.last, _stride(scale.last))
    ticks = [Tick(days, scale.x(days)) for days in numbers if days < scale.last]
    ticks = [tick for tick in ticks if WIDTH - tick.x >= _APART]
    return (*ticks, Tick(scale.last, scale.x(scale.last)))


def _stride(last: int) -> int:
    """Days between two labels of an even scale: about five of them."""
    return next((days for days in (1, 7, 30, 90, 180, 365, 730, 1825) if last / days <= 6), 3650)
