"""What is done in practice where it departs from the rule: a thin bar of its own below the rule's."""

from datetime import date

from dashboard.charts.bodies import THICK, Piece, Trace, marker, placed
from dashboard.charts.hover import hover_text
from dashboard.charts.lanes import Lane
from dashboard.charts.palette import Palette
from dashboard.charts.segments import anatomy, within
from restrictions.domain.vocabulary import Status

WIDTH = 0.1
"""Of a line."""
_OFFSET = THICK / 2 + 0.03


def practice_traces(lanes: list[Lane], palette: Palette, *, today: date, days: tuple[date, date]) -> list[Trace]:
    """One trace for each status that is practised; what a wider rule answers shows the practice on its own line."""
    found = [
        (bar.practice, Piece(lane, bar, segment))
        for lane in lanes
        for bar in lane.bars
        if bar.practice and not bar.inherited and (segment := within(anatomy(bar, today=today).sure, days))
    ]
    by_status = ((status, [piece for practice, piece in found if practice is status]) for status in Status)
    return [_trace(pieces, palette, status) for status, pieces in by_status if pieces]


def _trace(pieces: list[Piece], palette: Palette, status: Status) -> Trace:
    return {
        "type": "bar",
        **placed(pieces),
        "name": "in practice",
        "width": WIDTH,
        "offset": _OFFSET,
        "marker": marker(palette.statuses[status]),
        "hovertext": [hover_text(piece.bar) for piece in pieces],
        "hoverinfo": "text",
    }
