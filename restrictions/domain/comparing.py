"""What differs between two states of the rules: two days, two suppliers, or two states of knowledge."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from restrictions.domain.positions import Confines, Position, of_suppliers
from restrictions.domain.resolution import Answer, Rules
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.weapons import ANY, WeaponTree

_SAYS_NOTHING = frozenset({None, Status.UNSTATED})


class Difference(StrEnum):
    """How the second side differs from the first. ``appears`` and ``vanishes``: only one of them says anything."""

    MORE = "more"
    LESS = "less"
    LIMITS = "limits"
    APPEARS = "appears"
    VANISHES = "vanishes"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing on which two sides differ: what answers on each for a weapon, and how the second differs."""

    supplier: str
    weapon: str
    track: Track
    first: Answer
    second: Answer
    difference: Difference


Key = tuple[str, str, Track]
"""A supplier, a weapon and a track."""


def answers(positions: Iterable[Position], weapons: WeaponTree, *, territory: str, on: date) -> dict[Key, Answer]:
    """What answers on a day for each weapon that a supplier's positions name, on use and on supply."""
    found: dict[Key, Answer] = {}
    for supplier, own in of_suppliers(positions).items():
        rules = Rules(own, weapons, territory=territory)
        for weapon in {ANY, *(position.line.weapon for position in own)}:
            found[supplier, weapon, Track.USE] = rules.use(weapon, on)
            found[supplier, weapon, Track.SUPPLY] = rules.supply(weapon, on)
    return found


def of_supplier(found: Mapping[Key, Answer], supplier: str) -> dict[Key, Answer]:
    """The answers of one supplier, with nobody's name, so that two suppliers can be laid side by side."""
    return {("", weapon, track): answer for (who, weapon, track), answer in found.items() if who == supplier}


def differing(first: Mapping[Key, Answer], second: Mapping[Key, Answer]) -> list[Pair]:
    """What differs, in the order of suppliers, tracks and weapons.

    A weapon that merely follows a wider rule on both sides is left out: the wider rule says it.
    """
    found = [_pair(key, first.get(key, Answer()), second.get(key, Answer())) for key in {*first, *second}]
    return sorted(filter(None, found), key=lambda pair: (pair.supplier, pair.track, pair.weapon))


def _pair(key: Key, first: Answer, second: Answer) -> Pair | None:
    supplier, weapon, track = key
    if not any(answer.position and answer.level == weapon for answer in (first, second)):
        return None
    difference = _difference(first, second, track)
    return Pair(supplier, weapon, track, first, second, difference) if difference else None


def _difference(first: Answer, second: Answer, track: Track) -> Difference | None:
    if first.status is second.status:
        return None if _confined(first) == _confined(second) else Difference.LIMITS
    if track is Track.USE and {first.status, second.status} <= _SAYS_NOTHING:
        return None
    if first.status is None or second.status is None:
        return Difference.APPEARS if first.status is None else Difference.VANISHES
    return _direction(first.status.rank(track), second.status.rank(track))


def _direction(first: int | None, second: int | None) -> Difference:
    if first is None or second is None:
        return Difference.OTHER
    return Difference.MORE if second > first else Difference.LESS


def _confined(answer: Answer) -> frozenset[Confines]:
    return frozenset(limit.confines for limit in answer.position.limits) if answer.position else frozenset()
