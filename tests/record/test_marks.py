"""A curator's decisions about marks: public or not, and what observed use dates."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from restrictions.actions.claims import accept_claim
from restrictions.actions.marks import MarkAlreadyDecided, accept_mark, reject_mark
from restrictions.domain.vocabulary import Act
from restrictions.models import Claim, Mark, Position, PositionVersion, Revision
from restrictions.queries.invariants import breaches
from tests.record.rows import claim_row, day, make_curator
from tests.record.standing import history, trail
from tests.record.together import break_writes, together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def propose(act: Act, **changes: Any) -> Mark:
    """A mark of 19 November 2024 about American ATACMS in Ukraine's hands, waiting."""
    values: dict[str, Any] = {"actor": "UA", "supplier_id": "US", "recipient_id": "UA", "weapon_id": "atacms"}
    place = {"territory": "RU", **day("day", date(2024, 11, 19))}
    return Mark.objects.create(**{"key": f"m-{act}", "act": act.value, **values, **place, **changes})


def decided(mark: Mark) -> tuple[str, str | None, bool]:
    mark.refresh_from_db()
    return mark.decision, mark.decided_by.get_username() if mark.decided_by else None, mark.decided_at is not None


@pytest.fixture
def position(reference: None) -> Position:
    """A ban on ATACMS from 2 May 2024, in the record."""
    claim = claim_row("c1")
    claim.save()
    accept_claim(claim=Claim.objects.get().pk, by=make_curator())
    return Position.objects.get()


def test_an_accepted_mark_is_public_and_changes_no_position(position: Position) -> None:
    mark, before = propose(Act.URGES), history()
    accept_mark(mark=mark.pk, by=make_curator("anna"))
    assert decided(mark) == ("accepted", "anna", True)
    assert trail(mark) == [("insert", "proposed"), ("update", "accepted")]
    assert history() == before | {name: before[name] + 1 for name in ("MarkEvent", "Revision")}
    assert list(Mark.objects.accepted()) == [mark]


def test_observed_use_dates_the_first_use_of_the_position_in_force(position: Position) -> None:
    mark = propose(Act.USED)
    accept_mark(mark=mark.pk, by=make_curator("anna"))
    assert decided(mark) == ("accepted", "anna", True)
    revision = Revision.objects.latest("instant")
    assert (revision.reason, revision.actor.get_username()) == ("Accepted the mark m-used", "anna")
    position.refresh_from_db()
    assert (position.first_used_edtf, position.revision) == ("2024-11-19", revision)
    versions = PositionVersion.objects.order_by("recorded").values_list("first_used_edtf", "opened_by")
    assert list(versions) == [(None, Revision.objects.earliest("instant").pk), ("2024-11-19", revision.pk)]
    assert list(breaches()) == []


def test_an_earlier_use_moves_the_first_use(position: Position) -> None:
    for number, seen in enumerate((date(2024, 11, 19), date(2024, 10, 1), date(2024, 12, 1))):
        mark = propose(Act.USED, key=f"m{number}", **day("day", seen))
        accept_mark(mark=mark.pk, by=make_curator())
    position.refresh_from_db()
    assert position.first_used_edtf == "2024-10-01"
    assert list(breaches()) == []


@pytest.mark.parametrize(
    "changes",
    [{"weapon_id": None}, {"day_edtf": None, "day_earliest": None, "day_latest": None}, {"territory": "UA"}],
    ids=["of no known weapon", "on no known day", "elsewhere"],
)
def test_use_that_says_too_little_dates_nothing(changes: dict[str, Any], position: Position) -> None:
    accept_mark(mark=propose(Act.USED, **changes).pk, by=make_curator())
    position.refresh_from_db()
    assert position.first_used_edtf is None
    assert PositionVersion.objects.count() == 1


def test_use_of_unknown_origin_changes_no_position(position: Position) -> None:
    mark = propose(Act.USED, supplier_id=None)
    accept_mark(mark=mark.pk, by=make_curator("anna"))
    assert decided(mark) == ("accepted", "anna", True)
    assert PositionVersion.objects.count() == 1


def test_a_rejected_mark_stays_out() -> None:
    mark = propose(Act.USED)
    reject_mark(mark=mark.pk, by=make_curator("bruno"))
    assert decided(mark) == ("rejected", "bruno", True)
    assert trail(mark) == [("insert", "proposed"), ("update", "rejected")]
    assert not Revision.objects.exists()


@pytest.mark.parametrize("act", [Act.URGES, Act.USED])
def test_a_decided_mark_is_not_decided_again(act: Act, position: Position) -> None:
    mark = propose(act)
    reject_mark(mark=mark.pk, by=make_curator("bruno"))
    before = history()
    for decide in (accept_mark, reject_mark):
        with pytest.raises(MarkAlreadyDecided, match=r"This mark is already decided\."):
            decide(mark=mark.pk, by=make_curator("anna"))
    assert decided(mark) == ("rejected", "bruno", True)
    assert history() == before


def test_an_unknown_mark_is_refused() -> None:
    for decide in (accept_mark, reject_mark):
        with pytest.raises(Mark.DoesNotExist):
            decide(mark=-1, by=make_curator())
    assert not Revision.objects.exists()


@pytest.mark.parametrize("table", ["markevent", "positionversion"])
def test_an_acceptance_whose_later_write_fails_leaves_nothing(table: str, position: Position) -> None:
    mark = propose(Act.USED)
    before = history()
    break_writes(table)
    with pytest.raises(IntegrityError, match="the disk is full"):
        accept_mark(mark=mark.pk, by=make_curator())
    assert decided(mark) == ("proposed", None, False)
    assert history() == before


def test_a_rejection_that_cannot_be_audited_leaves_nothing() -> None:
    mark = propose(Act.URGES)
    break_writes("markevent")
    with pytest.raises(IntegrityError, match="the disk is full"):
        reject_mark(mark=mark.pk, by=make_curator())
    assert decided(mark) == ("proposed", None, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [Act.URGES, Act.USED])
def test_of_two_curators_at_once_one_decides_a_mark(act: Act, position: Position) -> None:
    mark = propose(act)
    anna, bruno = make_curator("anna"), make_curator("bruno")
    outcomes = together(
        partial(accept_mark, mark=mark.pk, by=anna),
        partial(reject_mark, mark=mark.pk, by=bruno),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MarkAlreadyDecided", "NoneType"]
    assert decided(mark)[:2] in [("accepted", "anna"), ("rejected", "bruno")]
    position.refresh_from_db()
    dated = act is Act.USED and mark.decision == "accepted"
    assert position.first_used_edtf == ("2024-11-19" if dated else None)
    assert list(breaches()) == []
