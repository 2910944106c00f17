"""New rules code old dispatches again: what waits is brought up to date, what a curator decided is not touched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from restrictions.actions.claims import (
    AlreadyDecided,
    NotDecided,
    accept_claim,
    edit_claim,
    reject_claim,
    undo_decision,
)
from restrictions.actions.dispatches import LEASE, Received, lease_batch, lease_outdated, store_dispatch
from restrictions.actions.marks import accept_mark, reject_mark
from restrictions.actions.merges import merge_claim
from restrictions.actions.proposals import store_coding
from restrictions.actions.reference import load_reference
from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Attribution, Condition, Status
from restrictions.extraction.document import CodedClaim, CodedMark, Coding
from restrictions.models import Claim, Dispatch, DispatchState, DispatchVersion, Mark
from restrictions.pipelines.coders import RulesCoder
from restrictions.pipelines.coding import code_again, code_waiting
from restrictions.queries.dispatches import claims_proposed_from, outdated
from restrictions.queries.invariants import breaches
from restrictions.queries.plans import claim_plan
from tests.record.rows import make_curator
from tests.record.standing import history
from tests.record.test_proposals import BODY, CODING, MARK, SECOND
from tests.record.test_proposals import CLAIM as WITH_AREA
from tests.record.together import break_writes, together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

STAMP = RulesCoder().stamp
CLAIM = replace(WITH_AREA, areas=(), area_role=None)
OTHER = replace(CLAIM, weapon="atacms", status=Status.BANNED, conditions=(), prior=None)


def code_with(*claims: CodedClaim, marks: tuple[CodedMark, ...] = (), version: str = "8", **changes: Any) -> None:
    """The one dispatch is coded (again) with these claims and marks."""
    if not Dispatch.objects.exists():
        store_dispatch(Received(title="", body=BODY, language="en", published=parse_day("2024-05")))
    lease = lease_outdated(now=timezone.now(), stamp=version)
    lease = lease if lease.dispatches else lease_batch(now=timezone.now())
    coding = Coding(claims, marks, relevant=True, language="en", version=version, **changes)
    newest = DispatchVersion.objects.latest("pk")
    assert store_coding(version=newest, token=lease.token, coding=coding, coded_by=version)


def rows(model: type[Claim] | type[Mark] = Claim) -> list[dict[str, Any]]:
    return [dict(row) for row in model._default_manager.order_by("pk").values()]


def test_what_waits_follows_the_new_rules_and_keeps_what_was_said_first() -> None:
    code_with(CLAIM, version="7")
    first = Claim.objects.get()
    code_with(
        replace(CLAIM, conditions=(Condition.SELF_DEFENCE,), effective="2024-05-30", quote_end=30, quote=BODY[:30])
    )
    claim = Claim.objects.get()
    assert (claim.pk, claim.key, claim.machine) == (first.pk, first.key, first.machine)
    assert (claim.conditions, claim.effective_edtf, str(claim.effective_latest)) == (
        ["self_defence"],
        "2024-05-30",
        "2024-05-30",
    )
    assert claim.machine_latest
    assert (claim.machine_latest["conditions"], claim.quote, claim.coder_version) == (["self_defence"], BODY[:30], "8")
    assert (first.coder_version, claim.decision, Dispatch.objects.get().coded_by) == ("7", "proposed", "8")
    assert list(breaches()) == []


def test_what_is_not_made_any_more_is_withdrawn_and_what_is_new_is_proposed() -> None:
    code_with(CLAIM, version="7")
    code_with(OTHER)
    old, new = Claim.objects.order_by("pk")
    assert (old.decision, old.decision_reason) == ("withdrawn", "Coded again (rules 8): not made any more.")
    assert (new.weapon_id, new.decision, new.coder_version) == ("atacms", "proposed", "8")
    assert claims_proposed_from([Dispatch.objects.get().pk]) == 1
    assert claim_plan(old) is None
    code_with(CLAIM, OTHER, version="9")
    old, new = Claim.objects.order_by("pk")
    assert (old.decision, old.decision_reason, new.decision) == ("proposed", "", "proposed")
    assert list(breaches()) == []


def test_the_same_coding_again_writes_nothing() -> None:
    code_with(CLAIM, OTHER, marks=(MARK,), version="7")
    before = (rows(), rows(Mark), history())
    code_with(OTHER, CLAIM, marks=(MARK,))
    assert (rows(), rows(Mark), history()) == before


@pytest.mark.parametrize("again", [(), (replace(CLAIM, attribution=Attribution.MEDIA),)], ids=["not made", "otherwise"])
@pytest.mark.parametrize("decide", ["accept", "accept as edited", "reject"])
def test_what_a_curator_decided_is_not_touched(decide: str, again: tuple[CodedClaim, ...]) -> None:
    code_with(CLAIM, version="7")
    claim, curator = Claim.objects.get().pk, make_curator()
    if decide == "reject":
        reject_claim(claim=claim, by=curator, reason="Not its own position")
    else:
        accept_claim(claim=claim, by=curator, changes={"weapon": "atacms"} if "edited" in decide else None)
    before = (rows(), history())
    code_with(*again)
    assert (rows(), history()) == before


def test_the_database_holds_the_machine_to_it() -> None:
    code_with(CLAIM, marks=(MARK,), version="7")
    with pytest.raises(IntegrityError, match="said first is kept"), transaction.atomic():
        Claim.objects.update(machine={})
    accept_claim(claim=Claim.objects.get().pk, by=make_curator())
    reject_mark(mark=Mark.objects.get().pk, by=make_curator())
    tries: list[Callable[[], int]] = [
        lambda: Claim.objects.update(machine_latest={}),
        lambda: Claim.objects.update(confidence=0.1),
        lambda: Claim.objects.update(coder_version="8"),
        lambda: Claim.objects.update(decision="withdrawn", decision_reason="so"),
        lambda: Mark.objects.update(coder_version="8"),
        lambda: Mark.objects.update(decision="withdrawn", decision_reason="so"),
    ]
    for write in tries:
        with pytest.raises(IntegrityError, match="A curator has decided this"), transaction.atomic():
            write()


def test_what_is_withdrawn_says_why() -> None:
    code_with(CLAIM, version="7")
    with pytest.raises(IntegrityError, match="withdrawn_has_reason"), transaction.atomic():
        Claim.objects.update(decision="withdrawn")


def test_a_curators_edit_of_what_waits_stays_beside_the_latest_proposal() -> None:
    code_with(CLAIM, OTHER, version="7")
    for claim in Claim.objects.order_by("pk"):
        edit_claim(claim=claim.pk, by=make_curator(), changes={"attribution": "document"}, reason="A letter")
    code_with(replace(CLAIM, attribution=Attribution.MEDIA))
    edited, unmade = Claim.objects.order_by("pk")
    assert (edited.attribution, edited.decision, edited.coder_version) == ("document", "proposed", "8")
    assert edited.machine_latest
    assert edited.machine_latest["attribution"] == "media"
    assert (unmade.attribution, unmade.decision) == ("document", "proposed")


def test_what_a_curator_merged_into_stays() -> None:
    like = replace(CLAIM, weapon="atacms")
    code_with(CLAIM, like, version="7")
    merged, target = Claim.objects.order_by("pk")
    merge_claim(claim=merged.pk, into=target.pk, by=make_curator())
    code_with()
    assert list(Claim.objects.order_by("pk").values_list("decision", flat=True)) == ["rejected", "proposed"]


def test_a_claim_made_by_hand_is_no_business_of_the_machines() -> None:
    code_with(CLAIM, version="7")
    Claim.objects.update(decision="proposed")
    by_hand = Claim.objects.get()
    by_hand.pk, by_hand.key, by_hand.machine, by_hand.weapon_id = None, "by hand", None, "atacms"
    by_hand.save(force_insert=True)
    before = rows()[1]
    code_with(OTHER, replace(OTHER, status=CLAIM.status, conditions=CLAIM.conditions))
    assert rows()[1] == before
    assert Claim.objects.filter(weapon="atacms").count() == 2


def test_an_edit_that_the_new_rules_come_to_as_well_is_met_once() -> None:
    code_with(CLAIM, version="7")
    edit_claim(claim=Claim.objects.get().pk, by=make_curator(), changes={"weapon": "atacms"}, reason="ATACMS are meant")
    code_with(CLAIM, replace(CLAIM, weapon="atacms"))
    claim = Claim.objects.get()
    assert (claim.weapon_id, claim.machine_latest) == ("atacms", None)


def test_marks_are_renewed_withdrawn_and_made_again() -> None:
    code_with(CLAIM, marks=(MARK,), version="7")
    code_with(CLAIM, marks=(replace(MARK, weapon="atacms"),))
    mark = Mark.objects.get()
    assert (mark.weapon_id, mark.coder_version, mark.decision) == ("atacms", "8", "proposed")
    code_with(CLAIM, version="9")
    mark = Mark.objects.get()
    assert (mark.decision, mark.decision_reason) == ("withdrawn", "Coded again (rules 9): not made any more.")
    code_with(CLAIM, marks=(MARK,), version="91")
    mark = Mark.objects.get()
    assert (mark.decision, mark.decision_reason, mark.weapon_id) == ("proposed", "", "any")


def test_a_decided_mark_is_not_touched() -> None:
    code_with(CLAIM, marks=(MARK,), version="7")
    accept_mark(mark=Mark.objects.get().pk, by=make_curator())
    before = rows(Mark)
    code_with(CLAIM, marks=(replace(MARK, weapon="atacms"),))
    code_with(CLAIM, version="9")
    assert rows(Mark) == before


def test_a_withdrawn_claim_cannot_be_decided_and_says_why() -> None:
    code_with(CLAIM, version="7")
    code_with()
    claim, by = Claim.objects.get().pk, make_curator()
    with pytest.raises(AlreadyDecided, match="The machine has withdrawn this claim: Coded again"):
        accept_claim(claim=claim, by=by)
    with pytest.raises(AlreadyDecided, match="The machine has withdrawn"):
        edit_claim(claim=claim, by=by, changes={"act": "denies"}, reason="so")
    with pytest.raises(NotDecided):
        undo_decision(claim=claim, by=by, reason="so")


def test_rules_that_stand_in_for_a_model_take_nothing_back() -> None:
    code_with(CLAIM, version="7", coder="model")
    before = rows()
    code_with(OTHER, note="coded by the rules: no answer")
    assert rows() == before
    assert Dispatch.objects.get().outcome.endswith("; coded by the rules: no answer")


@pytest.mark.parametrize("table", ["claim", "mark"])
def test_a_coding_again_that_cannot_be_stored_whole_changes_nothing(table: str) -> None:
    code_with(CLAIM, marks=(MARK,), version="7")
    lease = lease_outdated(now=timezone.now(), stamp="8")
    before = (rows(), rows(Mark))
    break_writes(table, "UPDATE")
    with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
        store_coding(
            version=DispatchVersion.objects.get(), token=lease.token, coding=Coding(relevant=True), coded_by="8"
        )
    assert (rows(), rows(Mark)) == before
    assert Dispatch.objects.get().state == DispatchState.CODING


def receive(count: int) -> None:
    """Dispatches that older rules coded, with a claim that they do not make."""
    for number in range(count):
        body = f"Number {number}. The United States allows Ukraine to use American weapons against targets in Russia."
        store_dispatch(Received(title="", body=body, language="en", published=parse_day("2024-05-31")))
    lease = lease_batch(now=timezone.now())
    for version in DispatchVersion.objects.filter(dispatch__in=lease.dispatches):
        said = replace(OTHER, quote=version.body[:20], quote_end=20)
        coding = Coding((said,), relevant=True, language="en", version="0")
        assert store_coding(version=version, token=lease.token, coding=coding, coded_by="rules 0")


def counts() -> dict[str, int]:
    found = Claim.objects.order_by().values_list("weapon", "decision")
    return {f"{weapon} {decision}": list(found).count((weapon, decision)) for weapon, decision in found}


def test_only_what_other_rules_coded_is_leased_and_what_waits_comes_first() -> None:
    receive(2)
    store_dispatch(Received(title="", body=SECOND, language="en"))
    assert outdated(STAMP) == 2
    assert code_waiting() == 1
    assert outdated(STAMP) == 2
    assert (code_waiting(), code_waiting(), outdated(STAMP)) == (2, 0, 0)
    assert counts() == {"atacms withdrawn": 2, "any proposed": 2}


def test_a_model_is_asked_again_only_on_command(settings: Any) -> None:
    receive(1)
    settings.CODER_URL, settings.CODER_MODEL = "http://127.0.0.1:1/v1", "m"
    assert code_waiting() == 0
    assert code_again() == 1
    assert Dispatch.objects.get().coded_by.startswith("model m/1, rules ")


def test_the_command_codes_all_that_is_outdated_and_then_nothing() -> None:
    receive(3)
    out = StringIO()
    call_command("recode", stdout=out, stderr=StringIO())
    before = (rows(), history())
    call_command("recode", stdout=out, stderr=StringIO())
    assert out.getvalue() == "Coded again: 3.\nCoded again: 0.\n"
    assert (rows(), history()) == before


def test_what_a_worker_that_was_killed_had_leased_is_done_by_the_next() -> None:
    receive(2)
    long_ago = timezone.now() - LEASE - timedelta(seconds=1)
    killed = lease_outdated(now=long_ago, stamp=STAMP, size=1)
    assert len(killed.dispatches) == 1
    assert [code_waiting() for _ in range(3)] == [1, 1, 0]
    assert counts() == {"atacms withdrawn": 2, "any proposed": 2}
    version = DispatchVersion.objects.get(dispatch=killed.dispatches[0])
    assert not store_coding(version=version, token=killed.token, coding=CODING, coded_by="rules 0")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_code_each_dispatch_again_once() -> None:
    load_reference()
    receive(30)
    done = together(*[lambda: [code_again() for _ in range(3)]] * 2)
    assert sum(map(sum, done)) == 30
    assert counts() == {"atacms withdrawn": 30, "any proposed": 30}
    assert set(Dispatch.objects.values_list("attempts", "state", "coded_by")) == {(1, "coded", STAMP)}
