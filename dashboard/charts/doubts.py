"""What is not sure, drawn as such: windows of a turn, unknown starts, disagreement, what no official has confirmed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dashboard.charts.bodies import THICK, Piece, Trace, marker, placed
from dashboard.charts.hover import broken, hover_text
from dashboard.charts.lanes import Lane
from dashboard.charts.palette import PALE, Palette
from dashboard.charts.segments import Segment, anatomy, contested_segment
from restrictions.domain.vocabulary import Status
from restrictions.queries.bars import ContestedRow, TimelineBar

HALF = THICK / 2
STRIP = 0.2
"""The height of the other side's strip along a contested bar, low enough to leave its label free."""
POSSIBLE = 0.5
"""How much of its colour a status keeps in a window in which it is only possible."""
FADING = (0.12, 0.26, 0.42, 0.6)
"""The steps in which a bar fades towards a start that nobody knows."""


def window_traces(lanes: list[Lane], palette: Palette, *, today: date) -> list[Trace]:
    """The days in which a turn lies: the status before in the upper half, the one after in the lower (rule 11)."""
    starts, ends = [], []
    for lane, bar in _bars(lanes):
        parts = anatomy(bar, today=today)
        if parts.start_window:
            starts.append(Piece(lane, bar, parts.start_window))
        if parts.end_window:
            ends.append(Piece(lane, bar, parts.end_window))
    halves = ((starts, "start in doubt", 0.0), (ends, "end in doubt", -HALF))
    return [_half(pieces, palette, name, offset) for pieces, name, offset in halves if pieces]


def _half(pieces: list[Piece], palette: Palette, name: str, offset: float) -> Trace:
    return {
        "type": "bar",
        **placed(pieces),
        "name": name,
        "width": HALF,
        "offset": offset,
        "marker": _hatched(pieces, palette),
        "hovertext": [hover_text(piece.bar) for piece in pieces],
        "hoverinfo": "text",
    }


def _hatched(pieces: list[Piece], palette: Palette) -> dict[str, Any]:
    """Thin hatching in the status's colour on the page's own: neither full nor empty."""
    fills = [palette.statuses[piece.bar.status].fill for piece in pieces]
    return {
        "color": fills,
        "line": {"color": fills, "width": 1},
        "pattern": {
            "shape": "\\",
            "fgcolor": fills,
            "bgcolor": palette.page,
            "fillmode": "replace",
            "size": 5,
            "solidity": POSSIBLE,
        },
    }


def open_start_trace(lanes: list[Lane], palette: Palette, *, width: timedelta) -> Trace | None:
    """Bars whose true start is unknown fade out before the first day that they are known to hold (rule 10)."""
    step = max(timedelta(days=1), width / len(FADING))
    faded = [
        (opacity * (PALE if bar.inherited else 1), Piece(lane, bar, _fading_step(bar, number, step)))
        for lane, bar in _bars(lanes)
        if bar.open_start
        for number, opacity in enumerate(FADING)
    ]
    if not faded:
        return None
    pieces = [piece for _, piece in faded]
    fills = [palette.statuses[piece.bar.status].fill for piece in pieces]
    return {
        "type": "bar",
        **placed(pieces),
        "name": "start unknown",
        "width": THICK,
        "marker": {"color": fills, "opacity": [opacity for opacity, _ in faded], "line": {"width": 0}},
        "hovertext": [hover_text(piece.bar) for piece in pieces],
        "hoverinfo": "text",
    }


def _fading_step(bar: TimelineBar, number: int, step: timedelta) -> Segment:
    first = bar.starts.earliest - step * (len(FADING) - number)
    return Segment(first, first + step)


def open_end_trace(lanes: list[Lane], palette: Palette, *, today: date) -> Trace | None:
    """An arrow head where nothing later is known: the bar is cut by today, not by a decision."""
    ongoing = [(lane, bar) for lane, bar in _bars(lanes) if bar.ends is None]
    if not ongoing:
        return None
    return {
        "type": "scatter",
        "x": [(today + timedelta(days=1)).isoformat()] * len(ongoing),
        "y": [lane.y for lane, _ in ongoing],
        "mode": "markers",
        "name": "goes on",
        "hoverinfo": "skip",
        "marker": {
            "symbol": "triangle-right",
            "size": 9,
            "color": [palette.statuses[bar.status].fill for _, bar in ongoing],
            "line": {"width": 1, "color": [palette.statuses[bar.status].line for _, bar in ongoing]},
        },
    }


def provisional_trace(lanes: list[Lane], palette: Palette, *, today: date) -> Trace | None:
    """A dotted outline round what no official and no document has confirmed (rule 7)."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for lane, bar in _bars(lanes):
        sure = anatomy(bar, today=today).sure
        if bar.provisional and sure:
            left, right, top, bottom = sure.first.isoformat(), sure.until.isoformat(), lane.y - 0.36, lane.y + 0.36
            xs += [left, right, right, left, left, None]
            ys += [top, top, bottom, bottom, top, None]
    if not xs:
        return None
    line = {"color": palette.ink, "width": 1.2, "dash": "dot"}
    return {
        "type": "scatter",
        "x": xs,
        "y": ys,
        "mode": "lines",
        "name": "provisional",
        "hoverinfo": "skip",
        "line": line,
    }


def contested_traces(lanes: list[Lane], palette: Palette, *, today: date) -> list[Trace]:
    """The other side's status in a strip along the bar, and a diamond above it that even one day keeps visible."""
    found = [
        (Piece(lane, bar, contested_segment(stretch.first, stretch.until, today=today)), stretch)
        for lane, bar in _bars(lanes)
        if not bar.inherited
        for stretch in bar.contested
    ]
    by_status = ((status, [one for one in found if one[1].challenger is status]) for status in Status)
    traces: list[Trace] = [_challengers(chosen, palette, status) for status, chosen in by_status if chosen]
    return [*traces, _diamonds(found, palette)] if found else []


def _challengers(found: list[tuple[Piece, ContestedRow]], palette: Palette, status: Status) -> Trace:
    drawn = marker(palette.statuses[status])
    return {
        "type": "bar",
        **placed(piece for piece, _ in found),
        "name": "sources disagree",
        "width": STRIP,
        "offset": HALF - STRIP,
        "marker": {**drawn, "line": {"color": palette.ink, "width": 1}},
        "hovertext": [broken(stretch.sentence) for _, stretch in found],
        "hoverinfo": "text",
    }


def _diamonds(found: list[tuple[Piece, ContestedRow]], palette: Palette) -> Trace:
    pieces = [piece for piece, _ in found]
    middles = [piece.segment.first + (piece.segment.until - piece.segment.first) / 2 for piece in pieces]
    return {
        "type": "scatter",
        "x": [day.isoformat() for day in middles],
        "y": [piece.lane.y - HALF for piece in pieces],
        "mode": "markers",
        "name": "sources disagree",
        "customdata": placed(pieces)["customdata"],
        "hovertext": [broken(stretch.sentence) for _, stretch in found],
        "hoverinfo": "text",
        "marker": {"symbol": "diamond", "size": 9, "color": palette.ink, "line": {"width": 1.5, "color": palette.page}},
    }


def _bars(lanes: list[Lane]) -> Iterator[tuple[Lane, TimelineBar]]:
    for lane in lanes:
        for bar in lane.bars:
            yield lane, bar
