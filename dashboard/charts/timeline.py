"""The timeline as a Plotly figure: who allowed what, from which day to which, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.bodies import body_traces
from dashboard.charts.doubts import contested_traces, open_end_trace, open_start_trace, provisional_trace, window_traces
from dashboard.charts.lanes import Lane, lanes_of
from dashboard.charts.marks import mark_traces
from dashboard.charts.palette import THEMES, Palette
from dashboard.charts.practice import practice_traces
from restrictions.queries.bars import MarkRow, TimelineBar

SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
ROW = 30
"""Pixels for one line, its name beside it."""
NARROW_ROW = 64
"""Pixels for one line on a phone, its name above it."""
SHORTEST = timedelta(days=120)
"""A chart of fewer days than this is widened: a single day would fill it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the chart shows beside its rows: its days, the day asked about, and the few words that it writes itself."""

    first: date | None = None
    last: date | None = None
    on: date | None = None
    by: str = "supplier"
    order: str = "rule"
    today_words: str = "today"
    on_words: str = ""


def timeline_figure(
    rows: Sequence[TimelineBar],
    *,
    today: date,
    theme: str = "light",
    frame: Frame | None = None,
    marks: Sequence[MarkRow] = (),
) -> go.Figure:
    """The timeline as Plotly's own figure object, every property checked: for images, notebooks and tests."""
    return go.Figure(timeline_spec(rows, today=today, theme=theme, frame=frame, marks=marks))


def timeline_spec(
    rows: Sequence[TimelineBar],
    *,
    today: date,
    theme: str = "light",
    frame: Frame | None = None,
    marks: Sequence[MarkRow] = (),
) -> dict[str, Any]:
    """The rows as horizontal bars, one line for each supplier and weapon, in the colours of ``theme``.

    Only bars and scatters, so that Plotly's basic bundle draws it. ``customdata`` of a point is the position's id
    and its sentence.
    """
    frame = frame or Frame()
    palette = THEMES[theme]
    lanes = lanes_of(rows, by=frame.by, order=frame.order)
    first, last = shown_days(rows, frame, today)
    traces = [
        open_start_trace(lanes, palette, width=(last - first) / 60),
        *window_traces(lanes, palette, today=today),
        *body_traces(lanes, palette, today=today, days=(first, last)),
        *practice_traces(lanes, palette, today=today, days=(first, last)),
        *contested_traces(lanes, palette, today=today),
        provisional_trace(lanes, palette, today=today),
        open_end_trace(lanes, palette, today=today),
        *mark_traces(lanes, palette, marks),
        # The second axes need a trace of their own: long charts name their years at both ends.
        {"type": "scatter", "x": [first, last], "y": [None, None], "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"},
    ]
    return {
        "data": [trace for trace in traces if trace is not None],
        "layout": _layout(lanes, palette, frame, today, (first, last)),
    }


def shown_days(rows: Sequence[TimelineBar], frame: Frame, today: date) -> tuple[date, date]:
    """The first and the last day of the chart: what the reader asked for, else all that the rows cover."""
    first = frame.first or min((bar.starts.earliest for bar in rows), default=today)
    last = frame.last or today
    first = min(first, last - SHORTEST)
    air = (last - first) / 40
    return (first if frame.first else first - air), last + air


HOVER_ROOM = 260
"""Pixels that the longest hover text takes."""


def narrow_layout(rows: Sequence[TimelineBar], *, theme: str = "light", frame: Frame | None = None) -> dict[str, Any]:
    """What changes on a phone: names stand above their lines, lines are taller, margins go."""
    frame = frame or Frame()
    lanes = lanes_of(rows, by=frame.by, order=frame.order)
    return {
        **_heights(lanes, NARROW_ROW, top=1, left=8, right=14),
        **{axis: {"range": [_bottom(lanes), -1], "showticklabels": False} for axis in ("yaxis", "yaxis2")},
        "annotations": [_label_above(lane, THEMES[theme]) for lane in lanes],
    }


def _label_room(lanes: list[Lane]) -> int:
    """Pixels for the names beside the lines: as much as the longest needs."""
    return 30 + max((len(lane.label) * (8 if lane.heads else 7) for lane in lanes), default=0)


def _label_above(lane: Lane, palette: Palette) -> dict[str, Any]:
    """The name above the line, with what holds last: bars on a phone have no room for words."""
    return {
        "text": f"{lane.full_label} – {escape(lane.bars[-1].words.label, quote=False)}",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -4,
        "y": lane.y - 0.31,
        "yanchor": "bottom",
        "yshift": 3,
        "showarrow": False,
        "font": _name_font(palette, heads=lane.heads),
    }


def _name_font(palette: Palette, *, heads: bool) -> dict[str, Any]:
    # A weight, not "<b>": Plotly would set the latter as a style attribute, which the page's policy forbids.
    return {"size": 13, "color": palette.ink, "weight": 600 if heads else 400}


def _layout(lanes: list[Lane], palette: Palette, frame: Frame, today: date, days: tuple[date, date]) -> dict[str, Any]:
    return {
        **_heights(lanes, ROW, top=0.7, left=_label_room(lanes), right=24),
        "barmode": "overlay",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": "zoom",
        "paper_bgcolor": palette.page,
        "plot_bgcolor": palette.page,
        "font": {"family": SANS, "size": 13, "color": palette.ink},
        "hoverlabel": {
            "bgcolor": palette.page,
            "bordercolor": palette.quiet,
            "align": "left",
            "font": {"family": SANS, "size": 13, "color": palette.ink},
        },
        "xaxis": _time_axis(palette, days, side="top", grid=True),
        "xaxis2": {**_time_axis(palette, days, side="bottom", grid=False), "overlaying": "x", "matches": "x"},
        # Ticks, not annotations: Plotly measures each of these apart, which takes longer than all else of the drawing.
        "yaxis": _lane_axis(lanes, palette, heads=False),
        "yaxis2": {**_lane_axis(lanes, palette, heads=True), "overlaying": "y", "matches": "y"},
        "shapes": _day_lines(palette, frame, today),
    }


def _time_axis(palette: Palette, days: tuple[date, date], *, side: str, grid: bool) -> dict[str, Any]:
    return {
        "type": "date",
        "side": side,
        "range": [day.isoformat() for day in days],
        "showgrid": grid,
        "gridcolor": palette.rule,
        "zeroline": False,
        "ticks": "",
        **_ticks(days),
        "tickfont": {"size": 12, "color": palette.quiet},
    }


def _ticks(days: tuple[date, date]) -> dict[str, str]:
    """Years, quarters or months, by the length of the chart; in digits, which every language reads."""
    length = (days[1] - days[0]).days
    if length > 3 * 365:
        return {"tick0": "2000-01-01", "dtick": "M12" if length < 14 * 365 else "M24", "tickformat": "%Y"}
    return {"tick0": "2000-01-01", "dtick": "M3" if length > 365 else "M1", "tickformat": "%Y-%m"}


def _lane_axis(lanes: list[Lane], palette: Palette, *, heads: bool) -> dict[str, Any]:
    """The names beside the lines: those of the groups' first lines in one axis, the others in the other."""
    named = [lane for lane in lanes if lane.heads is heads]
    return {
        "side": "left",
        "tickmode": "array",
        "tickvals": [lane.y for lane in named],
        "ticktext": [lane.label for lane in named],
        "ticklabelstandoff": 9,
        "tickfont": _name_font(palette, heads=heads),
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "automargin": False,
        "range": [_bottom(lanes), -0.7],
    }


def _bottom(lanes: list[Lane]) -> float:
    return (lanes[-1].y if lanes else 0) + 0.7


def _heights(lanes: list[Lane], row: int, *, top: float, left: int, right: int) -> dict[str, Any]:
    """The chart's height and margins; few lines leave room for the hover text, else Plotly drops it."""
    height = round((_bottom(lanes) + top) * row) + 68
    air = max(0, HOVER_ROOM - height)
    return {"height": height + air, "margin": {"l": left, "r": right, "t": 34, "b": 34 + air}}


def _day_lines(palette: Palette, frame: Frame, today: date) -> list[dict[str, Any]]:
    """A line for today, and a dashed one in the accent colour for the day asked about."""
    line = {"color": palette.quiet, "width": 1}
    lines = [_day_line(today, line, {"text": frame.today_words, "xanchor": "right"})]
    if frame.on and frame.on != today:
        dashed = {"color": palette.accent, "width": 1.5, "dash": "dash"}
        lines.append(_day_line(frame.on, dashed, {"text": frame.on_words, "xanchor": "left"}))
    return lines


def _day_line(day: date, line: dict[str, Any], label: dict[str, str]) -> dict[str, Any]:
    font = {"size": 11, "color": line["color"]}
    return {
        "type": "line",
        "x0": day.isoformat(),
        "x1": day.isoformat(),
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": line,
        "layer": "above",
        "label": {**label, "textposition": "start", "textangle": 0, "font": font},
    }
