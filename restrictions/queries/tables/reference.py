"""Reference data as tables: countries, regions, weapons."""

import re
from typing import Any

from django.utils.translation import gettext
from tablib import Dataset

from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import ANY
from restrictions.models import Country, Region, Weapon
from restrictions.queries.tables.cells import Code, Codes, Column, Flag, Names, Number
from restrictions.queries.tables.table import Faults, Table


class CountryTable(Table):
    """States by code."""

    code = Column("code", Code())
    name_en = Column("name_en")
    name_fr = Column("name_fr")

    class Meta:
        model = Country
        fields = ("code", "name_en", "name_fr")
        import_id_fields = ("code",)

    def refused(self, row: Any) -> Faults:
        if re.fullmatch("[A-Z]{2}", row.code):
            return {}
        return {"code": gettext("A country's code is two capital letters, such as UA.")}


class RegionTable(Table):
    """Parts of states by code."""

    code = Column("code", Code())
    country = Column("country_id", Code())
    name_en = Column("name_en")
    name_fr = Column("name_fr")

    class Meta:
        model = Region
        fields = ("code", "country", "name_en", "name_fr")
        import_id_fields = ("code",)

    def refused(self, row: Any) -> Faults:
        if re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", row.code):
            return {}
        return {"code": gettext("A region's code is its country's, a hyphen and a part, such as UA-63.")}


class WeaponTable(Table):
    """Weapons, their classes and what texts call them."""

    code = Column("code", Code())
    name = Column("name")
    kind = Column("kind", Code())
    parent = Column("parent_id", Code(unknown=True))
    long_range = Column("long_range", Flag())
    range_km = Column("range_km", Number())
    aliases = Column("aliases", Names())
    makers = Column("makers", Codes())

    class Meta:
        model = Weapon
        fields = ("code", "name", "kind", "parent", "long_range", "range_km", "aliases", "makers")
        import_id_fields = ("code",)

    def prepare(self, dataset: Dataset) -> None:
        """A class may stand in the same file as its weapons."""
        told = {row["code"].strip(): row.get("parent") for row in dataset.dict}
        self.also_known = {"weapon": set(told)}
        held = dict(Weapon.objects.values_list("code", "parent_id"))
        self._parents = held | {code: parent.strip() or None for code, parent in told.items() if parent is not None}

    def refused(self, row: Any) -> Faults:
        faults = self.unknown_codes("makers", row.makers, "country")
        if not re.fullmatch("[a-z0-9_]{1,40}", row.code):
            faults["code"] = gettext("A weapon's code is of small letters, digits and _, such as storm_shadow.")
        if (row.kind == WeaponKind.ANY) != (row.code == ANY) or (row.code == ANY) != (row.parent_id is None):
            faults["parent"] = gettext("Every weapon has a class, only “any” has none.")
        elif self._is_its_own_class(row.code):
            faults["parent"] = gettext("The weapon would be its own class.")
        return faults

    def _is_its_own_class(self, code: str) -> bool:
        at, climbed = self._parents.get(code), set()
        while at and at not in climbed and at != code:
            climbed.add(at)
            at = self._parents.get(at)
        return at == code
