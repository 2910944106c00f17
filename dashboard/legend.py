"""How to read the chart: the statuses and signs that it shows, and no others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dashboard.charts.segments import anatomy
from restrictions.domain.vocabulary import MARK_ACTS, Status
from restrictions.queries.bars import MarkRow, TimelineBar
from restrictions.queries.cells import Matrix
from restrictions.queries.reach import SupplierReach
from restrictions.words import act_label, status_label

_ORDER = (
    *(Status.ALLOWED, Status.CONDITIONAL, Status.BANNED, Status.SUPPLIED, Status.WITHHELD),
    *(Status.UNDISCLOSED, Status.UNSTATED),
)


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A swatch and what it means. ``swatch`` names its drawing in the style sheet."""

    swatch: str
    words: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours and patterns mean, and apart from them the signs laid upon them."""

    statuses: tuple[LegendEntry, ...]
    signs: tuple[LegendEntry, ...]


def legend(rows: Sequence[TimelineBar], marks: Sequence[MarkRow], *, today: date) -> Legend:
    """The statuses that occur; the signs and context acts that occur; each in a fixed order."""
    seen, acts = {bar.status for bar in rows}, {mark.act for mark in marks}
    signs = [LegendEntry(sign, words) for sign, words, shown in _signs(rows, today) if shown]
    return Legend(
        statuses=tuple(LegendEntry(status.value, status_label(status)) for status in _ORDER if status in seen),
        signs=(*signs, *(LegendEntry(act.value, act_label(act)) for act in MARK_ACTS if act in acts)),
    )


def _signs(rows: Sequence[TimelineBar], today: date) -> Iterable[tuple[str, str, bool]]:
    parts = [anatomy(bar, today=today) for bar in rows]
    return (
        ("inherited", gettext("pale: a wider rule answers"), any(bar.inherited for bar in rows)),
        (
            "window",
            gettext("hatched: the day of the turn is not known"),
            any(part.start_window or part.end_window for part in parts),
        ),
        ("open-start", gettext("fading in: start not known"), any(bar.open_start for bar in rows)),
        ("goes-on", gettext("arrow: nothing later is known"), any(bar.ends is None for bar in rows)),
        ("quiet", gettext("thin: not confirmed for over a year"), any(part.quiet for part in parts)),
        ("provisional", gettext("dotted: no official has confirmed it"), any(bar.provisional for bar in rows)),
        ("practice", gettext("thin bar below: what is done in practice"), any(bar.practice for bar in rows)),
        ("contested", gettext("diamond: sources disagree"), any(bar.contested for bar in rows)),
    )


def matrix_legend(shown: Matrix) -> Legend:
    """The statuses and signs that the cells of a day show."""
    cells = [cell for row in shown.rows for cell in row.cells]
    seen = {cell.status for cell in cells}
    signs = (
        ("inherited", gettext("pale: a wider rule answers"), any(cell.inherited for cell in cells)),
        ("binding", gettext("arrow: a state that must agree sets a lower limit"), any(cell.binding for cell in cells)),
        ("window", gettext("question mark: the day of the turn is not known"), any(cell.possible for cell in cells)),
        ("contested", gettext("diamond: sources disagree"), any(cell.disputed for cell in cells)),
        ("unchecked", gettext("dot: not looked up"), None in seen),
    )
    return Legend(
        statuses=tuple(LegendEntry(status.value, status_label(status)) for status in _ORDER if status in seen),
        signs=tuple(LegendEntry(sign, words) for sign, words, occurs in signs if occurs),
    )


def curve_legend(statuses: Iterable[Status]) -> tuple[LegendEntry, ...]:
    """The statuses that the curve stacks, from the top down as they are drawn."""
    return tuple(LegendEntry(status.value, status_label(status)) for status in reversed(list(statuses)))


def reach_legend(shown: SupplierReach) -> tuple[LegendEntry, ...]:
    """The statuses that the map fills regions with, and what its other signs mean."""
    seen = {row.status for row in shown.regions if not row.defended}
    statuses = [LegendEntry(status.value, status_label(status)) for status in _ORDER if status in seen]
    signs = (
        ("unsaid", gettext("blank: the rule says nothing of this region"), None in seen),
        ("defended", gettext("heavy outline: a region that fire may protect"), any(r.defended for r in shown.regions)),
        (
            "far",
            gettext("pale: away from the border; deep strikes are excluded, how far is not stated"),
            any(r.far for r in shown.regions),
        ),
        ("band", gettext("band along the border: as far as fire may fall"), shown.depth_km is not None),
    )
    return (*statuses, *(LegendEntry(sign, words) for sign, words, occurs in signs if occurs))
