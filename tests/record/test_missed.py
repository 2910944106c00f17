"""Claims that the machine missed: stored with their quote, taken into the record, or neither."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from restrictions.actions.missed import AlreadyProposed, accept_missed, propose_missed
from restrictions.actions.seen import PlanChanged
from restrictions.models import Claim, DispatchVersion, Position
from restrictions.queries.drafts import draft_claim, keyed, quoted
from restrictions.queries.edits import edited
from restrictions.queries.plans import planned
from restrictions.queries.steps import taking_in
from tests.record.proposing import decided
from tests.record.rows import make_curator
from tests.record.standing import history, standing, trail
from tests.record.together import break_writes
from tests.site.desk_rows import LETS, STILL_NOT, make_dispatch, propose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def curator(reference: None) -> User:
    return make_curator("anna")


@pytest.fixture
def version(reference: None) -> DispatchVersion:
    return make_dispatch()


def draft(version: DispatchVersion) -> Claim:
    """A ban on ATACMS, of the last sentence but one."""
    start = version.body.index(STILL_NOT)
    row = quoted(draft_claim(version), "body", (start, start + len(STILL_NOT)))
    fields = {"supplier": "US", "weapon": "atacms", "status": "banned", "effective": "2024-05-02"}
    return keyed(edited(row, fields))


def test_a_missed_claim_waits_with_its_quote_and_who_found_it(version: DispatchVersion, curator: User) -> None:
    claim = propose_missed(draft=draft(version), by=curator)
    assert decided(claim) == ("proposed", None)
    assert (claim.quote, claim.coder, claim.machine, claim.confidence) == (STILL_NOT, "curator", None, None)
    assert claim.published_edtf == "2024-05"
    assert claim.key.endswith(f"#1/body:{version.body.index(STILL_NOT)}/US/atacms/banned")
    assert trail(claim) == [("insert", "proposed")]
    assert claim.recipient_id == "UA"
    assert not Position.objects.exists()


def test_a_missed_claim_is_accepted_by_the_plan_that_was_seen(version: DispatchVersion, curator: User) -> None:
    seen = planned(taking_in(draft(version))).seen
    with pytest.raises(PlanChanged):
        accept_missed(draft=draft(version), by=curator, seen="another")
    assert not Claim.objects.exists()
    revision = accept_missed(draft=draft(version), by=curator, seen=seen)
    assert revision.actor == curator
    assert standing() == ["atacms use: banned known from 2024-05-02"]


def test_the_ends_and_the_land_are_guessed_from_another_claim(version: DispatchVersion) -> None:
    propose(version, LETS, supplier_id="FR")
    guessed = draft_claim(version)
    assert (guessed.supplier_id, guessed.recipient_id, guessed.territory) == ("FR", "UA", "RU")


def test_the_same_claim_at_the_same_words_is_not_proposed_twice(version: DispatchVersion, curator: User) -> None:
    propose_missed(draft=draft(version), by=curator)
    before = history()
    with pytest.raises(AlreadyProposed, match="open that one"):
        accept_missed(draft=draft(version), by=curator)
    assert history() == before


def test_words_that_the_text_does_not_hold_are_refused_by_the_database(version: DispatchVersion, curator: User) -> None:
    row = draft(version)
    row.quote = "Something else"
    with pytest.raises(IntegrityError, match="The quote is not the text"):
        propose_missed(draft=row, by=curator)


def test_a_missed_claim_whose_acceptance_fails_is_not_left_behind(version: DispatchVersion, curator: User) -> None:
    before = history()
    break_writes("position")
    with pytest.raises(IntegrityError, match="the disk is full"):
        accept_missed(draft=draft(version), by=curator)
    assert history() == before
