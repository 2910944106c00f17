"""Context acts as small signs on their line: urged, signalled, responded, used. Signs, never a position."""

from collections.abc import Iterator, Sequence

from dashboard.charts.bodies import Trace
from dashboard.charts.hover import broken
from dashboard.charts.lanes import Lane
from dashboard.charts.palette import Palette
from restrictions.domain.vocabulary import MARK_ACTS, Act
from restrictions.queries.bars import MarkRow

SYMBOLS = {
    Act.SIGNALS: "circle-open",
    Act.URGES: "triangle-up-open",
    Act.RESPONDS: "square-open",
    Act.USED: "x-thin-open",
}

BELOW = 0.52
"""How far a sign stands below the middle of its line, past the thin bar of practice; in lines."""


def mark_traces(lanes: list[Lane], palette: Palette, marks: Sequence[MarkRow]) -> list[Trace]:
    """One trace for each act, below the line of the weapon that it is about, else of the supplier in general."""
    found = list(_on_lanes(lanes, marks))
    traces = []
    for act in MARK_ACTS:
        chosen = [(lane, mark) for lane, mark in found if mark.act is act]
        if chosen:
            traces.append(_trace(chosen, palette, act))
    return traces


def _on_lanes(lanes: list[Lane], marks: Sequence[MarkRow]) -> Iterator[tuple[Lane, MarkRow]]:
    by_line = {(lane.bars[0].supplier, lane.bars[0].weapon): lane for lane in reversed(lanes)}
    for mark in marks:
        lane = by_line.get((mark.supplier, mark.weapon))
        if lane:
            yield lane, mark


def _trace(chosen: list[tuple[Lane, MarkRow]], palette: Palette, act: Act) -> Trace:
    return {
        "type": "scatter",
        "x": [mark.day.latest.isoformat() for _, mark in chosen],
        "y": [lane.y + BELOW for lane, _ in chosen],
        "mode": "markers",
        "name": act.value,
        "hovertext": [broken(mark.words) for _, mark in chosen],
        "hoverinfo": "text",
        "marker": {
            "symbol": SYMBOLS[act],
            "size": 7,
            "color": palette.ink,
            "line": {"width": 1.5, "color": palette.ink},
        },
    }
