"""Which bars stand on one line of the chart, in which order, and what the line is called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from restrictions.domain.vocabulary import Role, Status
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import B, BarLine, TimelineBar
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
    lanes: list[Lane] = []
    y = 0.0
    for group in in_order(lines_of(rows), by=by, order=order):
        for number, line in enumerate(group):
            group_name, name = _names(line, by)
            lanes.append(Lane(y, line.bars, group_name, name, heads=number == 0))
            y += 1
        y += GROUP_GAP
    return lanes


def lines_of(rows: Iterable[TimelineBar]) -> list[BarLine[TimelineBar]]:
    """The rows by their lines, in the order in which these are first met."""
    by_line: dict[tuple[str, Role, str], list[TimelineBar]] = {}
    for bar in rows:
        by_line.setdefault((bar.supplier, bar.role, bar.weapon), []).append(bar)
    return [_line(bars) for bars in by_line.values()]


def _line(bars: Sequence[TimelineBar]) -> BarLine[TimelineBar]:
    last = bars[-1]
    return BarLine(
        supplier=last.supplier,
        supplier_name=last.supplier_name,
        weapon=last.weapon,
        weapon_name=last.weapon_name,
        role=last.role,
        track=last.track,
        territory_name=last.territory_name,
        bars=tuple(sorted(bars, key=lambda bar: bar.first_day)),
    )


def in_order(lines: Iterable[BarLine[B]], *, by: str = "supplier", order: str = "rule") -> list[list[BarLine[B]]]:
    """The lines in their groups, from top to bottom; the first line of a group is its most general."""
    groups: dict[str, list[BarLine[B]]] = {}
    for line in sorted(lines, key=lambda line: _line_key(line, by)):
        groups.setdefault(line.weapon if by == "weapon" else line.supplier, []).append(line)
    in_code_order = (groups[code] for code in sorted(groups))
    return sorted(in_code_order, key=lambda group: _group_key(group[0], by, order))


def sheets_of(groups: Iterable[Iterable[BarLine[B]]], *, most: int = MOST) -> list[list[B]]:
    """The bars in the order of their lines, in sheets of ``most`` at most; groups stay whole where they can."""
    sheets: list[list[B]] = [[]]
    for group in groups:
        bars = [bar for line in group for bar in line.bars]
        if sheets[-1] and len(sheets[-1]) + len(bars) > most:
            sheets.append([])
        for bar in bars:
            if len(sheets[-1]) == most:
                sheets.append([])
            sheets[-1].append(bar)
    return sheets


def _line_key(line: BarLine[B], by: str) -> tuple[bool, bool, str, str, str]:
    """Own rules before consents, the general rule before those for single weapons, then by name."""
    name = line.supplier_name if by == "weapon" else line.weapon_name
    return (line.role is Role.CONSENT, line.weapon != ANY, unaccented(name), line.weapon, line.supplier)


def _group_key(first: BarLine[B], by: str, order: str) -> tuple[int, bool, str]:
    name = first.weapon_name if by == "weapon" else first.supplier_name
    general_first = by == "weapon" and first.weapon != ANY
    rank = -_rank(first.bars[-1].status) if order == "rule" and by == "supplier" else 0
    return (rank, general_first, unaccented(name))


def _rank(status: Status) -> int:
    """What is permitted or handed over stands above what is refused, and that above what says nothing."""
    if status is Status.SUPPLIED:
        return 1
    return status.level if status.level is not None else -1


def _names(line: BarLine[TimelineBar], by: str) -> tuple[str, str]:
    """The group's name and the line's own: a supplier alone stands for its weapons in general."""
    role = line.bars[-1].words.role
    asks = f" ({role})" if role else ""
    if by == "weapon":
        return line.weapon_name, line.supplier_name + asks
    return line.supplier_name, "" if line.weapon == ANY and not asks else line.weapon_name + asks
