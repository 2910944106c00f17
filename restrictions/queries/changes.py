"""The log of changes: every turn towards a recipient, newest first, with what it turned from and on whose word."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext

from restrictions.domain.changes import Change, Kind, changes
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import Day
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Act, Attribution, Role, Status, Track
from restrictions.domain.weapons import ANY, WeaponTree
from restrictions.queries.bare import Towards, towards
from restrictions.queries.bars import ContestedRow
from restrictions.queries.codes import Codes
from restrictions.queries.held import Shown
from restrictions.queries.phrases import (
    Sayings,
    attributions_of,
    conditions_of,
    contested_row,
    said_limits,
    sentence,
    sources_of,
)
from restrictions.queries.shown import (
    claim_sources,
    evidence_links,
    independent_sources,
    settlement_reasons,
)
from restrictions.queries.sought import EVERYTHING, Sought, asks_for_evidence, is_sought, regions_of, rests_on
from restrictions.queries.spoken import spoken
from restrictions.queries.turns import Former, SaidSo, TurnRow
from restrictions.words import PlainWords, attribution_label, kind_label, status_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which turns are asked for; what is empty asks for all. ``first`` and ``last`` are days that a turn can lie on.

    ``until`` is the last day from which reads may answer with what was turned to. A class asks for its systems too.
    ``sought`` is asked of what was turned to.
    """

    track: Track | None = None
    suppliers: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    before: tuple[Status, ...] = ()
    after: tuple[Status, ...] = ()
    first: date | None = None
    last: date | None = None
    until: date | None = None
    sought: Sought = EVERYTHING


@dataclass(frozen=True, slots=True)
class Log:
    """The turns asked for: how many there are of each kind, and a stretch of them as rows.

    ``regions`` are those that the limits of any turn name, asked for or not.
    """

    kinds: Mapping[Kind, int]
    rows: tuple[TurnRow, ...]
    regions: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class _Found:
    """A change with the number of the position that it began, and of the former one."""

    number: int
    change: Change
    former: int | None


def turns(
    *,
    recipient: str,
    territory: str,
    codes: Codes,
    wanted: Wanted = Wanted(),
    start: int = 0,
    limit: int | None = None,
    clock: Clock = NOW,
) -> Log:
    """The turns of supply, and of use on the territory, newest first: three queries at most beside the codes.

    Days that several turns share are in the order of their lines, so that a page is the same each time.
    """
    known = towards(recipient, clock=clock)
    return turns_among(known, territory=territory, codes=codes, wanted=wanted, start=start, limit=limit)


def turns_among(
    known: Towards,
    *,
    territory: str,
    codes: Codes,
    wanted: Wanted = Wanted(),
    start: int = 0,
    limit: int | None = None,
) -> Log:
    """The same of these positions, all that are held towards one recipient: one query, for what the rows rest on."""
    every = _found(known, codes.tree, territory)
    found = [
        item
        for item in every
        if is_turned_as_wanted(item.change, wanted) and is_turned_to_as_wanted(item.change.after, wanted, codes)
    ]
    if asks_for_evidence(wanted.sought):
        found = _vouched_for(found, known, wanted.sought, codes)
    found.reverse()
    rows = found[start : start + limit if limit is not None else None]
    shown = known.shown([number for item in rows for number in (item.number, item.former) if number is not None])
    reasons = settlement_reasons(shown.values())
    regions = frozenset(region for item in every for region in regions_of(item.change.after))
    told = tuple(_row(item, shown, codes, reasons) for item in rows)
    return Log(Counter(item.change.kind for item in found), told, regions)


def last_turns(known: Towards, *, territory: str, codes: Codes, until: date) -> dict[str, Day]:
    """When each supplier's latest turn up to a day began, by supplier. No query."""
    found = _found(known, codes.tree, territory)
    return {item.change.after.line.supplier: item.change.after.starts for item in found if item.change.day <= until}


@lru_cache(maxsize=16)
def _found(known: Towards, tree: WeaponTree, territory: str) -> tuple[_Found, ...]:
    """Every turn, the oldest first: worked out once for the positions that it follows from."""
    about = [position for position in known.bare.values() if _is_about(position, territory)]
    number_of = known.number_of
    return tuple(
        _Found(number_of[id(change.after)], change, number_of[id(change.before)] if change.before else None)
        for change in changes(about, tree)
    )


def _is_about(position: Position, territory: str) -> bool:
    return position.line.track is Track.SUPPLY or position.line.territory == territory


def is_turned_as_wanted(change: Change, wanted: Wanted) -> bool:
    """Whether a turn is asked for by what it turned from, and how."""
    return (
        (not wanted.kinds or change.kind in wanted.kinds)
        and (not wanted.before or (change.before is not None and change.before.status in wanted.before))
        and (wanted.until is None or change.day <= wanted.until)
    )


def is_turned_to_as_wanted(after: Position, wanted: Wanted, codes: Codes) -> bool:
    """Whether what was turned to is asked for, as far as it itself says so."""
    line = after.line
    return (
        wanted.track in (None, line.track)
        and (not wanted.suppliers or line.supplier in wanted.suppliers)
        and (not wanted.weapons or codes.tree.is_asked(line.weapon, wanted.weapons))
        and (not wanted.after or after.status in wanted.after)
        and (wanted.first is None or wanted.first <= after.starts.latest)
        and (wanted.last is None or after.starts.earliest <= wanted.last)
        and is_sought(after, wanted.sought)
    )


def _vouched_for(found: Sequence[_Found], known: Towards, sought: Sought, codes: Codes) -> list[_Found]:
    """Those that are asked for by what they rest on."""
    shown = known.shown([item.number for item in found])
    return [
        item
        for item in found
        if rests_on(item.change.after, shown[item.number], item.change.after.line.weapon, sought, codes)
    ]


def _row(item: _Found, shown: Mapping[int, Shown], codes: Codes, reasons: Mapping[str, str]) -> TurnRow:
    position, line = item.change.after, item.change.after.line
    evidence = evidence_links(shown[item.number])
    return TurnRow(
        position=item.number,
        supplier=line.supplier,
        supplier_name=codes.countries.get(line.supplier, line.supplier),
        recipient=line.recipient,
        recipient_name=codes.countries.get(line.recipient, line.recipient),
        weapon=line.weapon,
        weapon_name=codes.weapons.get(line.weapon, line.weapon),
        track=line.track,
        territory=line.territory,
        territory_name=codes.countries.get(line.territory, line.territory),
        kind=item.change.kind,
        kind_words=kind_label(item.change.kind, line.track),
        status=position.status,
        label=status_label(position.status, conditions_of(position)),
        starts=position.starts,
        starts_words=spoken(position.starts),
        announced=position.announced,
        announced_words=spoken(position.announced),
        sentence=f"{_now(position, codes)} {_before(item.change, codes)}",
        said_so=_said_so(shown[item.number], position.status),
        former=_former(item.change, codes),
        role=line.role,
        role_words=gettext("must agree") if line.role is Role.CONSENT else "",
        limits=Sayings(codes).limit_rows(position),
        limits_words=said_limits(position, codes),
        attributions=attributions_of(evidence),
        provisional=position.provisional,
        disputed=tuple(row.sentence for row in _disputes(item, shown, reasons)),
        evidence=len(evidence),
        independent=independent_sources(evidence),
        sources=sources_of(evidence),
    )


def _now(position: Position, codes: Codes) -> str:
    return sentence(position, codes, starts=position.starts, ends=position.ends, weapon=position.line.weapon)


def _before(change: Change, codes: Codes) -> str:
    """What was before, as a sentence that follows the one on what is now."""
    before = change.before
    if before is None:
        return gettext("Nothing is recorded before.")
    said = PlainWords(codes.weapons, codes.regions).status(before.status, before.limits)
    if change.kind is Kind.LIMITS:
        return gettext("Only the limits changed. Before: %(status)s.") % {"status": said}
    if change.inherited and change.after.line.weapon == ANY:
        weapon = codes.weapons.get(before.line.weapon, before.line.weapon)
        return gettext("Before: %(status)s, at least “%(weapon)s”.") % {"weapon": weapon, "status": said}
    if change.inherited:
        weapon = codes.weapons.get(before.line.weapon, before.line.weapon)
        return gettext("Before, by the rule for “%(weapon)s”: %(status)s.") % {"weapon": weapon, "status": said}
    return gettext("Before: %(status)s.") % {"status": said}


def _former(change: Change, codes: Codes) -> Former | None:
    before = change.before
    if before is None:
        return None
    wider = before.line.weapon if change.inherited else ""
    return Former(
        status=before.status,
        label=status_label(before.status, conditions_of(before)),
        limits=said_limits(before, codes),
        weapon=wider,
        weapon_name=codes.weapons.get(wider, wider),
    )


def _disputes(item: _Found, shown: Mapping[int, Shown], reasons: Mapping[str, str]) -> list[ContestedRow]:
    """Contested days of the former and of the new position that bear on the turn between them."""
    own = [item.former] if item.former is not None and not item.change.inherited else []
    stretches = [stretch for number in (*own, item.number) for stretch in shown[number]["stretches"]]
    rows = [contested_row(stretch, item.change.after.line.territory, reasons) for stretch in stretches]
    return [row for row in rows if item.change.is_touched(row.first, row.until)]


def _said_so(shown: Shown, status: Status) -> SaidSo:
    """The first claim that decided it, else the first that states it."""
    keys = [key for key in shown["evidence"] if _decides(shown["claims"][key], status)] or shown["evidence"]
    return _claim(keys[0], shown["claims"][keys[0]])


def _decides(claim: Shown, status: Status) -> bool:
    return (claim["act"], claim["status"]) == (Act.SETS, status)


def _claim(key: str, claim: Shown) -> SaidSo:
    dispatch = claim["dispatch"] or {}
    return SaidSo(
        key=key,
        attribution=claim["attribution"],
        attribution_words=attribution_label(Attribution(claim["attribution"])),
        quote=claim["quote"],
        quote_language=dispatch.get("language", ""),
        summary=claim["summary"],
        speaker=claim["speaker"],
        weak=claim["weak"],
        synthetic=bool(dispatch.get("synthetic")),
        sources=claim_sources(claim),
    )
