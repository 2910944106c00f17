"""What another place of a weapon in the tree would change in the record, before anything is written."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from restrictions.domain.plan import Change, difference
from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import WeaponTree
from restrictions.models import Claim, Country, Position, Settlement, Weapon
from restrictions.queries.claims import Pair, claims_of_pairs, settlements_of_pairs
from restrictions.queries.derived import derived, inputs
from restrictions.queries.edits import Faults
from restrictions.queries.plans import PlanLine, lines_of
from restrictions.queries.weapons import recorded_tree

_CODE = re.compile(r"[a-z0-9_]{1,40}")


@dataclass(frozen=True, slots=True)
class WeaponPlan:
    """What saving a weapon so would change, and the mark of all that this follows from.

    ``pairs`` are those whose positions show something else then: another rule, another path, another name.
    """

    lines: tuple[PlanLine, ...]
    seen: str
    pairs: tuple[Pair, ...]


def weapon_plan(row: Weapon) -> WeaponPlan:
    """The plan of saving this weapon as it stands here. A constant number of queries."""
    before = recorded_tree()
    after = WeaponTree.of([*(node for code, node in before.nodes.items() if code != row.code), row.node])
    moved = {code for code in after.nodes if not before.known(code) or before.path(code) != after.path(code)}
    renamed = Weapon.objects.filter(pk=row.code).exclude(name=row.name).exists()
    pairs = _pairs_on(moved | ({row.code} if renamed else set()))
    claims, rulings = claims_of_pairs(pairs), settlements_of_pairs(pairs)
    changes: list[Change] = []
    digests = [repr(sorted(before.nodes.items())), repr(row.node)]
    for pair in pairs:
        old, new = (inputs(claims[pair], rulings[pair], tree) for tree in (before, after))
        changes += difference(derived(old), derived(new))
        digests += [old.digest, new.digest]
    return WeaponPlan(lines_of(changes), sha256("\n".join(digests).encode()).hexdigest(), tuple(pairs))


def _pairs_on(codes: Collection[str]) -> list[Pair]:
    """The pairs with a claim, a ruling or a position on any of these weapons: three queries, none for no weapon."""
    if not codes:
        return []
    models = (Claim.objects.accepted(), Settlement.objects.standing(), Position.objects.all())
    found = (rows.order_by().filter(weapon_id__in=codes).values_list("supplier_id", "recipient_id") for rows in models)
    return sorted({pair for rows in found for pair in rows.distinct()})


def weapon_faults(row: Weapon) -> Faults:
    """What the record would refuse in this weapon, by field: a few queries."""
    faults: Faults = {}
    if not _CODE.fullmatch(row.code or ""):
        faults["code"] = gettext("A code is small letters, digits and underscores, such as storm_shadow.")
    if not (row.name or "").strip():
        faults["name"] = gettext("A weapon needs a name.")
    faults |= _place_faults(row) | _spelling_faults(row)
    if unknown := sorted(set(row.makers) - set(Country.objects.values_list("code", flat=True))):
        faults["makers"] = gettext("The list of countries has no %(codes)s.") % {"codes": ", ".join(unknown)}
    return faults


def _place_faults(row: Weapon) -> Faults:
    """Classes stand above, systems below, “any” on top, and nothing stands above itself."""
    try:
        for constraint in Weapon._meta.constraints:
            constraint.validate(Weapon, row)
    except ValidationError as refused:
        return {"parent": refused.messages[0]}
    nodes = recorded_tree().nodes
    above, at = [], row.parent_id
    while at is not None and at not in above and at != row.code:
        above.append(at)
        at = nodes[at].parent if at in nodes else None
    if at is not None:
        return {"parent": gettext("So it would be its own class: %(way)s.") % {"way": " → ".join([*above, at])}}
    if row.parent_id in nodes and nodes[row.parent_id].kind is WeaponKind.SYSTEM:
        return {"parent": gettext("Its class has to be a class or “any”, not a system.")}
    return {}


def _spelling_faults(row: Weapon) -> Faults:
    """No spelling stands for two weapons, small or capital."""
    owners = {
        spelling.casefold(): other.name
        for other in Weapon.objects.exclude(pk=row.code)
        for spelling in (other.name, *other.aliases)
    }
    for field, spellings in (("name", [row.name or ""]), ("aliases", row.aliases)):
        for spelling in spellings:
            if owner := owners.get(spelling.casefold()):
                said = {"spelling": spelling, "owner": owner}
                return {field: gettext("“%(spelling)s” stands for %(owner)s already.") % said}
    return {}
