"""The rows of the timeline: who allowed what, from which day to which, own rules and inherited ones."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import Day
from restrictions.domain.vocabulary import Act, Decision, Role, Track
from restrictions.domain.weapons import ANY
from restrictions.models import Mark
from restrictions.queries.answers import Stretched, answering, consenting
from restrictions.queries.bare import Towards, towards
from restrictions.queries.bars import BarLine, MarkRow, TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.past import rows_known_at
from restrictions.queries.phrases import sentence
from restrictions.queries.sought import EVERYTHING, Sought, asks_for_evidence, is_sought, regions_of, rests_on
from restrictions.queries.spoken import spoken
from restrictions.queries.stamps import stamp_of_the_page
from restrictions.queries.told import told, told_of_the_newest
from restrictions.words import act_label

_AT_ONCE = 1_000
"""Bars of a file that are in memory at a time."""


class Answers:
    """What answers a timeline: bare, to be counted and put in order, and in full where it is told.

    ``found`` are in the order of supplier, weapon and day. ``regions`` are those that any answer's limits name.
    """

    def __init__(
        self,
        found: Sequence[Stretched],
        towards: Towards,
        codes: Codes,
        *,
        today: date,
        regions: frozenset[str] = frozenset(),
    ) -> None:
        self.found, self.regions = tuple(found), regions
        self._towards, self._codes, self._today = towards, codes, today

    @property
    def lines(self) -> list[BarLine[Stretched]]:
        """The answers by the line of the chart on which they stand."""
        by_line: dict[tuple[str, Role, str], list[Stretched]] = {}
        for item in self.found:
            line = item.position.line
            by_line.setdefault((line.supplier, line.role, item.weapon), []).append(item)
        return [self._line(items) for items in by_line.values()]

    def _line(self, items: Sequence[Stretched]) -> BarLine[Stretched]:
        line, weapon = items[-1].position.line, items[-1].weapon
        return BarLine(
            supplier=line.supplier,
            supplier_name=self.name_of(line.supplier),
            weapon=weapon,
            weapon_name=self._codes.weapons.get(weapon, weapon),
            role=line.role,
            track=line.track,
            territory_name=self.name_of(line.territory),
            bars=tuple(items),
        )

    def name_of(self, country: str) -> str:
        return self._codes.countries.get(country, country)

    def sentence(self, item: Stretched) -> str:
        """What one of them says in one sentence. No query."""
        return sentence(item.position, self._codes, starts=item.starts, ends=item.ends, weapon=item.weapon)

    def told(self, found: Sequence[Stretched]) -> tuple[TimelineBar, ...]:
        """These in full: one query for what they rest on, none where all was told before."""
        known, today = self._towards, self._today
        if known.stamp and known.stamp == stamp_of_the_page():
            return told_of_the_newest(found, known, self._codes, today=today)
        return told(found, known.shown([item.id for item in found]), self._codes, today=today)

    def each(self) -> Iterator[TimelineBar]:
        """All of them in full, for a file: read a thousand at a time, and none of them remembered."""
        for start in range(0, len(self.found), _AT_ONCE):
            found = self.found[start : start + _AT_ONCE]
            yield from told(found, self._towards.shown([item.id for item in found]), self._codes, today=self._today)


def timeline_answers(
    *,
    recipient: str,
    track: Track,
    territory: str,
    codes: Codes,
    today: date,
    suppliers: Sequence[str] = (),
    weapons: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
    clock: Clock = NOW,
    sought: Sought = EVERYTHING,
) -> Answers:
    """What answers a recipient's timeline: three queries at most, beside the codes, until it is told.

    No ``suppliers`` or no ``weapons`` means all of them; a class asks for its systems too. ``first`` and ``last`` leave
    out bars that lie outside, ``sought`` what is not asked for.
    """
    known = towards(recipient, clock=clock)
    within = answering(known, codes.tree, track=track, territory=territory, suppliers=suppliers, weapons=weapons)
    found = [item for item in within if _touches(item, first, last)]
    regions = frozenset(region for item in found if item.position.limits for region in regions_of(item.position))
    return Answers(_sought(found, known, sought, codes), known, codes, today=today, regions=regions)


def _sought(found: Sequence[Stretched], known: Towards, sought: Sought, codes: Codes) -> Sequence[Stretched]:
    """Those that are asked for. What they rest on is read only where that is asked about."""
    if sought == EVERYTHING:
        return found
    of_status = [item for item in found if is_sought(item.position, sought)]
    if not asks_for_evidence(sought):
        return of_status
    shown = known.shown([item.id for item in of_status])
    return [item for item in of_status if rests_on(item.position, shown[item.id], item.weapon, sought, codes)]


def rows_among(
    known: Towards,
    *,
    track: Track,
    territory: str,
    codes: Codes,
    today: date,
    suppliers: Collection[str] = (),
    weapons: Sequence[str] = (),
) -> Answers:
    """What these positions, all that are held towards a recipient, answer in a timeline. No query until it is told."""
    found = answering(known, codes.tree, track=track, territory=territory, suppliers=suppliers, weapons=weapons)
    return Answers(list(found), known, codes, today=today)


def consents_among(known: Towards, *, territory: str, codes: Codes, today: date) -> Answers:
    """What states that must agree to others' weapons say of their use and delivery, by state, weapon and day."""
    return Answers(consenting(known, territory), known, codes, today=today)


def _touches(item: Stretched, first: date | None, last: date | None) -> bool:
    after = first is not None and item.ends is not None and item.ends.latest <= first
    before = last is not None and item.starts.earliest > last
    return not (after or before)


def timeline_marks(
    *, recipient: str, territory: str, suppliers: Sequence[str] = (), clock: Clock = NOW
) -> tuple[MarkRow, ...]:
    """The accepted context acts about a supplier's weapons, by day, by this clock: one query."""
    found = rows_known_at(Mark, clock.instant).filter(decision=Decision.ACCEPTED.value, territory__in=(territory, ""))
    found = found.filter(recipient_id=recipient, supplier__isnull=False, day_edtf__isnull=False)
    if suppliers:
        found = found.filter(supplier_id__in=suppliers)
    if clock.reported:
        found = found.filter(day_latest__lte=clock.reported)
    return tuple(_mark(row) for row in found.order_by("day_latest", "key").values(*_MARK))


_MARK = ("act", "day_edtf", "day_earliest", "day_latest", "supplier_id", "weapon_id", "summary", "actor", "weak_source")


def _mark(row: Mapping[str, Any]) -> MarkRow:
    act, day = Act(row["act"]), Day(row["day_edtf"], row["day_earliest"], row["day_latest"])
    said = [act_label(act), spoken(day), row["actor"], *([gettext("weak source")] if row["weak_source"] else [])]
    return MarkRow(
        act, day, f"{' · '.join(said)}. {row['summary']}".strip(), row["supplier_id"], row["weapon_id"] or ANY
    )
