"""How many have not yet made a move, by the time since the first did: the product-limit estimate of Kaplan and Meier.

Source: E. L. Kaplan and P. Meier, “Nonparametric estimation from incomplete observations”, 1958; the variance is
Greenwood's, the bounds those of Kalbfleisch and Prentice on the log-minus-log scale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

_Z = 1.959964
"""Of the normal distribution, for bounds that hold 95 times in 100."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One that could move: whether it did at ``until``, or was lost from sight then (censored).

    ``since`` is the time after which it could; none means from the very first. Times are whole units, days say.
    """

    until: int
    moved: bool
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One time at which somebody moved or was lost from sight. ``share`` is how many have not moved, 0 to 1, from then
    on; ``lower`` and ``upper`` bound it, and are none where it is 0 or 1, as no spread can be reckoned there."""

    time: int
    at_risk: int
    moved: int
    censored: int
    share: float
    lower: float | None
    upper: float | None


def kaplan_meier(observations: Iterable[Observation]) -> tuple[Step, ...]:
    """The steps of the estimate, in the order of time. Who is lost at the time of a move was there for it."""
    seen = list(observations)
    steps: list[Step] = []
    share, spread = 1.0, 0.0
    for time in sorted({one.until for one in seen}):
        at_risk = sum(_is_at_risk(one, time) for one in seen)
        ending = [one for one in seen if one.until == time]
        moved = sum(one.moved for one in ending)
        if moved:
            share *= 1 - moved / at_risk
            spread += moved / (at_risk * (at_risk - moved)) if at_risk > moved else 0
        lower, upper = _bounds(share, spread)
        steps.append(Step(time, at_risk, moved, len(ending) - moved, share, lower, upper))
    return tuple(steps)


def median_time(steps: Sequence[Step]) -> int | None:
    """The first time by which half or more have moved; none where so many have not."""
    return next((step.time for step in steps if step.share <= 0.5), None)


def _is_at_risk(one: Observation, time: int) -> bool:
    return time <= one.until and (one.since is None or one.since < time)


def _bounds(share: float, spread: float) -> tuple[float | None, float | None]:
    if not 0 < share < 1:
        return None, None
    width = _Z * sqrt(spread) / abs(log(share))
    return share ** exp(width), share ** exp(-width)
