"""Curators who decide at the same moment, each on a connection of their own."""

from collections.abc import Callable
from functools import partial
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import transaction

from restrictions.actions.claims import AlreadyDecided, accept_claim, edit_claim, reject_claim, undo_decision
from restrictions.actions.record import open_revision
from restrictions.actions.retractions import retract_claim
from restrictions.actions.settlements import settle
from restrictions.domain.vocabulary import Status
from restrictions.models import Claim, Position, Revision, Settlement
from restrictions.queries.invariants import breaches
from restrictions.queries.plans import planned
from restrictions.queries.rulings import proposed_ruling
from restrictions.queries.steps import settling, taking_in
from tests.record.disputing import FIRST, LINE, UNTIL, dispute
from tests.record.proposing import EARLIER, PERMISSION, decided, propose
from tests.record.rows import make_curator
from tests.record.standing import standing
from tests.record.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]


@pytest.fixture
def claim(reference: None) -> Claim:
    """A ban on ATACMS from 2 May 2024, waiting."""
    return propose("c1")


def test_of_two_curators_at_once_one_decides_and_the_other_is_told(claim: Claim) -> None:
    curators = [make_curator(name) for name in ("anna", "bruno")]
    outcomes = together(*(partial(accept_claim, claim=claim.pk, by=curator) for curator in curators))
    [revision] = [outcome for outcome in outcomes if isinstance(outcome, Revision)]
    [told] = [outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]
    assert decided(claim) == ("accepted", revision.actor.get_username())
    assert (told.decided_by, told.decided_at) == (revision.actor, claim.decided_at)
    assert str(told).startswith(f"{revision.actor.get_username()} accepted this claim on")
    assert list(Revision.objects.all()) == [revision]
    assert list(breaches()) == []


def test_accepting_and_rejecting_at_once_leaves_one_decision(claim: Claim) -> None:
    anna, bruno = make_curator("anna"), make_curator("bruno")
    accepting: Callable[[], Any] = partial(accept_claim, claim=claim.pk, by=anna)
    rejecting: Callable[[], Any] = partial(reject_claim, claim=claim.pk, by=bruno, reason="Not about arms")
    outcomes = together(accepting, rejecting)
    told = [outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]
    assert len(told) == 1
    is_accepted = decided(claim) == ("accepted", "anna")
    assert is_accepted or decided(claim) == ("rejected", "bruno")
    assert standing() == (["atacms use: banned from 2024-05-02"] if is_accepted else [])
    assert list(breaches()) == []


def test_claims_of_one_pair_accepted_at_once_all_count() -> None:
    curator = make_curator()
    changes: list[dict[str, Any]] = [EARLIER, PERMISSION, {}, {**PERMISSION, "conditions": ["border_zone"]}]
    claims = [propose(f"c{number}", **change) for number, change in enumerate(changes)]
    outcomes = together(*(partial(accept_claim, claim=claim.pk, by=curator) for claim in claims))
    assert all(isinstance(outcome, Revision) for outcome in outcomes), outcomes
    assert standing() == [
        "any use: banned known from 2023-08-23 until 2024-05-30",
        "any use: conditional from 2024-05-30",
        "atacms use: banned from 2024-05-02 until 2024-05-30",
    ]
    permission = Position.objects.get(status="conditional")
    assert [row.claim.key for row in permission.evidence.all()] == ["c1", "c3"]
    assert list(breaches()) == []


def test_taking_back_what_another_has_just_decided_anew_is_refused(claim: Claim) -> None:
    anna, bruno = make_curator("anna"), make_curator("bruno")
    accept_claim(claim=claim.pk, by=anna)
    holding, reached = Event(), Event()

    def decide_anew() -> None:
        with transaction.atomic():
            open_revision(by=bruno, reason="Looked at it again")
            undo_decision(claim=claim.pk, by=bruno, reason="Looked at it again")
            reject_claim(claim=claim.pk, by=bruno, reason="Not about arms")
            holding.set()
            assert not reached.wait(0.5), "the other did not wait for its turn"

    def take_back() -> None:
        assert holding.wait(20)
        try:
            undo_decision(claim=claim.pk, by=anna, reason="Read it again")
        finally:
            reached.set()

    _, refused = together(decide_anew, take_back)
    assert isinstance(refused, AlreadyDecided)
    assert str(refused).startswith("bruno rejected this claim on")
    assert decided(claim) == ("rejected", "bruno")
    assert standing() == []


def test_of_two_who_take_back_at_once_one_does(claim: Claim) -> None:
    curator = make_curator()
    accept_claim(claim=claim.pk, by=curator)
    outcomes = together(*[partial(undo_decision, claim=claim.pk, by=curator, reason="Read it again")] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotDecided", "Revision"]
    assert decided(claim) == ("proposed", None)
    assert list(breaches()) == []


def test_of_two_who_retract_at_once_one_does(claim: Claim) -> None:
    curator = make_curator()
    accept_claim(claim=claim.pk, by=curator)
    outcomes = together(*[partial(retract_claim, claim=claim.pk, by=curator, reason="Taken back")] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CannotRetract", "Revision"]
    assert standing() == []


def test_of_two_who_accept_two_claims_by_plans_of_one_record_the_later_sees_a_new_plan(claim: Claim) -> None:
    curator, other = make_curator(), propose("c2", **EARLIER)
    seen = {row.pk: planned(taking_in(row)).seen for row in (claim, other)}
    outcomes = together(*(partial(accept_claim, claim=row, by=curator, seen=mark) for row, mark in seen.items()))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PlanChanged", "Revision"]
    assert Claim.objects.accepted().count() == 1
    assert list(breaches()) == []


def test_of_two_who_settle_one_dispute_by_one_plan_one_does() -> None:
    dispute()
    curator = make_curator()
    ruled: dict[str, Any] = {"line": LINE, "first": FIRST, "until": UNTIL, "status": Status.CONDITIONAL, "by": curator}
    mark = planned(settling(proposed_ruling(**ruled, practice=None, reason="any"))).seen
    outcomes = together(*[partial(settle, **ruled, reason="The letter says so", seen=mark)] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PlanChanged", "Settlement"]
    assert Settlement.objects.count() == 1
    assert list(breaches()) == []


def test_a_claim_decided_while_another_edits_it_is_left_as_decided(claim: Claim) -> None:
    anna, bruno = make_curator("anna"), make_curator("bruno")
    holding = Event()

    def accept() -> None:
        with transaction.atomic():
            accept_claim(claim=claim.pk, by=bruno)
            holding.set()
            sleep(0.5)  # the other has read by now that the claim waits, and waits for the row

    def edit() -> None:
        assert holding.wait(20)
        edit_claim(claim=claim.pk, by=anna, changes={"weapon": "any"}, reason="Misread")

    _, refused = together(accept, edit)
    assert isinstance(refused, AlreadyDecided)
    assert standing() == ["atacms use: banned from 2024-05-02"]
