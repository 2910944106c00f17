"""The weapons as the record holds them now."""

from restrictions.domain.weapons import WeaponTree
from restrictions.models import Weapon


def recorded_tree() -> WeaponTree:
    """The tree that derivation and resolution climb, curators' additions included. One query."""
    return WeaponTree.of(weapon.node for weapon in Weapon.objects.all())
