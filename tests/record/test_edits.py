"""What a curator changes in a claim: kept beside what the machine said, checked, derived again, whole or nothing."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError

from restrictions.actions.claims import AlreadyDecided, CannotAccept, accept_claim, edit_claim, reject_claim
from restrictions.actions.seen import PlanChanged
from restrictions.models import Claim, PositionVersion, Region, Revision
from restrictions.queries.edits import FaultyFields
from restrictions.queries.invariants import breaches
from restrictions.queries.plans import planned
from restrictions.queries.steps import taking_in
from tests.record.proposing import EARLIER, NO_DAY, PERMISSION, decided, propose
from tests.record.rows import day, make_curator, make_dispatch_version
from tests.record.standing import history, standing, trail
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MACHINE = {"weapon": "atacms", "status": "banned", "effective": "2024-05-02"}


@pytest.fixture
def curator(reference: None) -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def claim(reference: None) -> Claim:
    """A ban on ATACMS from 2 May 2024, waiting."""
    return propose("c1", machine=MACHINE)


def audited(claim: Claim) -> list[tuple[str, str, Any]]:
    """Decision, status and the reason given, for each entry of the claim's history."""

    def reason(row: Any) -> Any:
        return row.pgh_context.metadata.get("reason") if row.pgh_context else None

    events = apps.get_model("restrictions", "ClaimEvent").objects.filter(pgh_obj=claim).order_by("pgh_id")
    found = events.select_related("pgh_context")
    return [(row.decision, row.status, reason(row)) for row in found]


# --- Accepting with edits


def test_a_claim_is_accepted_as_edited_and_the_machines_words_stay(claim: Claim, curator: User) -> None:
    revision = accept_claim(claim=claim.pk, by=curator, changes={"weapon": "any", "effective": "2024-05"})
    assert decided(claim) == ("accepted", "anna")
    assert (claim.weapon_id, claim.effective_edtf, claim.effective_latest) == ("any", "2024-05", date(2024, 5, 31))
    assert claim.machine == MACHINE
    assert revision.reason == "Accepted c1 as edited"
    assert trail(claim) == [("insert", "proposed"), ("update", "proposed"), ("update", "accepted")]
    assert standing() == ["any use: banned from 2024-05"]
    assert list(breaches()) == []


def test_a_claim_of_an_undated_dispatch_is_accepted_with_the_day_that_the_curator_gives(curator: User) -> None:
    claim = propose("c1", **NO_DAY)
    accept_claim(claim=claim.pk, by=curator, changes={"effective": "2024-05-02~"})
    assert standing() == ["atacms use: banned from 2024-05-02~"]


def test_without_a_change_nothing_is_written_but_the_decision(claim: Claim, curator: User) -> None:
    accept_claim(claim=claim.pk, by=curator, changes={"weapon": "atacms"})
    assert trail(claim) == [("insert", "proposed"), ("update", "accepted")]


@pytest.mark.parametrize(
    ("changes", "field", "match"),
    [
        ({"weapon": "slingshot"}, "weapon", "slingshot"),
        ({"supplier": "XX"}, "supplier", "XX"),
        ({"status": "maybe"}, "status", "maybe"),
        ({"act": "urges"}, "act", "urges"),
        ({"conditions": ["when_it_rains"]}, "conditions", "when_it_rains"),
        ({"effective": "last spring"}, "effective", "no EDTF day"),
        ({"territory": "XX"}, "territory", "“XX” is no country"),
        ({"territory": ""}, "territory", "needs a territory"),
        ({"areas": ["UA-63"]}, "area_role", "defended or targets"),
        ({"areas": ["UA-99"], "area_role": "defended"}, "areas", "no region “UA-99”"),
        ({"depth_km": 100}, "depth_km", "A depth goes with"),
        ({"status": "withheld"}, "track", "does not belong to this track"),
        ({"quote": "other words"}, "quote", "no such field"),
    ],
)
def test_faulty_fields_are_named_and_nothing_is_written(
    changes: dict[str, Any], field: str, match: str, claim: Claim, curator: User
) -> None:
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    before = history()
    with pytest.raises(FaultyFields, match=match) as refused:
        accept_claim(claim=claim.pk, by=curator, changes=changes)
    assert list(refused.value.faults) == [field]
    assert history() == before
    assert decided(claim) == ("proposed", None)


def test_a_dispatch_carries_no_claim_that_something_is_supplied(curator: User) -> None:
    version = make_dispatch_version(body="Our own words.")
    claim = propose("c1", dispatch_version=version, quote="Our", quote_in="body", quote_start=0, quote_end=3)
    with pytest.raises(FaultyFields, match="stands on positions only"):
        accept_claim(claim=claim.pk, by=curator, changes={"status": "supplied", "track": "supply"})


def test_the_day_cannot_be_edited_away_from_what_is_accepted(claim: Claim, curator: User) -> None:
    with pytest.raises(CannotAccept, match="The dispatch has no day"):
        accept_claim(claim=claim.pk, by=curator, changes={"effective": ""})
    accept_claim(claim=claim.pk, by=curator)
    with pytest.raises(FaultyFields, match="since when it holds"):
        edit_claim(claim=claim.pk, by=curator, changes={"effective": ""}, reason="None is given")
    assert standing() == ["atacms use: banned from 2024-05-02"]


def test_lists_and_empty_choices_are_kept_as_the_codebook_writes_them(claim: Claim, curator: User) -> None:
    changes = {"conditions": ["no_deep_strike", "counter_fire"], "prior": "", "area_role": "", "depth_km": None}
    accept_claim(claim=claim.pk, by=curator, changes=changes)
    claim.refresh_from_db()
    assert claim.conditions == ["counter_fire", "no_deep_strike"]
    assert [claim.prior, claim.area_role, claim.depth_km] == [None, None, None]


@pytest.mark.parametrize(
    ("table", "operation"), [("claim", "UPDATE"), ("position", "INSERT"), ("claimevent", "INSERT")]
)
def test_an_edited_acceptance_whose_later_write_fails_leaves_nothing(
    table: str, operation: str, claim: Claim, curator: User
) -> None:
    before = history()
    break_writes(table, operation)
    with pytest.raises(IntegrityError, match="the disk is full"):
        accept_claim(claim=claim.pk, by=curator, changes={"weapon": "any"})
    assert history() == before
    assert decided(claim) == ("proposed", None)
    assert claim.weapon_id == "atacms"


# --- Editing


def test_editing_an_accepted_claim_derives_its_pairs_again(claim: Claim, curator: User) -> None:
    accept_claim(claim=claim.pk, by=curator)
    revision = edit_claim(claim=claim.pk, by=curator, changes={"supplier": "FR", "weapon": "any"}, reason=" Misread ")
    assert revision
    assert (revision.actor, revision.reason) == (curator, "Misread")
    assert decided(claim) == ("accepted", "anna")
    assert audited(claim)[-1] == ("accepted", "banned", "Misread")
    assert standing() == ["any use: banned from 2024-05-02"]
    assert [row.closed_by for row in PositionVersion.objects.filter(supplier_id="US")] == [revision]
    assert list(breaches()) == []


def test_editing_a_claim_that_waits_keeps_the_edits_and_leaves_the_record(claim: Claim, curator: User) -> None:
    assert edit_claim(claim=claim.pk, by=curator, changes={"status": "allowed"}, reason="The text says so") is None
    assert decided(claim) == ("proposed", None)
    assert audited(claim) == [("proposed", "banned", None), ("proposed", "allowed", "The text says so")]
    assert not Revision.objects.exists()


def test_editing_is_refused_without_a_reason_without_a_change_and_for_what_is_rejected(
    claim: Claim, curator: User
) -> None:
    with pytest.raises(ValueError, match="A change of a claim needs its reason"):
        edit_claim(claim=claim.pk, by=curator, changes={"weapon": "any"}, reason=" ")
    with pytest.raises(FaultyFields, match="Nothing is changed"):
        edit_claim(claim=claim.pk, by=curator, changes={"weapon": "atacms"}, reason="None")
    reject_claim(claim=claim.pk, by=make_curator("bruno"), reason="duplicate")
    with pytest.raises(AlreadyDecided, match="bruno rejected this claim"):
        edit_claim(claim=claim.pk, by=curator, changes={"weapon": "any"}, reason="Misread")
    assert decided(claim) == ("rejected", "bruno")
    assert claim.weapon_id == "atacms"


@pytest.mark.parametrize("table", ["positionversion", "claimevent"])
def test_an_edit_whose_later_write_fails_leaves_nothing(table: str, claim: Claim, curator: User) -> None:
    accept_claim(claim=claim.pk, by=curator)
    before = history()
    break_writes(table)
    with pytest.raises(IntegrityError, match="the disk is full"):
        edit_claim(claim=claim.pk, by=curator, changes={"weapon": "any"}, reason="Misread")
    assert history() == before
    claim.refresh_from_db()
    assert claim.weapon_id == "atacms"
    assert standing() == ["atacms use: banned from 2024-05-02"]


# --- The plan binds


def seen(claim: Claim) -> str:
    claim.refresh_from_db()
    return planned(taking_in(claim)).seen


def test_a_plan_that_still_stands_is_carried_out(claim: Claim, curator: User) -> None:
    accept_claim(claim=claim.pk, by=curator, seen=seen(claim))
    assert standing() == ["atacms use: banned from 2024-05-02"]


def test_nothing_is_written_once_the_record_has_moved_on(claim: Claim, curator: User) -> None:
    old = seen(claim)
    accept_claim(claim=propose("c2", **EARLIER).pk, by=make_curator("bruno"))
    before = history()
    for mark in (old, ""):
        with pytest.raises(PlanChanged, match="Nothing is written"):
            accept_claim(claim=claim.pk, by=curator, seen=mark)
    assert history() == before
    accept_claim(claim=claim.pk, by=curator, seen=seen(claim))
    assert decided(claim) == ("accepted", "anna")


def test_a_change_of_another_pair_does_not_touch_the_plan(claim: Claim, curator: User) -> None:
    old = seen(claim)
    accept_claim(claim=propose("c2", supplier_id="FR").pk, by=curator)
    accept_claim(claim=claim.pk, by=curator, seen=old)
    assert len(standing()) == 2


def test_a_claim_edited_meanwhile_or_other_edits_than_were_seen_need_a_new_plan(claim: Claim, curator: User) -> None:
    old = seen(claim)
    with pytest.raises(PlanChanged):
        accept_claim(claim=claim.pk, by=curator, changes={"status": "allowed"}, seen=old)
    edit_claim(claim=claim.pk, by=make_curator("bruno"), changes={"status": "allowed"}, reason="Misread")
    with pytest.raises(PlanChanged):
        accept_claim(claim=claim.pk, by=curator, seen=old)
    assert decided(claim) == ("proposed", None)


def test_the_mark_of_a_plan_is_the_same_each_time_it_is_reckoned(curator: User) -> None:
    limits = {"conditions": ["counter_fire", "no_deep_strike", "border_zone", "assurances"]}
    accept_claim(claim=propose("c1", **EARLIER).pk, by=curator)
    claim = propose("c2", **{**PERMISSION, **limits})
    assert seen(claim) == seen(claim)
    Claim.objects.filter(pk=claim.pk).update(**day("effective", date(2024, 5, 29)))
    first = seen(claim)
    Claim.objects.filter(pk=claim.pk).update(**day("effective", date(2024, 5, 30)))
    assert seen(claim) != first
