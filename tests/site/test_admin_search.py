"""Search everywhere: what is found, and that nobody finds what they may not see."""

import html
import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from restrictions.actions.curators import ensure_admins_group
from restrictions.models import Region, Weapon
from restrictions.rights import CURATORS
from tests.record.rows import make_reference, make_weapon
from tests.site.desk_rows import a_record, make_curator

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db: None) -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    Weapon.objects.filter(pk="atacms").update(name="ATACMS", aliases=["army tactical missile"])
    anna = make_curator("anna")
    a_record(anna)
    return anna


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def found(client: Client, words: str) -> list[str]:
    """What the search shows, as “title • kind”."""
    markup = client.get(reverse("admin:search"), {"s": words, "extended": "1"}).content.decode()
    rows = re.findall(r"<a\b.*?</a>", markup, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("army tactical", "ATACMS • Weapon"),
        ("UA-63", "Kharkiv • Region"),
        ("Ukraine", "Ukraine • Country"),
        ("now lets Ukraine fire", "• Claim"),
        ("so we read it", "• Settlement"),
        ("weapons", "Weapons •"),
        ("Dispatch 0", "• Dispatch"),
    ],
)
def test_rows_are_found_by_code_name_alias_and_words(words: str, expected: str, anna: User) -> None:
    assert any(expected in line for line in found(signed_in(anna), words))


def test_every_list_can_be_searched(anna: User) -> None:
    client = signed_in(anna)
    for name in ("weapon", "country", "region", "claim", "mark", "position", "settlement", "dispatch", "revision"):
        markup = client.get(reverse(f"admin:restrictions_{name}_changelist")).content.decode()
        assert 'id="searchbar"' in markup, name


def test_nobody_finds_what_they_may_not_see(anna: User) -> None:
    assert not any("User" in line for line in found(signed_in(anna), "anna"))
    anna.groups.add(ensure_admins_group())
    client = signed_in(User.objects.get(pk=anna.pk))
    assert any("anna • User" in line for line in found(client, "anna"))
    anna.groups.set(Group.objects.filter(name=CURATORS))
    assert not any("User" in line for line in found(client, "anna"))
    assert not found(signed_in(User.objects.create_user("nobody", is_staff=True)), "ATACMS")


def test_nothing_typed_finds_nothing(anna: User) -> None:
    client = signed_in(anna)
    assert found(client, " ") == []
    assert "No results" in client.get(reverse("admin:search"), {"s": "zzz", "extended": "1"}).content.decode()


def test_many_hits_cost_no_more_and_show_the_first_few(
    anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(anna)
    found(client, "glide")
    with django_assert_max_num_queries(40) as few:
        found(client, "glide")
    for number in range(20):
        make_weapon(f"glide_{number}")
    with django_assert_max_num_queries(40) as many:
        assert len(found(client, "glide")) == 5
    assert len(many) <= len(few)
