"""The weapons as the record holds them."""

from datetime import datetime

from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import WeaponNode, WeaponTree
from restrictions.models import Weapon
from restrictions.queries.past import rows_known_at


def recorded_tree(instant: datetime | None = None) -> WeaponTree:
    """The tree that derivation and resolution climb, curators' additions included; then, or now. One query."""
    rows = rows_known_at(Weapon, instant).values_list("code", "kind", "parent_id", "long_range")
    return WeaponTree.of(WeaponNode(code, WeaponKind(kind), parent, far) for code, kind, parent, far in rows)
