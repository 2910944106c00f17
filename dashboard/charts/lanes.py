"""Which bars stand on one line of the chart, in which order, and what the line is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from restrictions.domain.vocabulary import Role, Status
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import TimelineBar
from restrictions.words import unaccented

GROUP_GAP = 0.3
"""Room between two groups of lines, in lines."""


MOST = 300
"""Bars on one sheet: more would keep a browser from panning without a stall."""
LONGEST = 32
"""Characters of a name beside a line; the table and the hover have all of it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the chart: its bars in the order of days, its height on the axis, its group's name and its own.

    ``heads``: whether it is the first of its group.
    """

    y: float
    bars: tuple[TimelineBar, ...]
    group: str
    name: str
    heads: bool

    @property
    def label(self) -> str:
        """The name beside the line: with the group's where the group begins, the line's own below it."""
        return escape(clipped(self._full_name if self.heads else self.name or self.group), quote=False)

    @property
    def full_label(self) -> str:
        """The group's name and the line's, for a place where the group's beginning is out of sight."""
        return escape(self._full_name, quote=False)

    @property
    def _full_name(self) -> str:
        return " · ".join(filter(None, (self.group, self.name)))


def clipped(text: str) -> str:
    """The text, cut where it would not fit beside a line."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def lanes_of(rows: Sequence[TimelineBar], *, by: str = "supplier", order: str = "rule") -> list[Lane]:
    """The chart's lines from top to bottom, grouped by supplier or by weapon.

    ``order`` "rule" puts the group whose first line permits most on top, "name" sorts by name.
    """
    groups = sorted(_groups(rows, by), key=lambda group: _group_key(group, by, order))
    lanes: list[Lane] = []
    y = 0.0
    for group in groups:
        for number, bars in enumerate(group):
            group_name, name = _names(bars[-1], by)
            lanes.append(Lane(y, tuple(bars), group_name, name, heads=number == 0))
            y += 1
        y += GROUP_GAP
    return lanes


def sheets_of(lanes: Sequence[Lane], *, most: int = MOST) -> list[list[TimelineBar]]:
    """The bars in the order of their lines, in sheets of ``most`` at most; groups stay whole where they can."""
    sheets: list[list[TimelineBar]] = [[]]
    for _, group in groupby(lanes, key=lambda lane: lane.group):
        bars = [bar for lane in group for bar in lane.bars]
        if sheets[-1] and len(sheets[-1]) + len(bars) > most:
            sheets.append([])
        for bar in bars:
            if len(sheets[-1]) == most:
                sheets.append([])
            sheets[-1].append(bar)
    return sheets


def _groups(rows: Sequence[TimelineBar], by: str) -> list[list[list[TimelineBar]]]:
    """Groups of lines of bars: the first line of a group is its most general."""
    ordered = sorted(rows, key=lambda bar: (_group_of(bar, by), _line_key(bar, by), bar.first_day))
    return [
        [list(bars) for _, bars in groupby(group, key=lambda bar: _line_key(bar, by))]
        for _, group in groupby(ordered, key=lambda bar: _group_of(bar, by))
    ]


def _group_of(bar: TimelineBar, by: str) -> str:
    return bar.weapon if by == "weapon" else bar.supplier


def _line_key(bar: TimelineBar, by: str) -> tuple[bool, bool, str, str, str]:
    """Own rules before consents, the general rule before those for single weapons, then by name."""
    name = bar.supplier_name if by == "weapon" else bar.weapon_name
    return (bar.role is Role.CONSENT, bar.weapon != ANY, unaccented(name), bar.weapon, bar.supplier)


def _group_key(group: list[list[TimelineBar]], by: str, order: str) -> tuple[int, bool, str]:
    latest = group[0][-1]
    name = latest.weapon_name if by == "weapon" else latest.supplier_name
    general_first = by == "weapon" and latest.weapon != ANY
    return (-_rank(latest.status) if order == "rule" and by == "supplier" else 0, general_first, unaccented(name))


def _rank(status: Status) -> int:
    """What is permitted or handed over stands above what is refused, and that above what says nothing."""
    if status is Status.SUPPLIED:
        return 1
    return status.level if status.level is not None else -1


def _names(bar: TimelineBar, by: str) -> tuple[str, str]:
    """The group's name and the line's own: a supplier alone stands for its weapons in general."""
    asks = f" ({bar.words.role})" if bar.words.role else ""
    if by == "weapon":
        return bar.weapon_name, bar.supplier_name + asks
    return bar.supplier_name, "" if bar.weapon == ANY and not asks else bar.weapon_name + asks
