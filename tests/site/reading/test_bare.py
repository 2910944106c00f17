"""Positions read without what they show: the same as in full, and of one revision whatever comes after."""

from dataclasses import replace

import pytest

from restrictions.actions.claims import undo_decision
from restrictions.domain.clock import Clock
from restrictions.models import Claim
from restrictions.queries.bare import towards
from restrictions.queries.shown import positions_towards
from tests.record.backdating import days_ago
from tests.record.rows import make_curator

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("small_record")
@pytest.mark.parametrize("clock", [Clock(), Clock(reported=days_ago(900))])
def test_a_bare_position_says_what_it_says_in_full(clock: Clock) -> None:
    full, known = positions_towards("UA", clock=clock), towards("UA", clock=clock)
    assert list(known.bare) == list(full)
    for number, held in full.items():
        assert replace(known.bare[number], evidence=(), rules=()) == replace(held.position, evidence=(), rules=())
    some = list(full)[:5]
    assert [held.shown for held in known.held(some).values()] == [full[number].shown for number in some]


@pytest.mark.usefixtures("small_record")
def test_what_was_read_of_a_revision_stays_whole_when_the_next_one_comes() -> None:
    known = towards("UA")
    before = known.shown(list(known.bare))
    undo_decision(claim=Claim.objects.get(status="conditional").pk, by=make_curator("second"), reason="Not so.")
    assert known.shown(list(known.bare)) == before
    now = towards("UA")
    assert len(now.bare) < len(known.bare)
    assert now.shown(list(now.bare)).keys() == now.bare.keys()


@pytest.mark.usefixtures("small_record")
def test_a_record_is_read_once_for_a_revision() -> None:
    assert towards("UA") is towards("UA")
    assert not towards("IL").bare


def test_a_record_that_has_not_begun_holds_nothing() -> None:
    assert not towards("UA").bare
    assert not towards("UA").shown([1])
