"""The third clock: what follows from the claims that had been published by a day, whenever we took them in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from restrictions.domain.claims import Claim, FirstUse
from restrictions.domain.clock import Clock
from restrictions.domain.derivation import derive
from restrictions.domain.matching import match
from restrictions.domain.positions import Position, Record, together
from restrictions.domain.reporting import published_by, seen_by
from restrictions.domain.weapons import WeaponTree
from restrictions.queries.claims import Pair, claims_towards, uses_towards
from restrictions.queries.evidence import showcase_of
from restrictions.queries.held import Held, Shown, positions_recorded
from restrictions.queries.redactions import last_redaction
from restrictions.queries.stamps import record_stamp
from restrictions.queries.weapons import recorded_tree


def positions_reported(recipient: str, *, clock: Clock) -> dict[int, Held]:
    """All positions towards a recipient that follow from what had been published by the clock's ``reported``.

    Each has the id of the recorded position that it became, as known by the clock; one that became none has a number
    below zero. Derived once for each recipient, day and revision: two queries where it is remembered, else eight.
    """
    return _derived_once(recipient, clock, record_stamp(clock.instant).revision, last_redaction())


@lru_cache(maxsize=64)
def _derived_once(recipient: str, clock: Clock, _revision: int, _redaction: int) -> dict[int, Held]:
    recorded = positions_recorded(recipient, clock=replace(clock, reported=None))
    claims, uses = claims_towards(recipient, clock.instant), uses_towards(recipient, clock.instant)
    weapons = recorded_tree(clock.instant)
    day = clock.reported or date.max
    record = together(_derived(pair, claims[pair], uses, weapons, day) for pair in sorted(claims))
    showcase = showcase_of(record, weapons, _frozen(recorded.values()))
    numbered = _numbered(recorded, record.positions)
    return {number: Held(position, showcase.shown(position)) for number, position in numbered}


def _derived(
    pair: Pair, claims: Iterable[Claim], uses: Mapping[Pair, list[FirstUse]], weapons: WeaponTree, day: date
) -> Record:
    """What one supplier's claims gave by then. Rulings are left out: they know what came later."""
    return derive(published_by(claims, day), weapons=weapons, uses=seen_by(uses.get(pair, ()), day))


def _frozen(held: Iterable[Held]) -> dict[str, Shown]:
    """The claims as the recorded positions show them: the same quotes, sources and clusters on every clock."""
    return {key: claim for item in held for key, claim in item.shown["claims"].items()}


def _numbered(recorded: Mapping[int, Held], derived: Sequence[Position]) -> Iterator[tuple[int, Position]]:
    """Each derived position with the id of the recorded one that shares most evidence with it, each id once."""
    number_of = {id(held.position): number for number, held in recorded.items()}
    without = -1
    for line in sorted({position.line for position in derived}):
        before = [held.position for held in recorded.values() if held.position.line == line]
        for old, new in match(before, [position for position in derived if position.line == line]):
            if new is None:
                continue
            if old is None:
                number, without = without, without - 1
            else:
                number = number_of[id(old)]
            yield number, new
