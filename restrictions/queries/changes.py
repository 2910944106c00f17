"""The log of changes: every turn towards a recipient, newest first, with what it turned from and on whose word."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from restrictions.domain.changes import Change, Kind, changes
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Act, Attribution, Role, Status, Track
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import ContestedRow
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held, Shown
from restrictions.queries.phrases import (
    attributions_of,
    conditions_of,
    contested_row,
    limit_rows,
    said_limits,
    sentence,
    sources_of,
)
from restrictions.queries.shown import (
    claim_sources,
    evidence_links,
    independent_sources,
    positions_towards,
    settlement_reasons,
)
from restrictions.queries.spoken import spoken
from restrictions.queries.turns import Former, SaidSo, TurnRow
from restrictions.words import PlainWords, attribution_label, kind_label, status_label


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which turns are asked for; what is empty asks for all. ``first`` and ``last`` are days that a turn can lie on.

    ``until`` is the last day from which reads may answer with what was turned to. A class asks for its systems too.
    ``official`` leaves out what no official or document has confirmed, ``sources`` what rests on fewer that stand on
    their own.
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
    official: bool = False
    sources: int = 0


@dataclass(frozen=True, slots=True)
class Log:
    """The turns asked for: how many there are of each kind, and a stretch of them as rows."""

    kinds: Mapping[Kind, int]
    rows: tuple[TurnRow, ...]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class _Found:
    """A change with the stored position that it began."""

    number: int
    held: Held
    change: Change
    former: Held | None


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
    """The turns of supply, and of use on the territory, newest first: one query beside the codes.

    Days that several turns share are in the order of their lines, so that a page is the same each time.
    """
    held = positions_towards(recipient, clock=clock)
    return turns_among(held, territory=territory, codes=codes, wanted=wanted, start=start, limit=limit)


def turns_among(
    held: Mapping[int, Held],
    *,
    territory: str,
    codes: Codes,
    wanted: Wanted = Wanted(),
    start: int = 0,
    limit: int | None = None,
) -> Log:
    """The same of these positions, all that are held towards one recipient. No query."""
    found = [item for item in _found(held, codes, territory) if _is_wanted(item, wanted, codes)]
    found.reverse()
    shown = found[start : start + limit if limit is not None else None]
    reasons = settlement_reasons(held.shown for item in shown for held in (item.held, item.former) if held)
    return Log(Counter(item.change.kind for item in found), tuple(_row(item, codes, reasons) for item in shown))


def _found(held: Mapping[int, Held], codes: Codes, territory: str) -> list[_Found]:
    of_these = [item for item in held.values() if _is_about(item.position, territory)]
    number_of = {id(item.position): number for number, item in held.items()}
    found = []
    for change in changes((item.position for item in of_these), codes.tree):
        number = number_of[id(change.after)]
        former = held[number_of[id(change.before)]] if change.before else None
        found.append(_Found(number, held[number], change, former))
    return found


def _is_about(position: Position, territory: str) -> bool:
    return position.line.track is Track.SUPPLY or position.line.territory == territory


def _is_wanted(item: _Found, wanted: Wanted, codes: Codes) -> bool:
    after, before = item.change.after, item.change.before
    line = after.line
    return (
        wanted.track in (None, line.track)
        and (not wanted.suppliers or line.supplier in wanted.suppliers)
        and (not wanted.weapons or codes.tree.is_asked(line.weapon, wanted.weapons))
        and (not wanted.kinds or item.change.kind in wanted.kinds)
        and (not wanted.before or (before is not None and before.status in wanted.before))
        and (not wanted.after or after.status in wanted.after)
        and (wanted.first is None or wanted.first <= after.starts.latest)
        and (wanted.last is None or after.starts.earliest <= wanted.last)
        and (wanted.until is None or item.change.day <= wanted.until)
        and _is_vouched_for(item, wanted)
    )


def _is_vouched_for(item: _Found, wanted: Wanted) -> bool:
    if wanted.official and item.change.after.provisional:
        return False
    return not wanted.sources or independent_sources(evidence_links(item.held.shown)) >= wanted.sources


def _row(item: _Found, codes: Codes, reasons: Mapping[str, str]) -> TurnRow:
    position, line = item.change.after, item.change.after.line
    evidence = evidence_links(item.held.shown)
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
        said_so=_said_so(item.held),
        former=_former(item.change, codes),
        role=line.role,
        role_words=gettext("must agree") if line.role is Role.CONSENT else "",
        limits=limit_rows(position, codes),
        limits_words=said_limits(position, codes),
        attributions=attributions_of(evidence),
        provisional=position.provisional,
        disputed=tuple(row.sentence for row in _disputes(item, reasons)),
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


def _disputes(item: _Found, reasons: Mapping[str, str]) -> list[ContestedRow]:
    """Contested days of the former and of the new position that bear on the turn between them."""
    own = [item.former] if item.former and not item.change.inherited else []
    stretches = [stretch for held in (*own, item.held) for stretch in held.shown["stretches"]]
    rows = [contested_row(stretch, item.change.after.line.territory, reasons) for stretch in stretches]
    return [row for row in rows if item.change.is_touched(row.first, row.until)]


def _said_so(held: Held) -> SaidSo:
    """The first claim that decided it, else the first that states it."""
    shown, status = held.shown, held.position.status
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
