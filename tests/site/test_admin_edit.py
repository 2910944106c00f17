"""The page where a claim is edited: its fields and what they mean, the plan first, and what is refused."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from restrictions.actions.claims import accept_claim, reject_claim
from restrictions.models import Claim, Position, Region
from restrictions.queries.edits import field_values
from tests.record.rows import make_reference
from tests.record.standing import history, standing
from tests.site.desk_rows import STILL_NOT, make_curator, make_dispatch, propose, propose_loosening

# Whatever the desk does is an action, whose branches have tests of their own: tracing takes a third of the time here.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

NO_DAY = {f"effective_{part}": None for part in ("edtf", "earliest", "latest")}


@pytest.fixture
def anna() -> User:
    make_reference()
    for code, country, name in (("UA-63", "UA", "Kharkiv"), ("UA-59", "UA", "Sumy"), ("RU-KRS", "RU", "Kursk")):
        Region.objects.create(code=code, country_id=country, name_en=name, name_fr=name)
    return make_curator("anna", first_name="Anna", last_name="Berg")


@pytest.fixture
def desk(anna: User) -> Client:
    client = Client()
    client.force_login(anna)
    return client


def address(claim: Claim) -> str:
    return reverse("admin:restrictions_claim_edit", args=[claim.pk])


def opened(desk: Client, claim: Claim) -> str:
    response = desk.get(address(claim))
    assert response.status_code == 200
    return response.content.decode()


def filled(claim: Claim, **changes: Any) -> dict[str, Any]:
    """The form as the browser sends it, with these fields typed over."""
    values = {name: "" if value is None else value for name, value in field_values(claim).items()}
    return {**values, "areas": ", ".join(claim.areas), **changes}


def sent(desk: Client, claim: Claim, do: str, **changes: Any) -> str:
    response = desk.post(address(claim), {**filled(claim, **changes), "do": do}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def mark_on(markup: str) -> str:
    found = re.search(r'name="seen" value="(\w*)"', markup)
    assert found
    return found.group(1)


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def plan_on(markup: str) -> str:
    found = re.search(r'<section class="plan".*?</section>', markup, re.DOTALL)
    assert found
    return plain(found.group(0))


def test_the_form_has_every_field_with_words_codes_and_meanings(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    markup = opened(desk, claim)
    for name in field_values(claim):
        assert f'name="{name}"' in markup, name
    assert '<option value="conditional" selected>Limits · conditional</option>' in markup
    words = plain(markup)
    for expected in (
        "Its use there is allowed within limits",
        "Kharkiv (UA-63)",
        "2 May 2024",
        "now lets Ukraine fire",
    ):
        assert expected in words
    assert "starts limits: around Kharkiv only" in plan_on(markup)


def test_what_the_machine_said_stands_beside_what_differs_from_it(desk: Client) -> None:
    words = plain(opened(desk, propose_loosening(make_dispatch())))
    assert words.count("machine:") == 1
    assert "machine: allowed" in words


def test_the_plan_of_the_edited_claim_is_shown_and_nothing_is_written(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    before = history()
    markup = sent(desk, claim, "plan", status="banned", conditions=[], areas="", area_role="", weapon="atacms")
    assert "ATACMS" in plan_on(markup) or "atacms" in plan_on(markup)
    assert "starts not allowed" in plan_on(markup)
    assert '<option value="banned" selected>' in markup
    assert history() == before


def test_a_claim_is_accepted_as_edited_after_its_plan_was_seen(desk: Client, anna: User) -> None:
    claim = propose_loosening(make_dispatch())
    changes = {"areas": "sumy; UA-63", "effective": "2024-05"}
    markup = sent(desk, claim, "plan", **changes)
    assert "Sumy (UA-59), Kharkiv (UA-63)" in plain(markup)
    assert "May 2024 (day unknown)" in plain(markup)
    said = plain(sent(desk, claim, "accept", seen=mark_on(markup), **changes))
    claim.refresh_from_db()
    assert (claim.decision, claim.decided_by, claim.areas) == ("accepted", anna, ["UA-59", "UA-63"])
    assert "Accepted as edited. This changed the record:" in said
    assert claim.machine == {"weapon": "any", "status": "allowed", "effective": "2024-05-02", "areas": ["UA-63"]}


def test_a_claim_without_a_day_gets_one_and_is_accepted(desk: Client) -> None:
    claim = propose(make_dispatch(), STILL_NOT, **NO_DAY)
    markup = opened(desk, claim)
    assert "Give the day" in plan_on(markup)
    assert "Say since when the position holds" in plain(sent(desk, claim, "accept", seen=mark_on(markup)))
    markup = sent(desk, claim, "plan", effective="2024-05-02")
    sent(desk, claim, "accept", effective="2024-05-02", seen=mark_on(markup))
    assert standing() == ["atacms use: banned from 2024-05-02"]


def test_other_edits_than_those_planned_show_their_plan_first(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    mark = mark_on(opened(desk, claim))
    for seen in (mark, ""):
        markup = sent(desk, claim, "accept", status="allowed", seen=seen)
        assert "Nothing is written yet." in plain(markup)
        assert "starts no stated limit" in plan_on(markup)
    claim.refresh_from_db()
    assert (claim.decision, claim.status) == ("proposed", "conditional")
    assert mark_on(markup) != mark


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"effective": "early spring"}, "effective", "“early spring” is no EDTF day"),
        ({"areas": "Kharkow"}, "areas", "no region “Kharkow”"),
        ({"areas": "Sumy", "area_role": ""}, "area_role", "defended or targets"),
        ({"depth_km": "100"}, "depth_km", "A depth goes with"),
        ({"depth_km": "far"}, "depth_km", "Enter a whole number"),
        ({"status": "withheld"}, "track", "does not belong to this track"),
        ({"territory": ""}, "territory", "needs a territory"),
        ({"weapon": "slingshot"}, "weapon", "slingshot"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    changes: dict[str, str], name: str, sentence: str, desk: Client
) -> None:
    claim = propose_loosening(make_dispatch())
    before = history()
    typed = {"effective": "2024-05-07", "areas": "Kharkiv"} | changes
    markup = sent(desk, claim, "accept", seen=mark_on(opened(desk, claim)), **typed)
    beside = re.search(rf'<div class="field field-faulty field-{name}">.*?</div>', markup, re.DOTALL)
    assert beside
    assert sentence in plain(beside.group(0))
    assert "Not yet: some fields do not hold together." in plan_on(markup)
    assert f'value="{typed["effective"]}"' in markup
    assert f'value="{typed["areas"]}"' in markup
    assert history() == before


def test_edits_are_kept_without_a_decision_with_their_reason(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    markup = sent(desk, claim, "plan", weapon="atacms")
    assert "say why" in plain(sent(desk, claim, "keep", weapon="atacms", seen=mark_on(markup)))
    said = plain(sent(desk, claim, "keep", weapon="atacms", seen=mark_on(markup), reason="It names ATACMS"))
    assert "The claim still waits, and the record stays as it is." in said
    claim.refresh_from_db()
    assert (claim.decision, claim.weapon_id) == ("proposed", "atacms")
    assert not Position.objects.exists()


def test_an_accepted_claim_is_changed_and_the_record_with_it(desk: Client, anna: User) -> None:
    claim = propose(make_dispatch(), STILL_NOT)
    accept_claim(claim=claim.pk, by=anna)
    markup = sent(desk, claim, "plan", effective="2024-05-10")
    assert "Changing it so would change" in plan_on(markup)
    assert "moves the start" in plan_on(markup)
    said = plain(sent(desk, claim, "keep", effective="2024-05-10", seen=mark_on(markup), reason="Misread"))
    assert "The claim is changed. This changed the record:" in said
    assert standing() == ["atacms use: banned from 2024-05-10"]


def test_a_claim_that_is_rejected_meanwhile_leads_back_to_its_card(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    mark = mark_on(opened(desk, claim))
    reject_claim(claim=claim.pk, by=make_curator("bo"), reason="duplicate")
    said = plain(sent(desk, claim, "accept", seen=mark))
    assert "bo rejected this claim on" in said
    assert desk.get(address(claim)).status_code == 302
    assert desk.get(reverse("admin:restrictions_claim_edit", args=[9999])).status_code == 404


def test_who_may_not_decide_may_not_edit(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    reader = User.objects.create_user("reader", is_staff=True)
    client = Client()
    client.force_login(reader)
    assert client.get(address(claim)).status_code == 403
    assert client.post(address(claim), filled(claim)).status_code == 403


def test_the_page_asks_as_many_queries_for_one_claim_as_for_many(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = make_dispatch()
    claim = propose_loosening(version)
    opened(desk, claim)  # what a process reads once
    with django_assert_max_num_queries(60) as few:
        opened(desk, claim)
    for supplier in ("US", "FR"):
        propose(version, STILL_NOT, supplier_id=supplier)
    with django_assert_max_num_queries(60) as many:
        opened(desk, claim)
    assert len(many) == len(few)
