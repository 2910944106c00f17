"""Writing reference data: countries, regions, the codebook's weapons, the starter list of feeds."""

from collections.abc import Sequence

from django.db import transaction

from restrictions.actions.feeds import load_feeds
from restrictions.models import Country, Region, Weapon
from restrictions.reference.countries import load_countries
from restrictions.reference.regions import load_regions
from restrictions.reference.weapons import load_weapons


def load_reference() -> dict[str, int]:
    """Add what is missing and mend names; gives the number of rows by table. Running it again changes nothing.

    Countries and regions that an editor has changed stay so; all weapons and feeds that are held stay as they were
    left, and new ones are added.
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


def _write_names(model: type[Country] | type[Region], rows: Sequence[Country | Region]) -> None:
    by_hand = model.pgh_event_model.objects.filter(pgh_context__isnull=False)  # type: ignore[union-attr]  # pghistory's
    kept = set(by_hand.values_list("code", flat=True))
    model._default_manager.bulk_create(
        [row for row in rows if row.code not in kept],  # type: ignore[misc]  # rows of that model
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
