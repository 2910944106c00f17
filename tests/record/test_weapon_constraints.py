"""What the database refuses of weapons and places, whoever asks."""

from collections.abc import Callable
from typing import Any

import pytest

from restrictions.domain.vocabulary import WeaponKind
from restrictions.models import Country, Region, Weapon
from tests.record.refusal import why_refused
from tests.record.rows import make_weapon
from tests.record.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_weapon_cannot_be_its_own_class() -> None:
    def climb(code: str, parent: str) -> Callable[[], Any]:
        return lambda: Weapon.objects.filter(code=code).update(parent_id=parent)

    assert "would be its own class" in why_refused(climb("atacms", "atacms"))
    assert "would be its own class" in why_refused(climb("long_range", "ballistic_missile"))
    assert "would be its own class" in why_refused(climb("long_range", "atacms"))
    assert climb("atacms", "long_range")() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_that_would_close_a_cycle_one_is_refused() -> None:
    one, other = Weapon.objects.filter(code="atacms"), Weapon.objects.filter(code=make_weapon("himars").code)
    failed, stored = at_once(lambda: one.update(parent="himars"), lambda: other.update(parent="atacms"))
    assert "would be its own class" in failed
    assert stored == "stored"


def test_a_cycle_of_weapons_not_yet_stored_is_refused() -> None:
    def store_cycle() -> None:
        make_weapon("a", parent_id="b")
        make_weapon("b", parent_id="a")

    assert "would be its own class" in why_refused(store_cycle)


@pytest.mark.parametrize(
    "values",
    [{"code": "other", "parent_id": None}, {"code": "other", "kind": WeaponKind.ANY.value}],
)
def test_only_any_has_no_class(values: dict[str, Any]) -> None:
    assert "weapon_only_any_has_no_class" in why_refused(lambda: make_weapon(**values))


def test_codes_of_places_have_their_shape() -> None:
    assert "country_code_is_two_capitals" in why_refused(lambda: Country.objects.create(code="us"))
    assert "region_code_is_iso_3166_2" in why_refused(
        lambda: Region.objects.create(code="Kharkiv"[:6], country_id="UA")
    )
