"""What the rows of a page say, in one sentence: the title of a chart and the lead of a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from restrictions.domain.days import exact
from restrictions.domain.tallies import Tally
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import TimelineBar
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


def levels(rows: Iterable[TimelineBar], *, day: date, weapon: str = ANY) -> Levels:
    """Suppliers by their rule for a weapon on a day; consents are not counted, nor rules without a level."""
    statuses = {
        bar.supplier: bar.status
        for bar in rows
        if bar.weapon == weapon and bar.role is Role.SUPPLIER and bar.track is Track.USE and bar.covers(day)
    }
    return _levels_among(list(statuses.values()))


def _levels_among(statuses: Sequence[Status | None]) -> Levels:
    return Levels(*(statuses.count(status) for status in (Status.ALLOWED, Status.CONDITIONAL, Status.BANNED)))


def overview_lead(counted: Tally, *, territory: str) -> str:
    """What the general rules say on the day, in one sentence: every government that the record knows is counted."""
    when = day_in_words(exact(counted.day))
    if not counted.governments:
        return gettext("On %(day)s, the record holds nothing for this choice.") % {"day": when}
    free = counted.of(Status.ALLOWED)
    said = ngettext(
        "On %(day)s, %(free)d of %(n)d governments sets no stated limit on using its weapons in %(territory)s",
        "On %(day)s, %(free)d of %(n)d governments set no stated limit on using their weapons in %(territory)s",
        free,
    ) % {"day": when, "free": free, "n": counted.governments, "territory": territory}
    parts = [part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in _other_rules(counted)]
    return f"{_joined([said, *parts])}."


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


Tell = Callable[[TimelineBar], TimelineBar]
"""Gives a bare bar in full."""


def timeline_finding(rows: Sequence[TimelineBar], *, day: date, tell: Tell = lambda bar: bar) -> str:
    """What the chart shows on a day, in one sentence; an empty record says so. ``tell`` tells rows that are bare."""
    if not rows:
        return gettext("The record holds nothing for this choice.")
    weapons = {bar.weapon for bar in rows}
    weapon = next(iter(weapons)) if len(weapons) == 1 else ANY
    lines = {(bar.supplier, bar.weapon, bar.role) for bar in rows}
    if len(lines) == 1:
        return _single_line(rows, day, tell)
    if rows[0].track is Track.SUPPLY:
        return _supply_finding(rows, day)
    suppliers = {bar.supplier for bar in rows}
    general = [bar for bar in rows if bar.weapon == weapon]
    if len(suppliers) == 1 and general:
        return _single_line(general, day, tell)
    return _count_sentence(levels(rows, day=day, weapon=weapon), rows, day, weapon)


def _single_line(rows: Sequence[TimelineBar], day: date, tell: Tell) -> str:
    bar = next((bar for bar in rows if bar.covers(day)), None)
    if bar is None:
        return gettext("On %(day)s, no rule is known; the last one known: %(sentence)s") % {
            "day": day_in_words(exact(day)),
            "sentence": tell(rows[-1]).words.sentence,
        }
    return tell(bar).words.sentence


def _count_sentence(counts: Levels, rows: Sequence[TimelineBar], day: date, weapon: str) -> str:
    """“On 1 June 2024, of 19 suppliers with a rule …, 13 state no limit, 3 set limits and 3 do not allow it.”"""
    about = "" if weapon == ANY else f" ({_weapon_name(rows, weapon)})"
    return _counted(counts, day, rows[0].territory_name, about)


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


def _supply_finding(rows: Sequence[TimelineBar], day: date) -> str:
    """How many suppliers are known to hand over something, and how many refuse something, on a day."""
    on_day = [bar for bar in rows if bar.covers(day)]
    supplying = {bar.supplier for bar in on_day if bar.status is Status.SUPPLIED}
    refusing = {bar.supplier for bar in on_day if bar.status is Status.WITHHELD}
    said = ngettext(
        "On %(day)s, %(supplying)d supplier is recorded as handing over arms, %(refusing)d as refusing some.",
        "On %(day)s, %(supplying)d suppliers are recorded as handing over arms, %(refusing)d as refusing some.",
        len(supplying),
    )
    return said % {"day": day_in_words(exact(day)), "supplying": len(supplying), "refusing": len(refusing)}


def _weapon_name(rows: Iterable[TimelineBar], weapon: str) -> str:
    return next(bar.weapon_name for bar in rows if bar.weapon == weapon)


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
