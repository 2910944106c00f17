"""Second coding at the desk: drawn by an admin, coded blind, ruled on blind, and counted on a page."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from restrictions.actions.claims import accept_claim
from restrictions.actions.samples import code_second, draw_sample
from restrictions.models import Adjudication, Claim, Region, Sample, SecondCoding
from restrictions.queries.edits import field_values
from tests.record.rows import make_reference
from tests.record.test_tables import member
from tests.site.desk_rows import make_dispatch, propose_loosening

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db: None) -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    anna = member("curators", name="anna")
    accept_claim(claim=propose_loosening(make_dispatch()).pk, by=anna)
    return anna


@pytest.fixture
def sample(anna: User) -> Sample:
    return draw_sample(sample=Sample(name="June", size=5, seed="a"), by=anna)


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fields(claim: Claim) -> dict[str, object]:
    """A claim's coding as its form sends it."""
    values = field_values(claim) | {"areas": ", ".join(claim.areas)}
    return {name: value for name, value in values.items() if value is not None}


def test_an_admin_draws_and_is_told_where_there_is_nothing(anna: User) -> None:
    admin, where = desk(member("admins", name="ada")), reverse("admin:restrictions_sample_draw")
    asked = {"name": "June", "size": "5", "strata": "language", "seed": "a"}
    for wrong, says in (({"suppliers": "XX"}, "no country XX"), ({"suppliers": "FR"}, "No decided claim")):
        assert says in admin.post(where, asked | wrong).content.decode()
    page = admin.post(where, asked | {"suppliers": "us", "languages": "EN fr"}, follow=True).content.decode()
    assert "1 claim drawn, 0 coded twice" in page
    assert Sample.objects.get().languages == ["en", "fr"]


def test_a_coder_sees_the_passage_and_nothing_that_was_coded(sample: Sample) -> None:
    coder, where = desk(member("coders", name="carl")), reverse("admin:restrictions_sample_code", args=[sample.pk])
    page = coder.get(where)
    text = page.content.decode()
    assert 'class="quote quote-proposed"' in text
    assert set(re.findall(r'value="([^"]*)" selected', text.partition("edit-claim")[2])) == {"", "supplier"}
    assert "checked" not in text.partition("edit-claim")[2]
    sampled, claim = sample.claims.get(), Claim.objects.get()
    wrong = coder.post(where, {"sampled": sampled.pk, "status": "banned"})
    assert "This field is required" in wrong.content.decode()
    told = fields(claim) | {"sampled": sampled.pk, "status": "allowed", "note": "no limit stated"}
    assert "Nothing waits for you here" in coder.post(where, told, follow=True).content.decode()
    kept = SecondCoding.objects.get()
    assert kept.coding
    assert (kept.coding["status"], kept.coding["areas"], kept.note) == ("allowed", ["UA-63"], "no limit stated")
    assert "not waiting for you" in coder.post(where, told, follow=True).content.decode()


def test_a_passage_may_make_no_claim(sample: Sample) -> None:
    coder, where = desk(member("coders", name="carl")), reverse("admin:restrictions_sample_code", args=[sample.pk])
    coder.post(where, {"sampled": sample.claims.get().pk, "no_claim": "on"})
    assert SecondCoding.objects.get().coding is None


def test_who_decided_a_claim_is_not_asked_again(sample: Sample, anna: User) -> None:
    for name in ("code", "rule"):
        page = desk(anna).get(reverse(f"admin:restrictions_sample_{name}", args=[sample.pk])).content.decode()
        assert "Nothing waits for you" in page
    assert (
        "No passage of it waits"
        in desk(anna).get(reverse("admin:restrictions_sample_change", args=[sample.pk])).content.decode()
    )


def test_a_third_curator_rules_without_names_and_is_offered_the_edit(sample: Sample) -> None:
    sampled, claim = sample.claims.get(), Claim.objects.get()
    code_second(sampled=sampled.pk, by=member("coders", name="carl"), coding=field_values(claim) | {"status": "banned"})
    cora, where = desk(member("curators", name="cora")), reverse("admin:restrictions_sample_rule", args=[sample.pk])
    page = cora.get(where)
    text = page.content.decode().partition("edit-claim")[2]
    assert "carl" not in text
    assert "anna" not in text
    both = {item.field: item for item in page.context["compared"]}
    assert [name for name, item in both.items() if item.differs] == ["status"]
    difference = both["status"]
    assert {difference.a, difference.b} == {"Limits · conditional", "Not allowed · banned"}
    assert both["supplier"].a == both["supplier"].b == "United States · US"
    assert text.count("Kharkiv · UA-63") == 2
    assert "each field" in cora.post(where, {"sampled": sampled.pk, "reason": "so"}).content.decode()
    second = "a" if difference.a.endswith("banned") else "b"
    told = {"sampled": sampled.pk, "right-status": second, "reason": "the text forbids"}
    answer = cora.post(where, told, follow=True).content.decode()
    edit = f"{reverse('admin:restrictions_claim_edit', args=[claim.pk])}?ruled={sampled.pk}"
    assert edit in answer
    filled = cora.get(edit)
    assert filled.context["form"]["status"].value() == "banned"
    assert filled.context["form"]["areas"].value() == "UA-63"
    assert not filled.context["form"].errors
    assert filled.context["is_planned"]
    assert cora.get(edit.replace(f"={sampled.pk}", "=x")).context["form"]["status"].value() == "conditional"
    assert Adjudication.objects.get().right == {"status": "second"}
    assert Claim.objects.get().status == "conditional"
    assert "Nothing waits for your ruling" in answer


def test_figures_stand_on_a_page_with_what_is_too_few(sample: Sample, anna: User) -> None:
    where, client = reverse("admin:restrictions_sample_agreement"), desk(anna)
    assert "No passage is coded twice yet" in client.get(where).content.decode()
    coding = field_values(Claim.objects.get())
    code_second(sampled=sample.claims.get().pk, by=member("coders", name="carl"), coding=coding)
    page = client.get(f"{where}?sample={sample.pk}")
    assert [group.title for group in page.context["groups"]] == ["All passages", "2024", "English"]
    status = next(row for row in page.context["groups"][0].rows if row.label == "Status")
    assert status.cells == ("1", "1", "100 %", "too few", "too few")
    [total, *_] = page.context["machine_rows"]
    assert total.cells[1:4] == ("0", "1", "1")
    assert "1 / 1" in client.get(reverse("admin:restrictions_sample_changelist")).content.decode()
