"""The codes that the record knows, with their names in the reader's language, and which of them it holds rows for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count
from django.utils.translation import get_language

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Track, WeaponKind
from restrictions.domain.weapons import ANY, WeaponNode, WeaponTree
from restrictions.models import Country, Region, Weapon
from restrictions.queries.held import rows_held_at
from restrictions.queries.past import rows_known_at
from restrictions.queries.stamps import RecordStamp, record_stamp
from restrictions.reference.names import load_names
from restrictions.words import unaccented


@dataclass(frozen=True, slots=True)
class Codes:
    """Names by code, and the weapon tree."""

    countries: Mapping[str, str]
    regions: Mapping[str, str]
    weapons: Mapping[str, str]
    tree: WeaponTree

    def in_tree_order(self, weapons: Iterable[str]) -> list[tuple[str, int]]:
        """Weapons in general, then each class before its systems, by name; each with how deep it stands in the tree."""
        classes = {weapon: self._classes(weapon) for weapon in {ANY, *weapons} & self.weapons.keys()}
        by_name = sorted(classes, key=lambda weapon: [unaccented(self.weapons[step]) for step in classes[weapon]])
        return [(weapon, len(classes[weapon])) for weapon in by_name]

    def _classes(self, weapon: str) -> list[str]:
        """The classes down to the weapon, without `any`, under which everything stands."""
        found: list[str] = []
        at: str | None = weapon
        while at is not None and at != ANY:
            found.insert(0, at)
            at = self.tree.nodes[at].parent
        return found


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the record holds rows for: suppliers, weapons and territories by recipient, the commonest first."""

    suppliers: Mapping[str, tuple[str, ...]]
    weapons: Mapping[str, tuple[str, ...]]
    territories: Mapping[str, tuple[str, ...]]

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(self.suppliers)

    def main_territory(self, recipient: str) -> str:
        """The territory that most rules of use towards this recipient are about; empty where there is none."""
        return next(iter(self.territories.get(recipient, ())), "")


def known_codes(clock: Clock = NOW) -> Codes:
    """Every code with its name, by this clock: three queries; one where the same past was asked for before."""
    language = (get_language() or "en").partition("-")[0]
    if clock.instant is None:
        return _codes(None, language)
    return _past_codes(clock.instant, language, record_stamp(clock.instant).revision)


@lru_cache(maxsize=32)
def _past_codes(instant: datetime, language: str, _revision: int) -> Codes:
    """The codes of a day that is over: nothing can change them any more."""
    return _codes(instant, language)


def _codes(instant: datetime | None, language: str) -> Codes:
    column = "name_fr" if language == "fr" else "name_en"
    weapons = list(rows_known_at(Weapon, instant).values_list("code", "name", "kind", "parent_id", "long_range"))
    names = {code: name for code, name, *_ in weapons}
    countries = dict(rows_known_at(Country, instant).values_list("code", column))
    regions = dict(rows_known_at(Region, instant).values_list("code", column))
    listed, own = load_names(language if column == "name_fr" else "en"), load_names(language)
    return Codes(
        countries=_in_language(countries, listed.countries, own.countries),
        regions=_in_language(regions, listed.regions, own.regions),
        weapons=_in_language(names, load_names("en").weapons, own.weapons),
        tree=WeaponTree.of(
            WeaponNode(code, WeaponKind(kind), parent, long_range) for code, _, kind, parent, long_range in weapons
        ),
    )


def _in_language(held: Mapping[str, str], listed: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """The names held, in the reader's language where curators have left them as the reference lists have them."""
    return {code: own[code] if listed.get(code) == name else name for code, name in held.items()}


def holdings(clock: Clock = NOW) -> Holdings:
    """What the record holds rows for, by this clock: one query; two where it has changed since it was last asked."""
    stamp = record_stamp(clock.instant)
    return _holdings(stamp.instant if clock.instant else None, stamp)


@lru_cache(maxsize=64)
def _holdings(instant: datetime | None, _stamp: RecordStamp) -> Holdings:
    """What one revision holds rows for, which stays true of it."""
    columns = ("recipient_id", "supplier_id", "weapon_id", "track", "territory")
    lines = rows_held_at(instant).order_by().values_list(*columns).annotate(count=Count("*"))
    suppliers: dict[str, set[str]] = {}
    weapons: dict[str, set[str]] = {}
    territories: dict[str, Counter[str]] = {}
    for recipient, supplier, weapon, track, territory, count in lines:
        suppliers.setdefault(recipient, set()).add(supplier)
        weapons.setdefault(recipient, set()).add(weapon)
        if track == Track.USE:
            territories.setdefault(recipient, Counter())[territory] += count
    return Holdings(
        suppliers={recipient: tuple(sorted(codes)) for recipient, codes in sorted(suppliers.items())},
        weapons={recipient: tuple(sorted(codes)) for recipient, codes in sorted(weapons.items())},
        territories={
            recipient: tuple(sorted(count, key=lambda code: (-count[code], code)))
            for recipient, count in territories.items()
        },
    )
