"""A curator's decisions about claims: what they write, what they refuse, and that they are whole or nothing."""

from datetime import date
from functools import partial
from itertools import permutations

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone
from pytest_django.fixtures import Settings

from restrictions.actions.claims import (
    AlreadyDecided,
    CannotAccept,
    NotDecided,
    accept_claim,
    accept_claims,
    reject_claim,
    undo_decision,
)
from restrictions.domain.rules import RULES_VERSION
from restrictions.domain.vocabulary import Act, Decision
from restrictions.models import Claim, Dispatch, Position, PositionVersion, Revision
from restrictions.queries.invariants import breaches
from tests.record.proposing import EARLIER, NO_DAY, PERMISSION, decided, propose
from tests.record.rows import day, make_curator, make_dispatch_version
from tests.record.standing import history, standing, stored_positions, trail
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def curator(reference: None) -> User:
    return User.objects.create_user("anna", first_name="Anna", last_name="Berg")


@pytest.fixture
def claim(reference: None) -> Claim:
    """A ban on ATACMS from 2 May 2024, waiting."""
    return propose("c1")


# --- Accepting


def test_an_accepted_claim_is_in_the_record_with_who_when_and_why(claim: Claim, curator: User) -> None:
    before = timezone.now()
    revision = accept_claim(claim=claim.pk, by=curator)
    assert decided(claim) == ("accepted", "anna")
    assert claim.decided_at
    assert before <= claim.decided_at <= timezone.now()
    assert trail(claim) == [("insert", "proposed"), ("update", "accepted")]
    assert (revision.actor, revision.reason, revision.rules_version) == (curator, "Accepted c1", RULES_VERSION)
    assert standing() == ["atacms use: banned from 2024-05-02"]
    position = Position.objects.get()
    assert [row.claim for row in position.evidence.all()] == [claim]
    assert position.revision == revision
    version = PositionVersion.objects.get()
    assert (version.position_id, version.opened_by, version.closed_by) == (position.pk, revision, None)
    assert version.shown["claims"]["c1"]["status"] == "banned"
    assert list(breaches()) == []


def test_claims_accepted_together_are_one_revision_with_its_reason(claim: Claim, curator: User) -> None:
    other = propose("c2", **EARLIER)
    accept_claims(claims=[other.pk, claim.pk], by=curator, reason="Loaded a list")
    assert [revision.reason for revision in Revision.objects.all()] == ["Loaded a list"]
    assert [decided(row) for row in (claim, other)] == [("accepted", "anna")] * 2
    assert claim.decision_reason == "Loaded a list"
    assert standing() == ["any use: banned known from 2023-08-23", "atacms use: banned from 2024-05-02"]


def test_a_retracted_claim_is_accepted_and_counts_for_nothing(curator: User) -> None:
    claim = propose("c1", retracted=True, retracted_reason="The paper took it back.")
    accept_claim(claim=claim.pk, by=curator)
    assert decided(claim) == ("accepted", "anna")
    assert standing() == []


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_claims_accepted_in_any_order_give_the_same_positions(order: tuple[int, ...], curator: User) -> None:
    changes = [EARLIER, PERMISSION, {}, {**PERMISSION, "conditions": ["border_zone"], "act": Act.REAFFIRMS.value}]
    claims = [propose(f"c{number}", **change) for number, change in enumerate(changes)]
    for number in order:
        accept_claim(claim=claims[number].pk, by=curator)
    assert standing() == [
        "any use: banned known from 2023-08-23 until 2024-05-30",
        "any use: conditional from 2024-05-30",
        "atacms use: banned from 2024-05-02 until 2024-05-30",
    ]
    permission = stored_positions()[1]
    assert [(limit.value, limit.claims) for limit in permission.limits] == [
        ("border_zone", ("c3",)),
        ("counter_fire", ("c1",)),
    ]
    assert list(breaches()) == []


# --- Refusing


def refused_accept(claim: Claim, curator: User, error: type[Exception], match: str) -> None:
    before = history()
    with pytest.raises(error, match=match):
        accept_claim(claim=claim.pk, by=curator)
    assert history() == before


def test_a_decided_claim_says_who_decided_it_what_and_when(claim: Claim, curator: User) -> None:
    accept_claim(claim=claim.pk, by=curator)
    claim.refresh_from_db()
    at = claim.decided_at
    assert at
    expected = f"^Anna Berg accepted this claim on {at.day} {at:%B} {at:%Y} at {at:%H:%M} UTC\\.$"
    refused_accept(claim, make_curator("bruno"), AlreadyDecided, expected)
    assert decided(claim) == ("accepted", "anna")


def test_a_rejected_claim_is_not_accepted_before_the_rejection_is_taken_back(claim: Claim) -> None:
    reject_claim(claim=claim.pk, by=make_curator("bruno"), reason="Not about arms")
    before = history()
    with pytest.raises(AlreadyDecided, match=r"^bruno rejected this claim on") as raised:
        accept_claim(claim=claim.pk, by=make_curator("anna"))
    assert (raised.value.decision, raised.value.decided_by) == (Decision.REJECTED, make_curator("bruno"))
    assert (raised.value.claim, raised.value.decided_at is None) == (claim, False)
    assert history() == before


def test_a_claim_without_a_day_waits_for_one(curator: User) -> None:
    claim = propose("c1", **NO_DAY)
    refused_accept(claim, curator, CannotAccept, "The dispatch has no day. Say since when the position holds")
    Claim.objects.filter(pk=claim.pk).update(**day("effective", date(2024, 5, 2)))
    accept_claim(claim=claim.pk, by=curator)
    claim.refresh_from_db()
    assert claim.published_edtf is None
    assert standing() == ["atacms use: banned from 2024-05-02"]
    assert list(breaches()) == []


@pytest.fixture
def synthetic(reference: None) -> Claim:
    version = make_dispatch_version(body="Our own words.", dispatch=Dispatch.objects.create(synthetic=True))
    return propose("c1", dispatch_version=version, quote="Our own", quote_in="body", quote_start=0, quote_end=7)


def test_a_synthetic_claim_enters_no_real_record(synthetic: Claim, curator: User, settings: Settings) -> None:
    settings.DEMO = False
    refused_accept(synthetic, curator, CannotAccept, "The dispatch is synthetic")
    assert not Position.objects.exists()


def test_a_synthetic_claim_enters_a_demonstration(synthetic: Claim, curator: User, settings: Settings) -> None:
    settings.DEMO = True
    accept_claim(claim=synthetic.pk, by=curator)
    shown = Position.objects.get().shown["claims"]["c1"]
    assert (shown["quote"], shown["dispatch"]["synthetic"]) == ("Our own", True)


def test_an_unknown_claim_is_refused(claim: Claim, curator: User) -> None:
    before = history()
    for decide in (
        partial(accept_claim, claim=claim.pk + 1, by=curator),
        partial(accept_claims, claims=[claim.pk, claim.pk + 1], by=curator),
        partial(reject_claim, claim=claim.pk + 1, by=curator, reason="none"),
        partial(undo_decision, claim=claim.pk + 1, by=curator, reason="none"),
    ):
        with pytest.raises(Claim.DoesNotExist):
            decide()
    assert history() == before
    assert decided(claim) == ("proposed", None)


def test_of_claims_accepted_together_all_or_none_enter(claim: Claim, curator: User) -> None:
    undated = propose("c2", **NO_DAY)
    before = history()
    with pytest.raises(CannotAccept):
        accept_claims(claims=[claim.pk, undated.pk], by=curator)
    assert history() == before
    assert decided(claim) == ("proposed", None)


# --- Rejecting


def test_a_rejected_claim_keeps_who_when_and_why_and_changes_no_position(claim: Claim, curator: User) -> None:
    reject_claim(claim=claim.pk, by=curator, reason="  Not the supplier's own position ")
    assert decided(claim) == ("rejected", "anna")
    assert claim.decided_at
    assert claim.decision_reason == "Not the supplier's own position"
    assert trail(claim) == [("insert", "proposed"), ("update", "rejected")]
    assert not Revision.objects.exists()


def test_a_rejection_needs_its_reason_and_a_claim_that_waits(claim: Claim, curator: User) -> None:
    for reason in ("", " \n"):
        with pytest.raises(ValueError, match="A rejection needs its reason"):
            reject_claim(claim=claim.pk, by=curator, reason=reason)
    assert decided(claim) == ("proposed", None)
    accept_claim(claim=claim.pk, by=curator)
    with pytest.raises(AlreadyDecided, match="Anna Berg accepted this claim"):
        reject_claim(claim=claim.pk, by=make_curator("bruno"), reason="Not about arms")
    assert decided(claim) == ("accepted", "anna")


# --- Taking back


def test_taking_back_gives_what_was_before(curator: User) -> None:
    earlier, permission = propose("c1", **EARLIER), propose("c2", **PERMISSION)
    first = accept_claim(claim=earlier.pk, by=curator)
    before, kept = stored_positions(), Position.objects.get().pk
    second = accept_claim(claim=permission.pk, by=curator)
    assert stored_positions() != before
    third = undo_decision(claim=permission.pk, by=make_curator("bruno"), reason="Read it again")
    assert third
    assert stored_positions() == before
    assert Position.objects.get().pk == kept
    assert decided(permission) == ("proposed", None)
    assert (permission.decided_at, permission.decision_reason) == (None, "Read it again")
    assert trail(permission) == [("insert", "proposed"), ("update", "accepted"), ("update", "proposed")]
    assert (third.actor.get_username(), third.reason) == ("bruno", "Read it again")
    versions = PositionVersion.objects.order_by("recorded", "status")
    assert [(row.status, row.ends_edtf, row.opened_by, row.closed_by) for row in versions] == [
        ("banned", None, first, second),
        ("banned", "2024-05-30", second, third),
        ("conditional", None, second, third),
        ("banned", None, third, None),
    ]
    assert list(breaches()) == []


def test_a_position_keeps_its_id_while_its_evidence_comes_and_goes(curator: User) -> None:
    opening = propose("c1", **{**PERMISSION, "prior": None})
    echo = propose("c2", **{**PERMISSION, "prior": None, "conditions": ["border_zone"]})
    accept_claim(claim=opening.pk, by=curator)
    kept = Position.objects.get().pk
    accept_claim(claim=echo.pk, by=curator)
    assert [row.claim.key for row in Position.objects.get(pk=kept).evidence.all()] == ["c1", "c2"]
    undo_decision(claim=opening.pk, by=curator, reason="Read it again")
    assert [row.claim.key for row in Position.objects.get(pk=kept).evidence.all()] == ["c2"]
    assert PositionVersion.objects.filter(position_id=kept).count() == 3


def test_a_rejection_is_taken_back_without_a_revision(claim: Claim, curator: User) -> None:
    reject_claim(claim=claim.pk, by=curator, reason="Not about arms")
    assert undo_decision(claim=claim.pk, by=curator, reason="It is") is None
    assert decided(claim) == ("proposed", None)
    assert trail(claim)[1:] == [("update", "rejected"), ("update", "proposed")]
    assert not Revision.objects.exists()
    accept_claim(claim=claim.pk, by=curator)
    assert decided(claim) == ("accepted", "anna")


def test_what_is_not_decided_cannot_be_taken_back(claim: Claim, curator: User) -> None:
    before = history()
    with pytest.raises(NotDecided, match="This claim is not decided"):
        undo_decision(claim=claim.pk, by=curator, reason="Read it again")
    assert history() == before


def test_taking_back_needs_its_reason(claim: Claim, curator: User) -> None:
    accept_claim(claim=claim.pk, by=curator)
    before = history()
    for reason in ("", " \n"):
        with pytest.raises(ValueError, match="needs its reason"):
            undo_decision(claim=claim.pk, by=curator, reason=reason)
    assert history() == before
    assert decided(claim) == ("accepted", "anna")


# --- Whole or nothing


@pytest.mark.parametrize("table", ["position", "positionevidence", "positionversion", "claimevent"])
def test_an_acceptance_whose_later_write_fails_leaves_nothing(table: str, claim: Claim, curator: User) -> None:
    before = history()
    break_writes(table)
    with pytest.raises(IntegrityError, match="the disk is full"):
        accept_claim(claim=claim.pk, by=curator)
    assert history() == before
    assert decided(claim) == ("proposed", None)


def test_a_rejection_that_cannot_be_audited_leaves_nothing(claim: Claim, curator: User) -> None:
    break_writes("claimevent")
    with pytest.raises(IntegrityError, match="the disk is full"):
        reject_claim(claim=claim.pk, by=curator, reason="Not about arms")
    assert decided(claim) == ("proposed", None)


@pytest.mark.parametrize(("table", "operation"), [("position", "DELETE"), ("positionversion", "UPDATE")])
def test_an_undo_whose_later_write_fails_leaves_nothing(
    table: str, operation: str, claim: Claim, curator: User
) -> None:
    accept_claim(claim=claim.pk, by=curator)
    before = history()
    break_writes(table, operation)
    with pytest.raises(IntegrityError, match="the disk is full"):
        undo_decision(claim=claim.pk, by=curator, reason="Read it again")
    assert history() == before
    assert decided(claim) == ("accepted", "anna")
    assert standing() == ["atacms use: banned from 2024-05-02"]


def test_a_decision_that_was_taken_back_meanwhile_is_said_as_such() -> None:
    assert str(AlreadyDecided(Claim(decision="proposed"))) == (
        "The decision on this claim was taken back meanwhile: it waits again."
    )
