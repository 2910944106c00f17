"""What the rows of a page say, in one sentence: the title of a chart and the lead of a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext, pgettext

from dashboard.charts.lanes import lines_of
from restrictions.domain.days import exact
from restrictions.domain.tallies import Tally
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import B, BarLine, TimelineBar
from restrictions.queries.cells import Matrix
from restrictions.queries.coverage import CoverageRow
from restrictions.queries.reach import SupplierReach
from restrictions.words import day_in_words


@dataclass(frozen=True, slots=True)
class Levels:
    """How many suppliers' rules for one weapon have which level, on one day."""

    allowed: int
    limited: int
    banned: int

    @property
    def total(self) -> int:
        return self.allowed + self.limited + self.banned


def levels(lines: Iterable[BarLine[B]], *, day: date, weapon: str = ANY) -> Levels:
    """Suppliers by their rule for a weapon on a day; consents are not counted, nor rules without a level."""
    own = [line for line in lines if line.weapon == weapon and line.role is Role.SUPPLIER and line.track is Track.USE]
    return _levels_among([bar.status for bar in (line.on(day) for line in own) if bar])


def _levels_among(statuses: Sequence[Status | None]) -> Levels:
    return Levels(*(statuses.count(status) for status in (Status.ALLOWED, Status.CONDITIONAL, Status.BANNED)))


def overview_lead(counted: Tally, *, where: str) -> str:
    """What the general rules say on the day, in one sentence: every government that the record knows is counted.

    ``where`` is the territory with its preposition.
    """
    when = day_in_words(exact(counted.day))
    if not counted.governments:
        return gettext("On %(day)s, the record holds nothing for this choice.") % {"day": when}
    free = counted.of(Status.ALLOWED)
    said = ngettext(
        "On %(day)s, %(free)d of %(n)d governments sets no stated limit on using its weapons %(where)s",
        "On %(day)s, %(free)d of %(n)d governments set no stated limit on using their weapons %(where)s",
        free,
    ) % {"day": when, "free": free, "n": counted.governments, "where": where}
    parts = [part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in _other_rules(counted)]
    first, last = [said, *parts][:-1], [said, *parts][-1]
    return pgettext("lead", "%(first)s, %(last)s.") % {"first": ", ".join(first), "last": last} if first else f"{last}."


def _other_rules(counted: Tally) -> list[str]:
    """How many do what else; what nobody does is left out."""
    limited, banned = counted.of(Status.CONDITIONAL), counted.of(Status.BANNED)
    refusing, silent = counted.of(Status.WITHHELD), counted.silent
    said = (
        (limited, ngettext("%(n)d allows it within limits", "%(n)d allow it within limits", limited)),
        (banned, ngettext("%(n)d does not allow it", "%(n)d do not allow it", banned)),
        (refusing, ngettext("%(n)d refuses to supply", "%(n)d refuse to supply", refusing)),
        (silent, ngettext("%(n)d says nothing", "%(n)d say nothing", silent)),
    )
    return [words % {"n": count} for count, words in said if count]


def timeline_finding(lines: Sequence[BarLine[B]], *, day: date, tell: Callable[[B], str]) -> str:
    """What the chart shows on a day, in one sentence; an empty record says so. ``tell`` gives a bar's own sentence."""
    if not lines:
        return gettext("The record holds nothing for this choice.")
    weapons = {line.weapon for line in lines}
    weapon = next(iter(weapons)) if len(weapons) == 1 else ANY
    if len(lines) == 1:
        return _single_line(lines[0].bars, day, tell)
    if lines[0].track is Track.SUPPLY:
        return _supply_finding(lines, day)
    general = [line for line in lines if line.weapon == weapon]
    if len({line.supplier for line in lines}) == 1 and general:
        return _single_line([bar for line in general for bar in line.bars], day, tell)
    about = "" if weapon == ANY else f" ({general[0].weapon_name})"
    return _counted(levels(lines, day=day, weapon=weapon), day, lines[0].territory_name, about)


def rows_finding(rows: Iterable[TimelineBar], *, day: date) -> str:
    """The same of bars that are told."""
    return timeline_finding(lines_of(rows), day=day, tell=lambda bar: bar.words.sentence)


def _single_line(bars: Sequence[B], day: date, tell: Callable[[B], str]) -> str:
    bar = next((bar for bar in bars if bar.covers(day)), None)
    if bar is None:
        return gettext("On %(day)s, no rule is known; the last one known: %(sentence)s") % {
            "day": day_in_words(exact(day)),
            "sentence": tell(bars[-1]),
        }
    return tell(bar)


def _counted(counts: Levels, day: date, territory: str, about: str = "") -> str:
    if not counts.total:
        return gettext("On %(day)s, no supplier's general rule is known.") % {"day": day_in_words(exact(day))}
    said = ngettext(
        "On %(day)s, the one supplier whose rule is known for use in %(territory)s%(weapon)s:",
        "On %(day)s, of %(total)d suppliers whose rule for use in %(territory)s is known%(weapon)s,",
        counts.total,
    ) % {
        "day": day_in_words(exact(day)),
        "total": counts.total,
        "territory": territory,
        "weapon": about,
    }
    # A number stays with its verb where the line breaks.
    parts = [part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in _counts_in_words(counts)]
    return f"{said} {_joined(parts)}."


def _counts_in_words(counts: Levels) -> list[str]:
    parts = []
    if counts.allowed:
        parts.append(
            ngettext(
                "%(n)d states no limit beyond the law of war",
                "%(n)d state no limit beyond the law of war",
                counts.allowed,
            )
            % {"n": counts.allowed}
        )
    if counts.limited:
        parts.append(
            ngettext("%(n)d allows it within limits", "%(n)d allow it within limits", counts.limited)
            % {"n": counts.limited}
        )
    if counts.banned:
        parts.append(ngettext("%(n)d does not allow it", "%(n)d do not allow it", counts.banned) % {"n": counts.banned})
    return parts


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _supply_finding(lines: Iterable[BarLine[B]], day: date) -> str:
    """How many suppliers are known to hand over something, and how many refuse something, on a day."""
    on_day = [(line.supplier, bar.status) for line in lines for bar in line.bars if bar.covers(day)]
    supplying = {supplier for supplier, status in on_day if status is Status.SUPPLIED}
    refusing = {supplier for supplier, status in on_day if status is Status.WITHHELD}
    said = ngettext(
        "On %(day)s, %(supplying)d supplier is recorded as handing over arms, %(refusing)d as refusing some.",
        "On %(day)s, %(supplying)d suppliers are recorded as handing over arms, %(refusing)d as refusing some.",
        len(supplying),
    )
    return said % {"day": day_in_words(exact(day)), "supplying": len(supplying), "refusing": len(refusing)}


def matrix_finding(shown: Matrix, *, day: date, territory: str) -> str:
    """What the matrix says on the day of the suppliers' general rules, in one sentence."""
    if not shown.rows:
        return gettext("The record holds nothing for this choice.")
    return _counted(_levels_among([row.cells[0].status for row in shown.rows]), day, territory)


def reach_finding(shown: SupplierReach, *, day: date, supplier: str, weapon: str) -> str:
    """What the map shows on the day, in one sentence."""
    if shown.bar is None:
        said = gettext("On %(day)s, nothing is recorded of what %(supplier)s says on “%(weapon)s”.")
        return said % {"day": day_in_words(exact(day)), "supplier": supplier, "weapon": weapon}
    return shown.bar.words.sentence


def coverage_finding(rows: Sequence[CoverageRow], *, today: date) -> str:
    """How many suppliers were looked at, and of how many nothing recent was read, in one sentence."""
    if not rows:
        return gettext("Nothing was looked at for this choice.")
    stale = sum(not row.is_fresh(today) for row in rows)
    said = ngettext(
        "%(n)d supplier was looked at; of %(stale)d nothing published within the past year was read.",
        "%(n)d suppliers were looked at; of %(stale)d nothing published within the past year was read.",
        len(rows),
    )
    return said % {"n": len(rows), "stale": stale}
