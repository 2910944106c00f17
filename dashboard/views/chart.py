"""The timeline's chart on a page: the figure as the page's script takes it, and what its colours and signs mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.utils.translation import gettext

from dashboard.charts.palette import dark_for_light
from dashboard.charts.timeline import Frame, narrow_layout, timeline_spec
from dashboard.legend import Legend, legend
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import exact
from restrictions.domain.vocabulary import Track
from restrictions.queries.bars import MarkRow, TimelineBar
from restrictions.queries.timeline import timeline_marks
from restrictions.words import day_in_words, status_label


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template `reading/timeline_chart.html` shows. ``figure`` is JSON that no text in it can close."""

    figure: str
    height: int
    """Pixels that the figure takes on a wide screen: its room is kept before it is drawn."""
    legend: Legend
    marks: tuple[MarkRow, ...]
    names: str
    """The statuses in words by their code, as JSON: what a picture of the chart says of its colours."""


def chart(
    rows: Sequence[TimelineBar],
    *,
    today: date,
    on: date | None = None,
    first: date | None = None,
    last: date | None = None,
    by: str = "supplier",
    order: str = "rule",
    clock: Clock = NOW,
    with_marks: bool = True,
) -> Chart:
    """The chart of these rows, with the context acts on their lines: one query for these, none on the supply track."""
    marks = _marks(rows, clock) if with_marks else ()
    frame = Frame(
        first=first,
        last=last,
        on=on,
        by=by,
        order=order,
        today_words=gettext("today"),
        on_words=day_in_words(exact(on)) if on else "",
    )
    names = {status.value: status_label(status) for status in {bar.status for bar in rows}}
    spec = timeline_spec(rows, today=today, frame=frame, marks=marks)
    return Chart(
        figure=_figure_json(spec, narrow_layout(rows, frame=frame)),
        height=spec["layout"]["height"],
        legend=legend(rows, marks, today=today),
        marks=tuple(marks),
        names=orjson.dumps(names, option=orjson.OPT_SORT_KEYS).decode(),
    )


def _marks(rows: Sequence[TimelineBar], clock: Clock) -> tuple[MarkRow, ...]:
    """The context acts on the lines that are shown; they are about use, so the supply track has none."""
    if not rows or rows[0].track is Track.SUPPLY:
        return ()
    lines = {(bar.supplier, bar.weapon) for bar in rows}
    suppliers = sorted({bar.supplier for bar in rows})
    recipient, territory = rows[0].recipient, rows[0].territory
    found = timeline_marks(recipient=recipient, territory=territory, suppliers=suppliers, clock=clock)
    return tuple(mark for mark in found if (mark.supplier, mark.weapon) in lines)


def _figure_json(spec: dict[str, Any], narrow: dict[str, Any]) -> str:
    """The figure for wide and narrow screens, and the colours of the dark theme."""
    payload = {"figure": spec, "narrow": narrow, "dark": dark_for_light()}
    # "<" never stands in the page's script block, so no text can close it.
    return orjson.dumps(payload).decode().replace("<", "\\u003c")
