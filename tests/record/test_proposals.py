"""What the coder proposes is stored whole, under its lease, and never over what a human decided."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from restrictions.actions.claims import accept_claim, reject_claim
from restrictions.actions.dispatches import LEASE, Received, lease_batch, store_dispatch
from restrictions.actions.marks import accept_mark
from restrictions.actions.proposals import store_coding, store_empty
from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track
from restrictions.extraction.document import CodedClaim, CodedMark, Coding
from restrictions.models import Claim, Country, Dispatch, DispatchState, DispatchVersion, Mark, Position
from restrictions.queries.dispatches import claims_proposed_from
from restrictions.queries.invariants import breaches
from tests.record.rows import make_curator, make_weapon
from tests.record.standing import standing
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BODY = "Washington lets Kyiv fire near Kharkiv. NATO calls for more."
FIRST, SECOND = BODY[:39], BODY[40:]

CLAIM = CodedClaim(
    supplier="US",
    recipient="UA",
    weapon="any",
    status=Status.CONDITIONAL,
    track=Track.USE,
    territory="RU",
    act=Act.SETS,
    attribution=Attribution.ANONYMOUS_OFFICIAL,
    effective="2024-05",
    quote=FIRST,
    quote_in="body",
    quote_start=0,
    quote_end=39,
    areas=("UA-63",),
    area_role=AreaRole.DEFENDED,
    conditions=(Condition.COUNTER_FIRE,),
    prior=Status.BANNED,
    rule_ids=("op.permit",),
    confidence=0.9,
)
MARK = CodedMark(
    act=Act.URGES, actor="NATO", quote=SECOND, quote_in="body", quote_start=40, quote_end=len(BODY), weapon="any"
)
CODING = Coding(claims=(CLAIM,), marks=(MARK,), relevant=True, language="en", version="7")


def receive(**changes: Any) -> tuple[DispatchVersion, UUID]:
    """A dispatch of May 2024 with our sentence, leased: its newest version, and the lease's token."""
    values: dict[str, Any] = {"title": "", "body": BODY, "published": parse_day("2024-05")}
    kept = store_dispatch(Received(**{**values, **changes}))
    return DispatchVersion.objects.filter(dispatch=kept.dispatch).latest("number"), lease_batch(now=NOW).token


def store(coding: Coding, **changes: Any) -> DispatchVersion:
    version, token = receive(**changes)
    assert store_coding(version=version, token=token, coding=coding)
    connection.check_constraints()
    return version


def test_a_proposed_claim_has_every_field_its_quote_and_what_the_machine_said() -> None:
    version = store(CODING)
    claim = Claim.objects.get()
    assert claim.key == f"{version.content_hash[:16]}#1/body:0/US/any/conditional"
    said = (claim.supplier_id, claim.recipient_id, claim.weapon_id, claim.track, claim.territory, claim.status)
    assert said == ("US", "UA", "any", "use", "RU", "conditional")
    assert (claim.areas, claim.area_role, claim.conditions) == (["UA-63"], "defended", ["counter_fire"])
    assert (claim.act, claim.attribution, claim.prior) == ("sets", "anonymous_official", "banned")
    assert (claim.role, claim.decision) == ("supplier", "proposed")
    assert (claim.effective_edtf, str(claim.effective_latest), claim.published_edtf) == (
        "2024-05",
        "2024-05-31",
        "2024-05",
    )
    assert (claim.dispatch_version, claim.quote, claim.quote_in) == (version, FIRST, "body")
    assert (claim.coder, claim.coder_version, claim.rule_ids) == ("rules", "7", ["op.permit"])
    assert claim.confidence == 0.9
    assert claim.machine
    assert (claim.machine["quote"], claim.machine["status"]) == (FIRST, "conditional")


def test_a_mark_is_about_the_recipient_and_the_territory_that_all_claims_agree_on() -> None:
    store(CODING)
    mark = Mark.objects.get()
    assert (mark.act, mark.actor, mark.supplier_id) == ("urges", "NATO", None)
    assert (mark.recipient_id, mark.territory) == ("UA", "RU")
    assert (mark.weapon_id, mark.day_edtf, mark.quote, mark.decision) == ("any", "2024-05", SECOND, "proposed")


def test_a_mark_names_no_recipient_where_claims_differ_or_are_missing() -> None:
    Country.objects.create(code="IL", name_en="Israel", name_fr="Israël")
    other = replace(CLAIM, recipient="IL", supplier="FR")
    store(replace(CODING, claims=(CLAIM, other)))
    store(replace(CODING, claims=()), title="Another")
    about = [(mark.recipient_id, mark.territory) for mark in Mark.objects.order_by("pk")]
    assert about == [(None, "RU"), (None, "")]


def test_use_that_the_coder_saw_dates_the_first_use_once_accepted() -> None:
    used = replace(MARK, act=Act.USED, actor="UA", supplier="US")
    store(replace(CODING, marks=(used,)))
    accept_claim(claim=Claim.objects.get().pk, by=make_curator())
    accept_mark(mark=Mark.objects.get().pk, by=make_curator())
    assert Position.objects.get(status="conditional").first_used_edtf == "2024-05"


@pytest.mark.parametrize(
    ("changes", "supplier"),
    [
        ({"act": Act.SIGNALS, "actor": "US"}, "US"),
        ({"act": Act.SIGNALS, "actor": "US", "supplier": "FR"}, "FR"),
        ({"act": Act.URGES, "actor": "FR"}, None),
        ({"act": Act.SIGNALS, "actor": "EU"}, None),
        ({"act": Act.SIGNALS, "actor": "NATO"}, None),
    ],
    ids=["a state about itself", "about another", "a call", "a union is no state", "nor is an alliance"],
)
def test_a_hint_belongs_to_the_state_that_gives_it(changes: dict[str, Any], supplier: str | None) -> None:
    store(replace(CODING, marks=(replace(MARK, **changes),)))
    assert Mark.objects.get().supplier_id == supplier


def test_a_state_that_supplies_not_but_has_a_say_only_consents() -> None:
    make_weapon("scalp")
    own = replace(CLAIM, supplier="FR", weapon="scalp", areas=(), area_role=None)
    store(replace(CODING, claims=(own,)))
    accept_claim(claim=Claim.objects.get().pk, by=make_curator())
    say = replace(own, supplier="US", conditions=(Condition.CASE_BY_CASE,))
    store(replace(CODING, claims=(say, own)), title="Another")
    roles = Claim.objects.order_by("pk").values_list("supplier", "role")
    assert list(roles) == [("FR", Role.SUPPLIER), ("US", Role.CONSENT), ("FR", Role.SUPPLIER)]


def test_the_dispatch_ends_coded_with_counts_or_irrelevant_with_the_reason() -> None:
    version = store(CODING)
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.outcome, dispatch.lease_token) == (DispatchState.CODED, "1 claims, 1 marks", None)
    assert claims_proposed_from([version.dispatch_id]) == 1
    store(Coding(reason="no weapon is named"), title="Football")
    other = Dispatch.objects.latest("pk")
    assert (other.state, other.outcome) == (DispatchState.IRRELEVANT, "no weapon is named")
    assert claims_proposed_from([other.pk]) == 0


def test_an_undated_dispatch_gives_claims_that_wait_for_their_day() -> None:
    store(replace(CODING, claims=(replace(CLAIM, effective=None),)), published=None)
    claim, mark = Claim.objects.get(), Mark.objects.get()
    assert {claim.effective_edtf, claim.published_edtf, mark.day_edtf} == {None}


def test_without_the_lease_nothing_is_written() -> None:
    version, _ = receive()
    assert not store_coding(version=version, token=uuid4(), coding=CODING)
    assert not Claim.objects.exists()
    assert not Mark.objects.exists()
    assert Dispatch.objects.get().state == DispatchState.CODING


def code_again(version: DispatchVersion, coding: Coding) -> None:
    """As after a lease that ran out although its holder had stored everything."""
    Dispatch.objects.update(state=DispatchState.NEW)
    assert store_coding(version=version, token=lease_batch(now=NOW + LEASE).token, coding=coding)


def test_coding_again_changes_nothing_that_is_held() -> None:
    version = store(CODING)
    before = (list(Claim.objects.values()), list(Mark.objects.values()))
    code_again(version, replace(CODING, version="8"))
    assert (list(Claim.objects.values()), list(Mark.objects.values())) == before


def test_what_a_human_decided_stands_when_the_machine_speaks_again() -> None:
    version = store(CODING)
    reject_claim(claim=Claim.objects.get().pk, by=make_curator("anna"), reason="Not the supplier's own position")
    code_again(version, CODING)
    claim = Claim.objects.get()
    assert claim.decided_by
    assert (claim.decision, claim.decided_by.get_username()) == ("rejected", "anna")


def test_a_new_version_is_proposed_beside_the_decided_old_one() -> None:
    store(CODING, address="https://example.org/1")
    accept_claim(claim=Claim.objects.get().pk, by=make_curator())
    store(CODING, address="https://example.org/1", body=f"{BODY} Updated.")
    assert list(Claim.objects.order_by("pk").values_list("key", "decision")) == [
        ("https://example.org/1#1/body:0/US/any/conditional", "accepted"),
        ("https://example.org/1#2/body:0/US/any/conditional", "proposed"),
    ]


def test_the_same_text_of_two_publishers_gives_claims_of_both() -> None:
    store(CODING, publisher="An agency")
    store(CODING, publisher="A paper")
    assert Claim.objects.count() == 2
    assert Mark.objects.count() == 2
    assert claims_proposed_from(Dispatch.objects.values_list("pk", flat=True)) == 2


@pytest.mark.parametrize("table", ["claim", "claimevent", "mark"])
def test_a_coding_that_cannot_be_stored_whole_is_not_stored(table: str) -> None:
    version, token = receive()
    break_writes(table)
    with pytest.raises(IntegrityError, match="the disk is full"):
        store_coding(version=version, token=token, coding=CODING)
    assert not Claim.objects.exists()
    assert Dispatch.objects.get().state == DispatchState.CODING


def test_a_quote_that_is_not_in_the_text_is_refused() -> None:
    version, token = receive()
    with pytest.raises(IntegrityError, match="not the text from its start to its end"):
        store_coding(version=version, token=token, coding=replace(CODING, claims=(replace(CLAIM, quote_start=1),)))
    assert not Claim.objects.exists()


def test_a_proposal_once_accepted_makes_its_position() -> None:
    store(CODING)
    accept_claim(claim=Claim.objects.get().pk, by=make_curator())
    assert standing() == [
        "any use: banned known from 2024-05-30 until 2024-05",
        "any use: conditional from 2024-05",
    ]
    assert list(breaches()) == []


EMPTY = Coding(claims=(), marks=(), relevant=False, language="en", version="7", reason="topic")


def receive_many(count: int) -> tuple[list[DispatchVersion], UUID]:
    for number in range(count):
        store_dispatch(Received(title="", body=f"It rained {number} times in Lille.", language="en"))
    lease = lease_batch(now=NOW)
    return list(DispatchVersion.objects.filter(dispatch__in=lease.dispatches).order_by("pk")), lease.token


def test_what_holds_nothing_is_ended_together_in_a_constant_number_of_queries() -> None:
    versions, token = receive_many(9)
    with CaptureQueriesContext(connection) as queries:
        assert store_empty(codings=[(version, EMPTY) for version in versions], token=token, coded_by="rules 7") == []
    assert len(queries) <= 5
    ends = set(Dispatch.objects.values_list("state", "outcome", "coded_by", "lease_token"))
    assert ends == {("irrelevant", "topic", "rules 7", None)}


def test_a_dispatch_of_which_something_is_held_is_given_back() -> None:
    held = store(CODING)
    Dispatch.objects.update(state=DispatchState.NEW)
    token = lease_batch(now=NOW).token
    assert store_empty(codings=[(held, EMPTY)], token=token) == [(held, EMPTY)]
    assert Dispatch.objects.get().state == DispatchState.CODING
    assert store_coding(version=held, token=token, coding=EMPTY)
    assert Claim.objects.get().decision == "withdrawn"


def test_a_lost_lease_ends_nothing_together_either() -> None:
    versions, _ = receive_many(2)
    assert store_empty(codings=[(version, EMPTY) for version in versions], token=uuid4()) == []
    assert set(Dispatch.objects.values_list("state", flat=True)) == {DispatchState.CODING}


def test_ends_that_cannot_all_be_written_are_not_written_at_all() -> None:
    versions, token = receive_many(2)
    relevant = replace(EMPTY, relevant=True)
    break_writes("dispatch", "UPDATE", when="NEW.state = 'coded'")
    with pytest.raises(IntegrityError, match="the disk is full"):
        store_empty(codings=[(versions[0], EMPTY), (versions[1], relevant)], token=token)
    assert set(Dispatch.objects.values_list("state", flat=True)) == {DispatchState.CODING}
