"""The weapons as the record holds them."""

from dataclasses import dataclass
from datetime import datetime

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import WeaponNode, WeaponTree
from restrictions.models import Weapon
from restrictions.queries.past import rows_known_at


@dataclass(frozen=True, slots=True)
class WeaponFacts:
    """What the reference list says of a weapon. ``makers`` are country codes."""

    kind: WeaponKind
    range_km: int | None
    aliases: tuple[str, ...]
    makers: tuple[str, ...]


def recorded_tree(instant: datetime | None = None) -> WeaponTree:
    """The tree that derivation and resolution climb, curators' additions included; then, or now. One query."""
    rows = rows_known_at(Weapon, instant).values_list("code", "kind", "parent_id", "long_range")
    return WeaponTree.of(WeaponNode(code, WeaponKind(kind), parent, far) for code, kind, parent, far in rows)


def weapon_facts(clock: Clock = NOW) -> dict[str, WeaponFacts]:
    """What is known of every weapon by itself, by code and by this clock. One query."""
    rows = rows_known_at(Weapon, clock.instant).values_list("code", "kind", "range_km", "aliases", "makers")
    return {
        code: WeaponFacts(WeaponKind(kind), range_km, tuple(aliases), tuple(makers))
        for code, kind, range_km, aliases, makers in rows
    }
