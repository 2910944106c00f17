"""Retracting an accepted claim and counting it again: it stays in the log, and the record follows."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError

from restrictions.actions.claims import accept_claim
from restrictions.actions.retractions import CannotRetract, restore_claim, retract_claim
from restrictions.actions.seen import PlanChanged
from restrictions.models import Claim
from restrictions.queries.invariants import breaches
from restrictions.queries.plans import planned
from restrictions.queries.steps import restoring, taking_out
from tests.record.proposing import EARLIER, decided, propose
from tests.record.rows import make_curator
from tests.record.standing import history, standing, stored_positions
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def curator(reference: None) -> User:
    return make_curator("anna")


@pytest.fixture
def claim(curator: User) -> Claim:
    """A ban on ATACMS from 2 May 2024, accepted."""
    row = propose("c1")
    accept_claim(claim=row.pk, by=curator)
    row.refresh_from_db()
    return row


def retracted(claim: Claim) -> tuple[bool, str]:
    claim.refresh_from_db()
    return claim.retracted, claim.retracted_reason


def test_a_retracted_claim_stays_accepted_and_counts_for_nothing(claim: Claim, curator: User) -> None:
    revision = retract_claim(claim=claim.pk, by=curator, reason="  The paper took it back ")
    assert retracted(claim) == (True, "The paper took it back")
    assert decided(claim) == ("accepted", "anna")
    assert (revision.actor, revision.reason) == (curator, "The paper took it back")
    assert standing() == []
    last = apps.get_model("restrictions", "ClaimEvent").objects.filter(pgh_obj=claim).latest("pgh_id")
    assert (last.retracted, last.pgh_context.metadata["reason"]) == (True, "The paper took it back")
    assert last.pgh_context.metadata["user"] == curator.pk
    assert list(breaches()) == []


def test_a_claim_that_counts_again_gives_what_was_before(claim: Claim, curator: User) -> None:
    accept_claim(claim=propose("c2", **EARLIER).pk, by=curator)
    before = stored_positions()
    retract_claim(claim=claim.pk, by=curator, reason="The paper took it back")
    assert stored_positions() != before
    revision = restore_claim(claim=claim.pk, by=curator, reason="It did not")
    assert (retracted(claim), revision.reason) == ((False, ""), "It did not")
    assert stored_positions() == before
    assert list(breaches()) == []


def test_only_an_accepted_claim_that_counts_is_retracted(claim: Claim, curator: User) -> None:
    waiting = propose("c2", **EARLIER)
    with pytest.raises(CannotRetract, match="not accepted"):
        retract_claim(claim=waiting.pk, by=curator, reason="Taken back")
    with pytest.raises(ValueError, match="Retracting a claim needs its reason"):
        retract_claim(claim=claim.pk, by=curator, reason=" ")
    with pytest.raises(Claim.DoesNotExist):
        retract_claim(claim=claim.pk + 99, by=curator, reason="Taken back")
    retract_claim(claim=claim.pk, by=curator, reason="Taken back")
    before = history()
    with pytest.raises(CannotRetract, match="retracted already: Taken back"):
        retract_claim(claim=claim.pk, by=curator, reason="Once more")
    assert history() == before


def test_only_a_retracted_claim_is_counted_again(claim: Claim, curator: User) -> None:
    before = history()
    with pytest.raises(CannotRetract, match="not retracted"):
        restore_claim(claim=claim.pk, by=curator, reason="It counts")
    with pytest.raises(ValueError, match="Counting a claim again needs its reason"):
        restore_claim(claim=claim.pk, by=curator, reason="")
    assert history() == before


def test_a_plan_that_no_longer_stands_is_not_carried_out(claim: Claim, curator: User) -> None:
    old = planned(taking_out(claim)).seen
    accept_claim(claim=propose("c2", **EARLIER).pk, by=curator)
    with pytest.raises(PlanChanged):
        retract_claim(claim=claim.pk, by=curator, reason="Taken back", seen=old)
    retract_claim(claim=claim.pk, by=curator, reason="Taken back", seen=planned(taking_out(claim)).seen)
    claim.refresh_from_db()
    with pytest.raises(PlanChanged):
        restore_claim(claim=claim.pk, by=curator, reason="It counts", seen=old)
    restore_claim(claim=claim.pk, by=curator, reason="It counts", seen=planned(restoring(claim)).seen)
    assert retracted(claim) == (False, "")


@pytest.mark.parametrize(("table", "operation"), [("position", "DELETE"), ("claimevent", "INSERT")])
def test_a_retraction_whose_later_write_fails_leaves_nothing(
    table: str, operation: str, claim: Claim, curator: User
) -> None:
    before = history()
    break_writes(table, operation)
    with pytest.raises(IntegrityError, match="the disk is full"):
        retract_claim(claim=claim.pk, by=curator, reason="Taken back")
    assert (history(), retracted(claim)) == (before, (False, ""))
    assert standing() == ["atacms use: banned from 2024-05-02"]


def test_counting_again_leaves_nothing_where_its_later_write_fails(claim: Claim, curator: User) -> None:
    retract_claim(claim=claim.pk, by=curator, reason="Taken back")
    before = history()
    break_writes("position")
    with pytest.raises(IntegrityError, match="the disk is full"):
        restore_claim(claim=claim.pk, by=curator, reason="It counts")
    assert (history(), retracted(claim)) == (before, (True, "Taken back"))
