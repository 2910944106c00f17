"""Writing reference data: countries, regions, the codebook's weapons, the starter list of feeds."""

from django.db import models, transaction

from restrictions.actions.feeds import load_feeds
from restrictions.models import Country, Region, Weapon
from restrictions.reference.countries import load_countries
from restrictions.reference.regions import load_regions
from restrictions.reference.weapons import load_weapons


def load_reference() -> dict[str, int]:
    """Add what is missing and mend names; gives the number of rows by table. Running it again changes nothing.

    Weapons and feeds that are held already stay as they were left; new ones are added.
    """
    with transaction.atomic():
        countries = [Country(code=row.code, name_en=row.name_en, name_fr=row.name_fr) for row in load_countries()]
        _write_names(Country, countries)
        regions = [
            Region(code=row.code, country_id=row.country, name_en=row.name_en, name_fr=row.name_fr)
            for row in load_regions()
        ]
        _write_names(Region, regions)
        added = _add_weapons()
        feeds = load_feeds()
    return {"countries": len(countries), "regions": len(regions), "weapons": added, "feeds": feeds}


def _write_names(model: type[models.Model], rows: list[Country] | list[Region]) -> None:
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_en", "name_fr"],
    )


def _add_weapons() -> int:
    held = set(Weapon.objects.values_list("code", flat=True))
    rows = [
        Weapon(
            code=row.code,
            name=row.name,
            kind=row.kind.value,
            parent_id=row.parent,
            long_range=row.long_range,
            range_km=row.range_km,
            aliases=list(row.aliases),
            makers=list(row.makers),
        )
        for row in load_weapons()
        if row.code not in held
    ]
    Weapon.objects.bulk_create(rows)
    return len(rows)
