"""What a curator's settlement does to the positions and stretches of its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from restrictions.domain.claims import Claim, Settlement
from restrictions.domain.days import Day, exact
from restrictions.domain.limits import unite
from restrictions.domain.positions import Limit, Outcome, Position, Stretch
from restrictions.domain.rules import Rule


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A ruling with the claims that it follows; without any it changes no status."""

    ruling: Settlement
    claims: tuple[Claim, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(claim.key for claim in self.claims)

    def rules_out(self, position: Position) -> bool:
        other_status = position.status is not self.ruling.status
        return bool(self.claims) and other_status and _rules_on(self.ruling, position)


def settle(
    positions: list[Position],
    stretches: list[Stretch],
    settlements: Iterable[Settlement],
    claims: Mapping[str, Claim],
) -> tuple[list[Position], list[Stretch]]:
    """Apply the rulings in the order of their days: contested stretches are settled, and the status ruled holds.

    Days on which nothing is in force stay so: a settlement decides between sides, it does not make a position.
    ``claims`` are all that count, by key.
    """
    for ruling in sorted(settlements, key=lambda item: (item.first, item.key)):
        stretches = [_settled(stretch, ruling) for stretch in stretches]
        followed = _evidence_for(ruling, positions, stretches)
        verdict = _Verdict(ruling, tuple(claims[key] for key in followed))
        stretches = _with_decisions(stretches, verdict, [item for item in positions if verdict.rules_out(item)])
        positions = _after(positions, verdict)
    positions = [replace(position, contested=_is_contested(position, stretches)) for position in positions]
    return positions, [piece for stretch in stretches for piece in _inside(stretch, positions)]


def _overlap(first: date, until: date | None, ruling: Settlement) -> bool:
    return first < ruling.until and (until is None or ruling.first < until)


def _rules_on(ruling: Settlement, position: Position) -> bool:
    return position.line == ruling.line and _overlap(position.first_day, position.until, ruling)


def _after(positions: Sequence[Position], verdict: _Verdict) -> list[Position]:
    """The positions as a ruling leaves them, in the order of lines and days."""
    pieces: list[Position] = []
    ruled: list[Position] = []
    for position in positions:
        if verdict.rules_out(position):
            cut = _cut(position, verdict)
            ruled += [piece for piece in cut if piece.status is verdict.ruling.status]
            pieces += cut
        else:
            pieces.append(_noted(position, verdict.ruling))
    return _joined(sorted(pieces, key=lambda piece: (piece.line, piece.first_day)), ruled)


def _joined(pieces: Sequence[Position], ruled: list[Position]) -> list[Position]:
    """The pieces, where what holds by a ruling goes on from, or into, a neighbour of its status as one position."""
    joined: list[Position] = []
    for piece in pieces:
        former = joined[-1] if joined else None
        if former and (former in ruled or piece in ruled) and _goes_on(former, piece):
            joined[-1] = _one(former, piece)
            ruled.append(joined[-1])
        else:
            joined.append(piece)
    return joined


def _goes_on(former: Position, following: Position) -> bool:
    same = (former.line, former.status, former.practice) == (following.line, following.status, following.practice)
    return same and former.until == following.first_day


def _one(former: Position, following: Position) -> Position:
    limits: dict[tuple[str, str, str | None], Limit] = {}
    for limit in (*former.limits, *following.limits):
        stated = limits.setdefault(limit.confines, limit)
        limits[limit.confines] = replace(stated, claims=_both(stated.claims, limit.claims))
    return replace(
        former,
        ends=following.ends,
        evidence=_both(former.evidence, following.evidence),
        announced=min(former.announced, following.announced, key=lambda day: (day.latest, day.earliest)),
        last_confirmed=max(former.last_confirmed, following.last_confirmed),
        limits=tuple(limits.values()),
        provisional=former.provisional or following.provisional,
        rules=tuple(sorted({*former.rules, *following.rules}, key=int)),
    )


def _both(former: Iterable[str], following: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*former, *following)))


def _noted(position: Position, ruling: Settlement) -> Position:
    """A position that a ruling upholds, with the practice that the ruling observes."""
    if ruling.practice is None or position.status is not ruling.status or not _rules_on(ruling, position):
        return position
    return replace(position, practice=ruling.practice)


def _settled(stretch: Stretch, ruling: Settlement) -> Stretch:
    """A stretch whose sides the ruling decides between; an open one ends with the ruling."""
    decides = ruling.status in (stretch.standing, stretch.challenger)
    if stretch.line != ruling.line or not decides or not _overlap(stretch.first, stretch.until, ruling):
        return stretch
    return replace(stretch, outcome=Outcome.SETTLED, settlement=ruling.key, until=stretch.until or ruling.until)


def _evidence_for(ruling: Settlement, positions: Sequence[Position], stretches: Sequence[Stretch]) -> tuple[str, ...]:
    """The claims for the status ruled: the challengers in what it settles, else those of a neighbouring position."""
    challengers = [
        key
        for stretch in stretches
        if stretch.settlement == ruling.key and stretch.challenger is ruling.status
        for key in stretch.challenger_claims
    ]
    neighbours = [
        key
        for position in positions
        if position.line == ruling.line
        and position.status is ruling.status
        and (position.first_day == ruling.until or position.until == ruling.first)
        for key in position.evidence
    ]
    return tuple(dict.fromkeys(challengers or neighbours))


def _with_decisions(stretches: list[Stretch], verdict: _Verdict, ruled_out: Sequence[Position]) -> list[Stretch]:
    """The stretches, and one for each position that a ruling cuts though nobody contested it: both sides show."""
    kept = [_with_all_standing(stretch, verdict.ruling, ruled_out) for stretch in stretches]
    return kept + [
        _decision(position, verdict)
        for position in ruled_out
        if not any(_is_about(stretch, verdict.ruling, position) for stretch in stretches)
    ]


def _is_about(stretch: Stretch, ruling: Settlement, position: Position) -> bool:
    """Whether a settled stretch already shows what the ruling decides about a position."""
    sides = (stretch.standing, stretch.challenger) == (position.status, ruling.status)
    return stretch.settlement == ruling.key and sides and _crosses(stretch, position)


def _with_all_standing(stretch: Stretch, ruling: Settlement, ruled_out: Sequence[Position]) -> Stretch:
    """A stretch that names all claims of the positions that lost by it, since their days may be gone."""
    lost = [key for position in ruled_out if _is_about(stretch, ruling, position) for key in position.evidence]
    return replace(stretch, standing_claims=_both(stretch.standing_claims, lost))


def _decision(position: Position, verdict: _Verdict) -> Stretch:
    ruling = verdict.ruling
    return Stretch(
        line=position.line,
        first=max(position.first_day, ruling.first),
        until=min(position.until, ruling.until) if position.until else ruling.until,
        standing=position.status,
        challenger=ruling.status,
        standing_claims=position.evidence,
        challenger_claims=verdict.evidence,
        outcome=Outcome.SETTLED,
        rule=Rule.PROVISIONAL if position.provisional else Rule.WINDOW,
        settlement=ruling.key,
    )


def _cut(position: Position, verdict: _Verdict) -> list[Position]:
    """A position before and after the days of a ruling, and the position that holds on them instead."""
    first, until = verdict.ruling.first, verdict.ruling.until
    starts = exact(first) if first > position.first_day else position.starts
    ends = exact(until) if position.until is None or until < position.until else position.ends
    pieces = [_ruled(position, verdict, starts, ends)]
    if position.first_day < starts.latest:
        pieces.insert(0, _piece(position, position.starts, starts))
    if ends and ends != position.ends:
        pieces.append(replace(_piece(position, ends, position.ends), open_start=False))
    return pieces


def _piece(position: Position, starts: Day, ends: Day | None) -> Position:
    """A part of a position, with the limits that hold in it."""
    limits = [
        replace(limit, holds_from=max(limit.holds_from, starts.latest))
        for limit in position.limits
        if ends is None or limit.holds_from < ends.latest
    ]
    last_confirmed = min(position.last_confirmed, ends.latest) if ends else position.last_confirmed
    return replace(position, starts=starts, ends=ends, limits=tuple(limits), last_confirmed=last_confirmed)


def _ruled(position: Position, verdict: _Verdict, starts: Day, ends: Day | None) -> Position:
    """The position that holds by a ruling, with all that the claims which the ruling follows say of its limits."""
    status = verdict.ruling.status
    stating = [claim for claim in verdict.claims if claim.status is status]
    last_said = max(claim.said_on for claim in verdict.claims)
    return replace(
        position,
        status=status,
        starts=starts,
        ends=ends,
        open_start=position.open_start and starts == position.starts,
        evidence=verdict.evidence,
        announced=min((claim.published for claim in verdict.claims), key=lambda day: (day.latest, day.earliest)),
        last_confirmed=min(last_said, ends.latest) if ends else last_said,
        limits=tuple(replace(limit, holds_from=starts.latest) for limit in unite(stating, (), starts.latest, None)),
        provisional=False,
        practice=verdict.ruling.practice,
    )


def _crosses(stretch: Stretch, position: Position) -> bool:
    return (position.until is None or stretch.first < position.until) and (
        stretch.until is None or position.first_day < stretch.until
    )


def _is_contested(position: Position, stretches: Sequence[Stretch]) -> bool:
    return any(
        stretch.line == position.line and stretch.outcome is not Outcome.SETTLED and _crosses(stretch, position)
        for stretch in stretches
    )


def _inside(stretch: Stretch, positions: Sequence[Position]) -> list[Stretch]:
    """A stretch clipped to the positions of its line that it crosses: one piece for each."""
    return [
        _clipped(stretch, position)
        for position in positions
        if position.line == stretch.line and _crosses(stretch, position)
    ]


def _clipped(stretch: Stretch, position: Position) -> Stretch:
    ends = [day for day in (stretch.until, position.until) if day]
    return replace(stretch, first=max(stretch.first, position.first_day), until=min(ends) if ends else None)
