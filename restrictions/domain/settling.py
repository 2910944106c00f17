"""What a curator's settlement does to the positions and stretches of its line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from restrictions.domain.claims import Settlement
from restrictions.domain.days import exact
from restrictions.domain.positions import Outcome, Position, Stretch


def settle(
    positions: list[Position], stretches: list[Stretch], settlements: Iterable[Settlement]
) -> tuple[list[Position], list[Stretch]]:
    """Apply the rulings in the order of their days: contested stretches are settled, and the status ruled holds.

    Days on which nothing is in force stay so: a settlement decides between sides, it does not make a position.
    """
    for ruling in sorted(settlements, key=lambda item: (item.first, item.key)):
        stretches = [_settled(stretch, ruling) for stretch in stretches]
        positions = [piece for position in positions for piece in _ruled(position, ruling, positions, stretches)]
    positions = [replace(position, contested=_is_contested(position, stretches)) for position in positions]
    return positions, [piece for stretch in stretches for piece in _inside(stretch, positions)]


def _overlap(first: date, until: date | None, ruling: Settlement) -> bool:
    return first < ruling.until and (until is None or ruling.first < until)


def _settled(stretch: Stretch, ruling: Settlement) -> Stretch:
    if stretch.line != ruling.line or not _overlap(stretch.first, stretch.until, ruling):
        return stretch
    until = stretch.until or max(ruling.until, ruling.first)
    return replace(stretch, outcome=Outcome.SETTLED, settlement=ruling.key, until=until)


def _ruled(
    position: Position, ruling: Settlement, positions: list[Position], stretches: list[Stretch]
) -> list[Position]:
    """A position as it stands after a ruling: whole, or cut where the other status holds."""
    if position.line != ruling.line or not _overlap(position.first_day, position.until, ruling):
        return [position]
    if position.status is ruling.status:
        return [replace(position, practice=ruling.practice or position.practice)]
    evidence = _evidence_for(ruling, positions, stretches)
    if not evidence:
        return [position]
    return _cut(position, ruling, evidence)


def _evidence_for(ruling: Settlement, positions: list[Position], stretches: list[Stretch]) -> tuple[str, ...]:
    """The claims for the status ruled: the challengers of what was settled, else the next position's."""
    challengers = [
        key
        for stretch in stretches
        if stretch.settlement == ruling.key and stretch.challenger is ruling.status
        for key in stretch.challenger_claims
    ]
    neighbours = [
        key
        for position in positions
        if position.line == ruling.line and position.status is ruling.status and position.first_day == ruling.until
        for key in position.evidence
    ]
    return tuple(dict.fromkeys(challengers or neighbours))


def _cut(position: Position, ruling: Settlement, evidence: tuple[str, ...]) -> list[Position]:
    first = max(position.first_day, ruling.first)
    goes_on = position.until is None or ruling.until < position.until
    pieces = []
    if position.first_day < first:
        pieces.append(replace(position, ends=exact(first), last_confirmed=min(position.last_confirmed, first)))
    middle = replace(
        position,
        status=ruling.status,
        starts=exact(first) if first > position.first_day else position.starts,
        ends=exact(ruling.until) if goes_on else position.ends,
        evidence=evidence,
        limits=(),
        provisional=False,
        practice=ruling.practice,
    )
    pieces.append(middle)
    if goes_on:
        pieces.append(replace(position, starts=exact(ruling.until), open_start=False))
    return pieces


def _is_contested(position: Position, stretches: list[Stretch]) -> bool:
    return any(
        stretch.line == position.line
        and stretch.outcome is not Outcome.SETTLED
        and (position.until is None or stretch.first < position.until)
        and (stretch.until is None or position.first_day < stretch.until)
        for stretch in stretches
    )


def _inside(stretch: Stretch, positions: list[Position]) -> list[Stretch]:
    """A stretch clipped to the positions of its line that it crosses: one piece for each."""
    pieces = []
    for position in positions:
        if position.line != stretch.line:
            continue
        first = max(stretch.first, position.first_day)
        ends = [day for day in (stretch.until, position.until) if day]
        until = min(ends) if ends else None
        if until is None or first < until:
            pieces.append(replace(stretch, first=first, until=until))
    return pieces
