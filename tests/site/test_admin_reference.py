"""Reference data at the desk: editors change it with a reason and the plan first; what others rest on stays."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from restrictions.actions.curators import ensure_admins_group, ensure_editors_group
from restrictions.models import Country, Region, Revision, Weapon
from tests.record.rows import make_reference, make_weapon
from tests.record.standing import history
from tests.site.desk_rows import a_record, make_curator

pytestmark = pytest.mark.django_db

TYPED = {"name": "ATACMS", "kind": "system", "parent": "ballistic_missile", "aliases": "", "makers": "US"}


@pytest.fixture
def anna(db: None) -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    anna = make_curator("anna", first_name="Anna")
    a_record(anna)
    return anna


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(anna: User) -> Client:
    editor = User.objects.create_user("edda", is_staff=True)
    editor.groups.add(ensure_editors_group(), ensure_admins_group())
    return signed_in(editor)


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def page(code: str) -> str:
    return reverse("admin:restrictions_weapon_change", args=[code])


def sent(desk: Client, where: str, do: str, **typed: Any) -> str:
    response = desk.post(where, {**TYPED, "reason": "A better source", "do": do, **typed}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def mark_on(markup: str) -> str:
    found = re.search(r'name="seen" value="(\w*)"', markup)
    assert found
    return found.group(1)


def test_a_new_alias_needs_one_press(desk: Client) -> None:
    seen = mark_on(desk.get(page("atacms")).content.decode())
    said = plain(sent(desk, page("atacms"), "save", seen=seen, aliases="MGM-140, army missile"))
    assert "Saved. No position says anything else than before." in said
    assert Weapon.objects.get(pk="atacms").aliases == ["MGM-140", "army missile"]
    assert Revision.objects.latest("id").reason == "A better source"


def test_another_class_shows_its_plan_before_anything_is_written(desk: Client, anna: User) -> None:
    make_weapon("glide_bomb", kind="class")
    before = history()
    seen = mark_on(desk.get(page("long_range")).content.decode())
    typed = {"name": "Long range", "kind": "class", "parent": "glide_bomb", "makers": ""}
    markup = sent(desk, page("long_range"), "plan", **typed)
    assert "Nothing in the record" in plain(markup)
    assert history() == before
    assert "Nothing is written yet." in plain(sent(desk, page("long_range"), "save", seen=seen, **typed))
    sent(desk, page("long_range"), "save", seen=mark_on(markup), **typed)
    assert Weapon.objects.get(pk="long_range").parent_id == "glide_bomb"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"parent": "atacms"}, "Select a valid choice"),
        ({"makers": "ZZ"}, "The list of countries has no ZZ."),
        ({"reason": ""}, "say why"),
        ({"range_km": "-3"}, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed: dict[str, str], sentence: str, desk: Client) -> None:
    markup = sent(desk, page("atacms"), "save", **typed)
    assert sentence in plain(markup)
    assert "field-faulty" in markup
    assert not Revision.objects.filter(reason="A better source").exists()


def test_a_weapon_comes_in_and_goes_again(desk: Client) -> None:
    add = reverse("admin:restrictions_weapon_add")
    typed = {"code": "kh101", "name": "Kh-101", "parent": "long_range"}
    markup = sent(desk, add, "save", **typed)
    assert "Nothing is written yet." in plain(markup)
    sent(desk, add, "save", seen=mark_on(markup), **typed)
    assert Weapon.objects.get(pk="kh101").name == "Kh-101"
    delete = reverse("admin:restrictions_weapon_delete", args=["kh101"])
    assert "Deleting needs its reason" in plain(desk.post(delete, {"post": "yes"}, follow=True).content.decode())
    assert Weapon.objects.filter(pk="kh101").exists()
    desk.post(delete, {"post": "yes", "reason": "Entered twice"})
    assert not Weapon.objects.filter(pk="kh101").exists()


@pytest.mark.parametrize(
    ("model", "code", "expected"),
    [
        ("weapon", "any", ("1 settlement", "1 weapon", "long_range")),
        ("country", "RU", ("claims", "versions of positions")),
        ("region", "UA-63", ("1 claim",)),
    ],
)
def test_what_others_rest_on_stays_with_the_list_of_what_rests_on_it(
    model: str, code: str, expected: tuple[str, ...], desk: Client
) -> None:
    where = reverse(f"admin:restrictions_{model}_delete", args=[code])
    for response in (desk.get(where), desk.post(where, {"post": "yes", "reason": "Away with it"})):
        words = plain(response.content.decode())
        assert "something rests on it" in words
        for label in expected:
            assert label in words
    found = {"weapon": Weapon, "country": Country, "region": Region}[model]
    assert found._default_manager.filter(pk=code).exists()


def test_a_curator_who_decided_stays(desk: Client, anna: User) -> None:
    where = reverse("admin:auth_user_delete", args=[anna.pk])
    words = plain(desk.post(where, {"post": "yes", "reason": "Left"}).content.decode())
    assert "“anna” stays: something rests on it" in words
    assert "1 settlement" in words
    assert "1 claim" in words
    assert User.objects.filter(pk=anna.pk).exists()


def test_a_country_gets_another_name_with_a_reason(desk: Client) -> None:
    where = reverse("admin:restrictions_country_change", args=["UA"])
    rows = {"regions-TOTAL_FORMS": "0", "regions-INITIAL_FORMS": "0"}
    typed = {"name_en": "Ukraina", "name_fr": "Ukraine", **rows}
    assert "say why" in plain(desk.post(where, typed).content.decode())
    desk.post(where, {**typed, "reason": "As it says itself"})
    assert Country.objects.get(pk="UA").name_en == "Ukraina"
    region = reverse("admin:restrictions_region_change", args=["UA-63"])
    desk.post(region, {"country": "UA", "name_en": "Kharkiv oblast", "name_fr": "Kharkiv", "reason": "In full"})
    assert Region.objects.get(pk="UA-63").name_en == "Kharkiv oblast"
    log = plain(desk.get(reverse("admin:restrictions_entry_changelist"), {"who": "edda"}).content.decode())
    assert "English name Ukraine → Ukraina" in log
    assert "English name Kharkiv → Kharkiv oblast In full" in log


def test_who_may_only_look_sees_every_field_and_no_button(anna: User) -> None:
    markup = signed_in(anna).get(page("atacms")).content.decode()
    assert "ballistic_missile" in markup
    assert 'name="seen"' not in markup
    assert "Save" not in plain(markup)
