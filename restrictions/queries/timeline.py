"""The rows of the timeline: who allowed what, from which day to which, own rules and inherited ones."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import Day, exact
from restrictions.domain.positions import Position
from restrictions.domain.resolution import Rules, Segment
from restrictions.domain.vocabulary import Act, Decision, Role, Status, Track
from restrictions.domain.weapons import ANY
from restrictions.models import Mark
from restrictions.queries.bars import OWN, BarWords, MarkRow, TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held
from restrictions.queries.past import rows_known_at
from restrictions.queries.phrases import (
    attributions_of,
    bar_words,
    contested_row,
    doubts,
    limit_rows,
    sources_of,
)
from restrictions.queries.shown import evidence_links, positions_towards, settlement_reasons
from restrictions.queries.sought import EVERYTHING, Sought, is_sought, regions_of
from restrictions.queries.spoken import spoken
from restrictions.words import act_label


@dataclass(frozen=True, slots=True)
class Stretched:
    """A position as it answers in one row: for these days, for this weapon, by its own rule or a wider one's."""

    id: int
    held: Held
    weapon: str
    starts: Day
    ends: Day | None
    answered_by: str

    @property
    def first_day(self) -> date:
        return self.starts.latest

    @property
    def open_start(self) -> bool:
        """Whether the days begin with the position, whose true start is unknown."""
        return self.held.position.open_start and self.starts == self.held.position.starts


class Answers:
    """What answers a timeline: bare bars, without words, limits and sources, and those told in full that are shown.

    ``bare`` are in the order of supplier, weapon and day. ``regions`` are those that any answer's limits name.
    """

    def __init__(self, found: Sequence[Stretched], codes: Codes, *, today: date, regions: frozenset[str]) -> None:
        self.bare = tuple(_bare(item, codes) for item in found)
        self.regions = regions
        self._codes, self._today = codes, today
        self._found = {id(bar): item for bar, item in zip(self.bare, found, strict=True)}

    def told(self, bars: Iterable[TimelineBar]) -> tuple[TimelineBar, ...]:
        """These bare bars in full. No query."""
        return _bars([self._found[id(bar)] for bar in bars], self._codes, today=self._today)


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
    """What answers a recipient's timeline: two queries at most, beside the codes.

    No ``suppliers`` or no ``weapons`` means all of them; a class asks for its systems too. ``first`` and ``last`` leave
    out bars that lie outside, ``sought`` what is not asked for.
    """
    everything = positions_towards(recipient, suppliers, clock=clock)
    within = [
        item
        for item in _answers(everything, codes, track=track, territory=territory, weapons=weapons)
        if _touches(item, first, last)
    ]
    regions = frozenset(region for item in within for region in regions_of(item.held.position))
    found = [item for item in within if is_sought(item.held, item.weapon, sought, codes)]
    return Answers(found, codes, today=today, regions=regions)


def timeline_rows(
    *,
    recipient: str,
    track: Track,
    territory: str,
    codes: Codes,
    today: date,
    suppliers: Sequence[str] = (),
    weapons: Sequence[str] = (),
    clock: Clock = NOW,
) -> tuple[TimelineBar, ...]:
    """The bars of a recipient's timeline in full, by supplier, weapon and day: two queries at most and the codes."""
    held = positions_towards(recipient, suppliers, clock=clock)
    return rows_among(held, track=track, territory=territory, codes=codes, today=today, weapons=weapons)


def rows_among(
    held: Mapping[int, Held],
    *,
    track: Track,
    territory: str,
    codes: Codes,
    today: date,
    weapons: Sequence[str] = (),
) -> tuple[TimelineBar, ...]:
    """The bars that these positions, all of their suppliers' towards a recipient, make in a timeline. No query."""
    found = _answers(held, codes, track=track, territory=territory, weapons=weapons)
    return _bars([*found], codes, today=today)


def consents_among(held: Mapping[int, Held], *, territory: str, codes: Codes, today: date) -> tuple[TimelineBar, ...]:
    """What states that must agree to others' weapons say of their use and delivery, by state, weapon and day."""
    found = [_whole(number, one) for number, one in held.items() if one.position.line.role is Role.CONSENT]
    return _bars([item for item in found if item.held.position.line.territory in ("", territory)], codes, today=today)


def bar_of(number: int, held: Held, codes: Codes, *, today: date) -> TimelineBar:
    """This position as a bar of its own line."""
    (bar,) = bars_of({number: held}, codes, today=today)
    return bar


def bars_of(held: Mapping[int, Held], codes: Codes, *, today: date) -> tuple[TimelineBar, ...]:
    """These positions as bars of their own lines."""
    return _bars([_whole(number, one) for number, one in held.items()], codes, today=today)


def _answers(
    everything: Mapping[int, Held], codes: Codes, *, track: Track, territory: str, weapons: Sequence[str]
) -> Iterator[Stretched]:
    """Each supplier's positions of the track, and what wider rules answer between them."""
    asked = _with_systems(weapons, codes, everything)
    own = [_whole(number, held) for number, held in everything.items() if _is_asked(held, track, territory, asked)]
    if track is Track.SUPPLY:
        yield from own
        return
    yield from (item for item in own if item.held.position.line.role is Role.CONSENT)
    by_supplier: dict[str, dict[int, Held]] = {}
    for number, held in everything.items():
        by_supplier.setdefault(held.position.line.supplier, {})[number] = held
    for numbered in by_supplier.values():
        weapons_ruled = _row_weapons([held.position for held in numbered.values()], territory, asked)
        yield from _with_inherited(numbered, weapons_ruled, codes, territory)


def _with_systems(weapons: Sequence[str], codes: Codes, everything: Mapping[int, Held]) -> frozenset[str]:
    """The weapons asked for, and of a class the systems that have a rule of use; `any` is the general rule alone."""
    lines = (held.position.line for held in everything.values())
    ruled = {line.weapon for line in lines if line.track is Track.USE} if weapons else set()
    return frozenset({*weapons, *(weapon for weapon in ruled if codes.tree.is_asked(weapon, weapons))})


def _is_asked(held: Held, track: Track, territory: str, asked: Collection[str]) -> bool:
    line = held.position.line
    on_track = line.track is track and (track is Track.SUPPLY or line.territory == territory)
    return on_track and (not asked or line.weapon in asked)


def _whole(number: int, held: Held) -> Stretched:
    position = held.position
    return Stretched(number, held, position.line.weapon, position.starts, position.ends, OWN)


def _row_weapons(positions: Iterable[Position], territory: str, asked: Collection[str]) -> list[str]:
    """The weapons that get a row: those with a rule of their own, and those asked for, if anything is recorded.

    A weapon that is merely supplied, with nothing said on its use, would only repeat the general rule.
    """
    lines = [position for position in positions if position.line.role is Role.SUPPLIER]
    ruled = {
        position.line.weapon
        for position in lines
        if position.line.track is Track.USE
        and position.line.territory == territory
        and (position.status is not Status.UNSTATED or position.line.weapon == ANY)
    }
    supplied = {position.line.weapon for position in lines if position.line.track is Track.SUPPLY}
    return sorted((ruled | supplied) & set(asked) if asked else ruled)


def _with_inherited(
    numbered: Mapping[int, Held], weapons: Iterable[str], codes: Codes, territory: str
) -> Iterator[Stretched]:
    positions = [held.position for held in numbered.values()]
    number_of = {id(held.position): number for number, held in numbered.items()}
    rules = Rules(positions, codes.tree, territory=territory)
    turns = _turns(positions)
    for weapon in weapons:
        for segment in rules.over_time(weapon):
            number = number_of[id(segment.position)]
            yield _stretched(segment, number, numbered[number], weapon, turns)


def _turns(positions: Iterable[Position]) -> dict[date, Day]:
    """The days on which anything turns, as imprecise as they are: the widest window that ends on a day."""
    turns: dict[date, Day] = {}
    for position in positions:
        for day in filter(None, (position.starts, position.ends)):
            known = turns.get(day.latest)
            turns[day.latest] = day if known is None or day.width > known.width else known
    return turns


def _stretched(segment: Segment, number: int, held: Held, weapon: str, turns: Mapping[date, Day]) -> Stretched:
    """The days of a segment with their own imprecision: the position's where they are its own, else the turn's."""
    position = segment.position
    starts = position.starts if segment.first == position.first_day else turns.get(segment.first, exact(segment.first))
    ends = position.ends
    if segment.until != position.until and segment.until is not None:
        ends = turns.get(segment.until, exact(segment.until))
    answered_by = OWN if segment.level == weapon else segment.level
    return Stretched(number, held, weapon, starts, ends, answered_by)


def _touches(item: Stretched, first: date | None, last: date | None) -> bool:
    after = first is not None and item.ends is not None and item.ends.latest <= first
    before = last is not None and item.starts.earliest > last
    return not (after or before)


def _bars(found: Sequence[Stretched], codes: Codes, *, today: date) -> tuple[TimelineBar, ...]:
    reasons = settlement_reasons(item.held.shown for item in found)
    return tuple(_bar(item, codes, today=today, reasons=reasons) for item in found)


def _bar(item: Stretched, codes: Codes, *, today: date, reasons: Mapping[str, str]) -> TimelineBar:
    position, line = item.held.position, item.held.position.line
    wider = "" if item.answered_by == OWN else item.answered_by
    evidence = evidence_links(item.held.shown)
    contested = tuple(contested_row(row, line.territory, reasons) for row in item.held.shown["stretches"])
    notes = [*doubts(position, codes, today=today, answered_by=wider), *(row.sentence for row in contested)]
    words = bar_words(
        position, codes, starts=item.starts, ends=item.ends, weapon=item.weapon, evidence=evidence, notes=notes
    )
    return replace(
        _bare(item, codes),
        words=words,
        answered_by_name=codes.weapons.get(wider, wider),
        limits=limit_rows(position, codes),
        attributions=attributions_of(evidence),
        contested=contested,
        evidence=len(evidence),
        weak_sources=sum(link.weak for link in evidence),
        sources=sources_of(evidence),
    )


def _bare(item: Stretched, codes: Codes) -> TimelineBar:
    """The bar as far as it can be counted and put in its place."""
    position, line = item.held.position, item.held.position.line
    return TimelineBar(
        position=item.id,
        supplier=line.supplier,
        supplier_name=codes.countries.get(line.supplier, line.supplier),
        recipient=line.recipient,
        recipient_name=codes.countries.get(line.recipient, line.recipient),
        weapon=item.weapon,
        weapon_name=codes.weapons.get(item.weapon, item.weapon),
        track=line.track,
        territory=line.territory,
        territory_name=codes.countries.get(line.territory, line.territory),
        status=position.status,
        starts=item.starts,
        ends=item.ends,
        words=BarWords(label="", sentence=""),
        role=line.role,
        answered_by=item.answered_by,
        open_start=item.open_start,
        provisional=position.provisional,
        announced=position.announced,
        last_confirmed=position.last_confirmed,
        first_used=position.first_used,
        practice=position.practice,
    )


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
