"""The sure part of each bar: colour and pattern by status, paler where inherited, thin where long unheard."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.charts.hover import hover_text
from dashboard.charts.lanes import Lane
from dashboard.charts.palette import PALE, Palette, Swatch
from dashboard.charts.segments import Segment, anatomy, within
from restrictions.domain.vocabulary import Status
from restrictions.queries.bars import TimelineBar

THICK, THIN = 0.62, 0.2
Trace = dict[str, Any]
"""A trace as Plotly takes it: plain, since building its checked objects takes longer than all else of a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn segment of a bar on its line."""

    lane: Lane
    bar: TimelineBar
    segment: Segment


def body_traces(lanes: list[Lane], palette: Palette, *, today: date, days: tuple[date, date]) -> list[Trace]:
    """One trace for each status, by whether the rule is the weapon's own and whether it is still confirmed."""
    traces = []
    for quiet in (True, False):
        pieces = list(_pieces(lanes, today, days, quiet=quiet))
        for status in Status:
            for inherited in (True, False):
                chosen = [p for p in pieces if p.bar.status is status and p.bar.inherited is inherited]
                if chosen:
                    traces.append(_trace(chosen, palette, status, inherited=inherited, quiet=quiet))
    return traces


def _pieces(lanes: list[Lane], today: date, days: tuple[date, date], *, quiet: bool) -> Iterator[Piece]:
    for lane in lanes:
        for bar in lane.bars:
            parts = anatomy(bar, today=today)
            segment = within(parts.quiet if quiet else parts.sure, days)
            if segment:
                yield Piece(lane, bar, segment)


def _trace(pieces: list[Piece], palette: Palette, status: Status, *, inherited: bool, quiet: bool) -> Trace:
    swatch = palette.statuses[status]
    texts = [[] if quiet else list(piece.bar.words.labels) for piece in pieces]
    return {
        "type": "bar",
        **placed(pieces),
        "name": status.value,
        "width": THIN if quiet else THICK,
        "marker": _pale(palette, status) if inherited else marker(swatch),
        "text": [choices[-1] if choices else "" for choices in texts],
        "textposition": "inside",
        "insidetextanchor": "start",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"size": 12, "color": palette.ink if inherited else swatch.ink},
        "meta": {"labels": texts, "own": not inherited},
        "hovertext": [hover_text(piece.bar) for piece in pieces],
        "hoverinfo": "text",
    }


def placed(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Where the pieces stand, which position each opens, and what is said of it aloud."""
    pieces = list(pieces)
    return {
        "orientation": "h",
        "base": [piece.segment.first.isoformat() for piece in pieces],
        "x": [piece.segment.milliseconds for piece in pieces],
        "y": [piece.lane.y for piece in pieces],
        "customdata": [[piece.bar.position, piece.bar.spoken] for piece in pieces],
    }


def _pale(palette: Palette, status: Status) -> dict[str, Any]:
    """The marker of a status by a wider rule: pale within, its edge as clear as any other's."""
    swatch = palette.statuses[status]
    drawn = marker(swatch)
    return {
        **drawn,
        "color": palette.pale(status),
        "line": {"color": swatch.edge, "width": 1},
        "pattern": {**drawn["pattern"], "fgopacity": PALE},
    }


def marker(swatch: Swatch) -> dict[str, Any]:
    """A status's fill, the pattern upon it, and its edge."""
    return {
        "color": swatch.fill,
        "line": {"color": swatch.line, "width": 1},
        "pattern": {
            "shape": swatch.shape,
            "fgcolor": swatch.line,
            "fillmode": "overlay",
            "size": swatch.size,
            "solidity": swatch.solidity,
        },
    }
