"""The page on which a missed claim is made, the pages of the queue and of a merge, and where a dispatch comes from."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from restrictions.actions.claims import accept_claim, reject_claim
from restrictions.models import Claim, DispatchVersion, Region, Skip
from tests.record.rows import make_reference
from tests.site.desk_rows import (
    BODY,
    LETS,
    STILL_NOT,
    add_version,
    make_curator,
    make_dispatch,
    propose,
    propose_loosening,
)
from tests.site.test_admin_review import page, plain, press, signed_in

pytestmark = pytest.mark.django_db

FIELDS = {
    "supplier": "US",
    "recipient": "UA",
    "role": "supplier",
    "weapon": "atacms",
    "track": "use",
    "status": "banned",
    "territory": "RU",
    "effective": "2024-05-02",
    "act": "reaffirms",
    "attribution": "named_official",
}


@pytest.fixture
def anna() -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    return make_curator("anna", first_name="Anna", last_name="Berg")


@pytest.fixture
def desk(anna: User) -> Client:
    return signed_in(anna)


def missed(desk: Client, version: DispatchVersion, do: str, **fields: str) -> str:
    address = reverse("admin:restrictions_dispatch_missed", args=[version.dispatch_id])
    return desk.post(address, {**FIELDS, "quote": STILL_NOT, "do": do, **fields}, follow=True).content.decode()


def seen_on(markup: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', markup)
    assert found
    return found.group(1)


def test_a_missed_claim_is_filled_in_planned_and_accepted(desk: Client) -> None:
    version = make_dispatch()
    assert reverse("admin:restrictions_dispatch_missed", args=[version.dispatch_id]) in page(desk, version)
    shown = missed(desk, version, "plan")
    assert "start not known, first known to hold on 2 May 2024" in plain(shown)
    assert not Claim.objects.exists()
    assert "Nothing is written yet." in plain(missed(desk, version, "accept"))
    assert not Claim.objects.exists()
    assert "Accepted. This changed the record:" in plain(missed(desk, version, "accept", seen=seen_on(shown)))
    claim = Claim.objects.get()
    assert (claim.decision, claim.quote, claim.quote_start) == ("accepted", STILL_NOT, BODY.index(STILL_NOT))


def test_a_missed_claim_is_left_as_proposed_and_not_twice(desk: Client) -> None:
    version = make_dispatch()
    said = plain(missed(desk, version, "propose"))
    assert "Proposed: the claim waits for a decision." in said
    assert "already: open that one" in plain(missed(desk, version, "propose"))
    assert Claim.objects.get().decision == "proposed"


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("ATACMS may be used", "The text does not say this. Copy the words from the text"),
        ("a", "times. Paste more of what stands around it"),
        ("", "This field is required."),
    ],
)
def test_words_that_are_not_there_once_are_refused_with_what_to_do(desk: Client, quote: str, expected: str) -> None:
    version = make_dispatch()
    markup = missed(desk, version, "propose", quote=quote)
    assert expected in plain(markup)
    assert quote in markup
    assert not Claim.objects.exists()


def test_of_several_places_the_selected_one_is_meant(desk: Client) -> None:
    version = make_dispatch(title="It may fire", body="It may fire, it may fire.")
    missed(desk, version, "propose", quote="may fire", near="16", place="body")
    missed(desk, version, "propose", quote="may fire", near="3", place="title", status="allowed")
    assert list(Claim.objects.order_by("pk").values_list("quote_in", "quote_start")) == [("body", 16), ("title", 3)]


def test_a_version_that_is_not_there_is_not_found(desk: Client) -> None:
    address = reverse("admin:restrictions_dispatch_missed", args=[make_dispatch().dispatch_id])
    assert desk.get(address, {"version": "7"}).status_code == 404
    assert "Moscow" in desk.get(address, {"version": "1", "quote": "Moscow warned"}).content.decode()


# --- Where a dispatch comes from


def test_the_page_says_how_its_publishers_claims_have_fared(desk: Client, anna: User) -> None:
    version, other = make_dispatch(), make_dispatch(body="Another one. " + STILL_NOT)
    claim = propose_loosening(version)
    assert "The Caveat Courier : no decisions yet on its claims." in plain(page(desk, version))
    for row in (claim, propose(other, STILL_NOT, machine={"status": "banned"})):
        accept_claim(claim=row.pk, by=anna)
    reject_claim(claim=propose(version, STILL_NOT).pk, by=anna, reason="duplicate")
    propose(other, STILL_NOT, decision="withdrawn", decision_reason="Coded again: not made any more.")
    words = plain(page(desk, version))
    assert "3 claims decided: 1 accepted as coded, 1 accepted with edits, 1 rejected. Too few to say more." in words
    for number in range(2):
        accept_claim(claim=propose(other, STILL_NOT, weapon_id=("any", "long_range")[number]).pk, by=anna)
    assert "80 % entered the record." in plain(page(desk, version))


def test_the_page_names_its_reprints_and_shows_each_version(desk: Client) -> None:
    version = make_dispatch()
    reprint = make_dispatch(title="The same, reprinted", body="Again", publisher="Reprint", cluster=version.dispatch)
    propose(version, LETS)
    add_version(version.dispatch, "Corrected", "Nothing of it.")
    words = plain(page(desk, version))
    assert "1 reprint The same, reprinted Reprint, May 2024" in words
    assert "Versions: 1" in words
    assert "Nothing of it." in words
    assert LETS in plain(page(desk, version, "?version=1"))
    assert "Corrected The Caveat Courier" in plain(page(desk, reprint))


# --- Queue, skip, merge


def test_the_queue_says_what_it_is_made_of_and_leads_into_it(desk: Client) -> None:
    version = make_dispatch()
    first = propose(version, LETS, confidence=0.2)
    propose(version, STILL_NOT, supplier_id="FR")
    address = reverse("admin:restrictions_claim_queue")
    words = plain(desk.get(address).content.decode())
    for expected in ("2 claims wait", "United States 1", "France 1", "The Caveat Courier 2", "For less than a day 2"):
        assert expected in words
    markup = desk.get(address, {"confidence": "doubtful"}).content.decode()
    assert "1 claim waits in this part of the queue" in plain(markup)
    start = f"/dispatch/{version.dispatch_id}/change/?claim={first.pk}&amp;confidence=doubtful"
    assert start in markup
    assert "Nothing waits in this part" in desk.get(address, {"age": "overdue"}).content.decode()
    assert desk.get(address, {"age": "old"}).status_code == 400


def test_the_queue_survives_a_decision_and_a_refusal(desk: Client) -> None:
    version, other = make_dispatch(), make_dispatch(body="Another one. " + STILL_NOT)
    first, second = propose(version, LETS), propose(other, STILL_NOT)
    propose(version, STILL_NOT, supplier_id="FR")
    address = reverse("admin:restrictions_claim_reject", args=[first.pk]) + "?supplier=US&order=surest"
    refused = desk.post(address)
    assert f"claim={first.pk}&supplier=US&order=surest#outcome" in refused["Location"]
    done = desk.post(address, {"reason": "duplicate"})
    assert done["Location"].endswith(
        f"/dispatch/{other.dispatch_id}/change/?claim={second.pk}&supplier=US&order=surest#outcome"
    )
    markup = desk.get(done["Location"]).content.decode()
    assert f"/claim/{second.pk}/edit/?supplier=US&amp;order=surest" in markup


def test_a_skipped_claim_gives_way_to_the_next(desk: Client, anna: User) -> None:
    version = make_dispatch()
    first, second = propose(version, LETS), propose(version, STILL_NOT)
    assert "Skipped. It comes back after all others" in press(desk, "skip", first)
    assert Skip.objects.get().curator == anna
    assert second.decision == first.decision == "proposed"


def test_a_merge_shows_its_plan_and_is_carried_out_and_taken_back(desk: Client, anna: User) -> None:
    version = make_dispatch()
    stays = propose(version, STILL_NOT, weapon_id="any", status="conditional", conditions=["case_by_case"])
    goes = propose_loosening(version)
    accept_claim(claim=stays.pk, by=anna)
    address = reverse("admin:restrictions_claim_merge", args=[goes.pk])
    assert "Choose the claim that it is merged into." in plain(desk.get(address, follow=True).content.decode())
    markup = desk.get(address, {"into": stays.pk}).content.decode()
    assert "takes over: UA-63 , counter_fire , no_deep_strike" in plain(markup)
    said = desk.post(f"{address}?into={stays.pk}", {"seen": "another"}, follow=True).content.decode()
    assert "Nothing is written yet." in plain(said)
    said = desk.post(f"{address}?into={stays.pk}", {"seen": seen_on(markup)}, follow=True).content.decode()
    assert "Merged. This changed the record:" in plain(said)
    goes.refresh_from_db()
    assert (goes.decision, goes.merged_into) == ("rejected", stays)
    assert "Taken back: the claim waits again." in press(desk, "undo", goes, reason="They differ")
    stays.refresh_from_db()
    assert (stays.areas, stays.conditions) == ([], ["case_by_case"])
