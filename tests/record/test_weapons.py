"""Editors keep the weapons: another class derives the record again; what others rest on stays."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from restrictions.actions.claims import accept_claims
from restrictions.actions.countries import save_country
from restrictions.actions.reference import load_reference
from restrictions.actions.seen import PlanChanged
from restrictions.actions.weapons import save_weapon
from restrictions.models import Country, Position, PositionVersion, Revision, Weapon
from restrictions.queries.edits import FaultyFields
from restrictions.queries.rests import what_rests_on
from restrictions.queries.weapon_plans import weapon_plan
from tests.record.rows import claim_row, day, make_curator, make_reference, make_weapon
from tests.record.standing import history, standing
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda(db: None) -> User:
    """An editor, over a record with a ban on long-range weapons that ends, and one on glide bombs that stays."""
    make_reference()
    make_weapon("glide_bomb", name="Glide bomb")
    editor = make_curator("edda")
    claims = [
        claim_row("general", weapon_id="long_range", **since(2023, 1, 1)),
        claim_row("narrow", weapon_id="glide_bomb", **since(2023, 2, 1)),
        claim_row("lifted", weapon_id="long_range", status="allowed", prior="banned", **since(2024, 5, 1)),
    ]
    for claim in claims:
        claim.save()
    accept_claims(claims=[claim.pk for claim in claims], by=editor, reason="a record to begin with")
    return editor


def since(*day_of: int) -> dict[str, Any]:
    return day("effective", date(*day_of)) | day("published", date(*day_of))


def moved(**changes: Any) -> Weapon:
    """The glide bomb with these columns, not saved."""
    row = Weapon.objects.get(pk="glide_bomb")
    for name, value in changes.items():
        setattr(row, name, value)
    return row


BEFORE = [
    "glide_bomb use: banned from 2023-02-01",
    "long_range use: banned from 2023-01-01 until 2024-05-01",
    "long_range use: allowed from 2024-05-01",
]


def test_another_class_is_planned_first_and_derives_again(edda: User) -> None:
    assert sorted(standing()) == sorted(BEFORE)
    row = moved(parent_id="long_range")
    plan = weapon_plan(row)
    assert sorted(standing()) == sorted(BEFORE)
    assert plan.pairs == (("US", "UA"),)
    assert "2024" in " ".join(sentence for line in plan.lines for sentence in line.sentences)
    revision = save_weapon(row=row, by=edda, reason="It is one", seen=plan.seen)
    assert "glide_bomb use: banned from 2023-02-01 until 2024-05-01" in standing()
    assert (revision.actor, revision.reason) == (edda, "It is one")
    assert Position.objects.get(weapon="glide_bomb").shown["path"] == ["glide_bomb", "long_range", "any"]


def test_a_weapon_on_which_nothing_was_said_changes_nothing(edda: User) -> None:
    before = PositionVersion.objects.count()
    row = Weapon(code="kh101", name="Kh-101", kind="system", parent_id="long_range")
    assert weapon_plan(row).lines == ()
    save_weapon(row=row, by=edda, reason="New")
    assert Weapon.objects.get(pk="kh101").parent_id == "long_range"
    assert PositionVersion.objects.count() == before


def test_a_new_name_shows_from_its_revision_on(edda: User) -> None:
    save_weapon(row=moved(name="Winged bomb"), by=edda, reason="As people say")
    names = [row.shown["names"]["glide_bomb"]["en"] for row in PositionVersion.objects.filter(weapon="glide_bomb")]
    assert sorted(names) == ["Glide bomb", "Winged bomb"]
    save_country(row=Country(code="UA", name_en="Ukraina", name_fr="Ukraine"), by=edda, reason="As people say")
    assert {row.shown["names"]["UA"]["en"] for row in Position.objects.all()} == {"Ukraina"}


def test_what_an_editor_changed_stays_when_the_program_brings_its_list(edda: User) -> None:
    save_country(row=Country(code="UA", name_en="Ukraina", name_fr="Ukraine"), by=edda, reason="As people say")
    load_reference()
    assert Country.objects.get(pk="UA").name_en == "Ukraina"
    assert Country.objects.get(pk="DE").name_en == "Germany"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"parent_id": "atacms"}, "parent", "not a system"),
        ({"parent_id": None}, "parent", "Every weapon has a class"),
        ({"code": "long_range", "parent_id": "ballistic_missile", "kind": "class"}, "parent", "its own class"),
        ({"name": " "}, "name", "needs a name"),
        ({"name": "ATACMS"}, "name", "stands for atacms already"),
        ({"aliases": ["Atacms"]}, "aliases", "stands for atacms already"),
        ({"makers": ["ZZ"]}, "makers", "no ZZ"),
        ({"code": "Glide bomb"}, "code", "small letters"),
    ],
)
def test_what_cannot_stand_is_refused_by_field(changes: dict[str, Any], field: str, sentence: str, edda: User) -> None:
    before = history()
    with pytest.raises(FaultyFields) as refused:
        save_weapon(row=moved(**changes), by=edda, reason="Why not")
    assert sentence in refused.value.faults[field]
    assert history() == before


def test_a_reason_and_the_plan_of_now_are_needed(edda: User) -> None:
    revisions = Revision.objects.count()
    with pytest.raises(ValueError, match="needs its reason"):
        save_weapon(row=moved(parent_id="long_range"), by=edda, reason=" ")
    with pytest.raises(ValueError, match="needs its reason"):
        save_country(row=Country.objects.get(pk="UA"), by=edda, reason=" ")
    with pytest.raises(PlanChanged), transaction.atomic():
        save_weapon(row=moved(parent_id="long_range"), by=edda, reason="It is one", seen=weapon_plan(moved()).seen)
    assert Revision.objects.count() == revisions


@pytest.mark.parametrize("table", ["weaponevent", "position"])
def test_nothing_stays_where_a_write_fails(table: str, edda: User) -> None:
    before = history()
    break_writes(table, "INSERT OR UPDATE")
    with pytest.raises(IntegrityError, match="disk is full"), transaction.atomic():
        save_weapon(row=moved(parent_id="long_range"), by=edda, reason="It is one")
    assert Weapon.objects.get(pk="glide_bomb").parent_id == "any"
    assert history() == before


def test_a_country_stays_as_it_was_where_a_write_fails(edda: User) -> None:
    break_writes("position", "UPDATE")
    with pytest.raises(IntegrityError, match="disk is full"), transaction.atomic():
        save_country(row=Country(code="UA", name_en="Ukraina", name_fr="Ukraine"), by=edda, reason="Spelling")
    assert Country.objects.get(pk="UA").name_en == "Ukraine"


def test_what_rests_on_a_row_is_counted_with_examples(edda: User) -> None:
    below = {rest.label: (rest.count, len(rest.examples)) for rest in what_rests_on(Weapon.objects.get(pk="any"))}
    assert below["weapons"] == (2, 2)
    found = {rest.label: rest.count for rest in what_rests_on(Country.objects.get(pk="RU"))}
    assert found["claims"] == 3
    assert found["versions of positions"] == PositionVersion.objects.count()
    assert not what_rests_on(Country.objects.get(pk="FR"))
