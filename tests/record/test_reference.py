"""Reference data is loaded whole, again without change, and never over a curator's weapons."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from restrictions.actions.reference import load_reference
from restrictions.domain.vocabulary import WeaponKind
from restrictions.models import Country, Region, Weapon
from restrictions.queries.weapons import recorded_tree
from restrictions.reference.weapons import load_weapons, weapon_tree
from tests.record.standing import history
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db


def rows() -> list[object]:
    return [list(model._default_manager.order_by("code").values()) for model in (Country, Region, Weapon)]


def test_countries_regions_and_weapons_are_there_with_their_names() -> None:
    counts = load_reference()
    assert counts == {"countries": 249, "regions": Region.objects.count(), "weapons": len(load_weapons()), "feeds": 25}
    kharkiv = Region.objects.get(code="UA-63")
    assert (kharkiv.country_id, kharkiv.name_en, kharkiv.name_fr) == ("UA", "Kharkiv", "Kharkiv")
    assert Country.objects.get(code="DE").name_fr == "Allemagne"
    atacms = Weapon.objects.get(code="atacms")
    assert (atacms.parent_id, atacms.kind, atacms.makers) == ("ballistic_missile", WeaponKind.SYSTEM, ["US"])
    assert recorded_tree() == weapon_tree()


def test_loading_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    load_reference()
    before, trail = rows(), history()
    call_command("load_reference")
    assert (rows(), history()) == (before, trail)
    assert "0 weapons and 0 feeds are new" in capsys.readouterr().out


def test_names_are_mended_and_curators_weapons_stay_as_they_are() -> None:
    load_reference()
    Country.objects.filter(code="UA").update(name_fr="Oukraine")
    Weapon.objects.filter(code="atacms").update(name="ATACMS M39", range_km=165)
    Weapon.objects.create(code="fp5", name="FP-5", kind=WeaponKind.SYSTEM.value, parent_id="cruise_missile")
    Weapon.objects.get(code="javelin").delete()
    assert load_reference()["weapons"] == 1
    assert Country.objects.get(code="UA").name_fr == "Ukraine"
    atacms = Weapon.objects.get(code="atacms")
    assert (atacms.name, atacms.range_km) == ("ATACMS M39", 165)
    assert Weapon.objects.filter(code__in=["fp5", "javelin"]).count() == 2


@pytest.mark.parametrize("table", ["region", "weapon", "weaponevent"])
def test_reference_data_that_cannot_be_written_whole_is_not_written(table: str) -> None:
    break_writes(table)
    with pytest.raises(IntegrityError, match="the disk is full"):
        load_reference()
    assert rows() == [[], [], []]


def test_the_starter_record_asks_for_what_it_names() -> None:
    with pytest.raises(CommandError, match="load_reference first"):
        call_command("load_starter")
