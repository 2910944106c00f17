"""Merging a claim into another one of its dispatch: limits unite, the record follows, and all of it is taken back."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from restrictions.actions.claims import AlreadyDecided, NotDecided, accept_claim, reject_claim, undo_decision
from restrictions.actions.merges import CannotMerge, merge_claim, part_claims
from restrictions.actions.seen import PlanChanged
from restrictions.models import Claim, DispatchVersion, Position, Region
from restrictions.queries.invariants import breaches
from restrictions.queries.merging import gain, merging, parting
from restrictions.queries.plans import planned, undo_lines
from tests.record.proposing import PERMISSION, decided, propose
from tests.record.refusal import why_refused
from tests.record.rows import make_curator, make_dispatch_version
from tests.record.standing import history, stored_positions, trail
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def curator(reference: None) -> User:
    return make_curator("anna")


@pytest.fixture
def version(reference: None) -> DispatchVersion:
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    return make_dispatch_version(body="It lets them fire, it lets them fire, near Kharkiv.")


def said(version: DispatchVersion, key: str, **changes: object) -> Claim:
    quote = {"dispatch_version": version, "quote": "It lets", "quote_in": "body", "quote_start": 0, "quote_end": 7}
    return propose(key, **{**PERMISSION, **quote, **changes})


@pytest.fixture
def pair(version: DispatchVersion) -> tuple[Claim, Claim]:
    """A permission as counter-fire, and the same one around Kharkiv to 100 km."""
    narrow = {"areas": ["UA-63"], "area_role": "defended", "conditions": ["depth_limit"], "depth_km": 100}
    return said(version, "stays"), said(version, "goes", **narrow)


def limits(claim: Claim) -> tuple[list[str], list[str], int | None, str | None]:
    claim.refresh_from_db()
    return claim.areas, claim.conditions, claim.depth_km, claim.area_role


UNITED = (["UA-63"], ["counter_fire", "depth_limit"], 100, "defended")


def test_a_merged_claim_is_rejected_for_the_other_one_which_takes_over_its_limits(
    pair: tuple[Claim, Claim], curator: User
) -> None:
    stays, goes = pair
    assert merge_claim(claim=goes.pk, into=stays.pk, by=curator, seen=planned(merging(goes, stays)).seen) is None
    assert decided(goes) == ("rejected", "anna")
    assert (goes.merged_into, goes.decision_reason) == (stays, "merged into stays")
    assert limits(stays) == UNITED
    assert decided(stays) == ("proposed", None)
    assert not Position.objects.exists()
    assert part_claims(claim=goes.pk, by=curator, reason="They differ") is None
    assert decided(goes) == ("proposed", None)
    assert (goes.merged_into, goes.merged_gave, goes.decision_reason) == (None, None, "They differ")
    assert limits(stays) == ([], ["counter_fire"], None, None)
    assert trail(goes)[-2:] == [("update", "rejected"), ("update", "proposed")]


def test_the_record_follows_where_the_other_claim_is_in_it(pair: tuple[Claim, Claim], curator: User) -> None:
    stays, goes = pair
    accept_claim(claim=stays.pk, by=curator)
    stays.refresh_from_db()
    before = stored_positions()
    revision = merge_claim(claim=goes.pk, into=stays.pk, by=curator)
    assert revision
    assert revision.reason == "Merged a claim into stays"
    limits_now = {limit.value for position in stored_positions() for limit in position.limits}
    assert limits_now == {"counter_fire", "depth_limit", "UA-63", "100"}
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert undo_lines(goes.pk) == planned(parting(goes, stays)).lines != ()
    with pytest.raises(PlanChanged):
        part_claims(claim=goes.pk, by=curator, reason="They differ", seen="another")
    assert part_claims(claim=goes.pk, by=curator, reason="They differ", seen=planned(parting(goes, stays)).seen)
    assert stored_positions() == before
    assert list(breaches()) == []


def test_what_was_changed_since_stays_when_a_merge_is_taken_back(pair: tuple[Claim, Claim], curator: User) -> None:
    stays, goes = pair
    Region.objects.create(code="UA-59", country_id="UA", name_en="Sumy", name_fr="Soumy")
    merge_claim(claim=goes.pk, into=stays.pk, by=curator)
    Claim.objects.filter(pk=stays.pk).update(depth_km=80, areas=["UA-63", "UA-59"])
    part_claims(claim=goes.pk, by=curator, reason="They differ")
    assert limits(stays) == (["UA-59"], ["counter_fire", "depth_limit"], 80, "defended")


def test_a_claim_that_somebody_decides_meanwhile_is_looked_at_again(
    pair: tuple[Claim, Claim], curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, goes = pair
    # What another curator does between the first look and the lock.
    monkeypatch.setattr("restrictions.actions.merges.open_revision", lambda **_: None)
    accept_claim(claim=stays.pk, by=curator)
    with pytest.raises(CannotMerge, match="has just decided the other claim"):
        merge_claim(claim=goes.pk, into=stays.pk, by=curator)


def test_limits_of_another_status_area_or_depth_stay_where_they_are(version: DispatchVersion) -> None:
    stays = said(version, "stays", areas=["UA-63"], area_role="target", conditions=["depth_limit"], depth_km=50)
    other = {"areas": ["UA-63"], "area_role": "defended", "conditions": ["depth_limit", "partial"], "depth_km": 100}
    assert gain(said(version, "goes", **other), stays) == {"conditions": ["partial"]}
    assert gain(said(version, "ban", status="banned", conditions=["partial"]), stays) == {}


def test_only_a_waiting_claim_is_merged_and_only_into_one_that_may_stand(
    pair: tuple[Claim, Claim], curator: User
) -> None:
    stays, goes = pair
    elsewhere = said(make_dispatch_version(body="It lets them elsewhere."), "elsewhere")
    bare = propose("bare")
    for claim, into, why in (
        (goes, goes, "into itself"),
        (goes, elsewhere, "same dispatch"),
        (bare, stays, "same dispatch"),
    ):
        with pytest.raises(CannotMerge, match=why):
            merge_claim(claim=claim.pk, into=into.pk, by=curator)
    with pytest.raises(PlanChanged):
        merge_claim(claim=goes.pk, into=stays.pk, by=curator, seen="another")
    reject_claim(claim=stays.pk, by=curator, reason="not a claim")
    before = history()
    with pytest.raises(CannotMerge, match="rejected or retracted"):
        merge_claim(claim=goes.pk, into=stays.pk, by=curator)
    with pytest.raises(AlreadyDecided):
        merge_claim(claim=stays.pk, into=goes.pk, by=curator)
    with pytest.raises(NotDecided, match="not merged"):
        part_claims(claim=goes.pk, by=curator, reason="none")
    with pytest.raises(ValueError, match="needs its reason"):
        part_claims(claim=goes.pk, by=curator, reason=" ")
    assert history() == before


def test_a_merge_is_taken_back_as_a_merge(pair: tuple[Claim, Claim], curator: User) -> None:
    stays, goes = pair
    merge_claim(claim=goes.pk, into=stays.pk, by=curator)
    with pytest.raises(NotDecided, match="take the merge back"):
        undo_decision(claim=goes.pk, by=curator, reason="Read again")
    assert decided(goes) == ("rejected", "anna")


def test_a_merge_whose_second_write_fails_leaves_nothing(pair: tuple[Claim, Claim], curator: User) -> None:
    stays, goes = pair
    accept_claim(claim=stays.pk, by=curator)
    before = history()
    break_writes("position", "UPDATE")
    with pytest.raises(IntegrityError, match="the disk is full"):
        merge_claim(claim=goes.pk, into=stays.pk, by=curator)
    assert history() == before
    assert decided(goes) == ("proposed", None)


def test_a_parting_whose_second_write_fails_leaves_nothing(pair: tuple[Claim, Claim], curator: User) -> None:
    stays, goes = pair
    accept_claim(claim=stays.pk, by=curator)
    merge_claim(claim=goes.pk, into=stays.pk, by=curator)
    before = history()
    break_writes("position", "UPDATE")
    with pytest.raises(IntegrityError, match="the disk is full"):
        part_claims(claim=goes.pk, by=curator, reason="They differ")
    assert history() == before
    assert decided(goes) == ("rejected", "anna")


def test_the_database_refuses_what_no_merge_writes(pair: tuple[Claim, Claim]) -> None:
    stays, goes = pair
    elsewhere = said(make_dispatch_version(body="It lets them elsewhere."), "elsewhere")

    def write(**columns: object) -> str:
        return why_refused(lambda: Claim.objects.filter(pk=goes.pk).update(**columns))

    signed = {"decision": "rejected", "decided_by": make_curator(), "decided_at": "2024-06-01T12:00Z"}
    assert "claim_merged_is_rejected" in write(merged_into=stays)
    assert "claim_merged_is_rejected" in write(merged_into=goes, **signed)
    assert "claim_gives_to_another" in write(merged_gave={})
    assert "same dispatch only" in write(merged_into=elsewhere, **signed)
    assert write(merged_into=stays, **signed) == ""
