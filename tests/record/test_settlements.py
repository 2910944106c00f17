"""Rulings of editors on contested days: which side holds, signed, with a public reason; withdrawn, never removed."""

from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError

from restrictions.actions.claims import accept_claim
from restrictions.actions.seen import PlanChanged
from restrictions.actions.settlements import AlreadyWithdrawn, CannotSettle, settle, withdraw_settlement
from restrictions.domain.vocabulary import Status
from restrictions.models import Position, PositionVersion, Revision, Settlement, Stretch
from restrictions.queries.edits import FaultyFields
from restrictions.queries.invariants import breaches
from restrictions.queries.plans import planned
from restrictions.queries.rulings import proposed_ruling
from restrictions.queries.steps import settling, unsettling
from tests.record.disputing import FIRST, LINE, UNTIL, dispute
from tests.record.proposing import propose
from tests.record.rows import make_curator
from tests.record.standing import history, standing, stored_positions
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disputed")]

CONTESTED = ["any use: banned from 2024-01-01"]
RULED = [
    "any use: banned from 2024-01-01 until 2024-02-01",
    "any use: conditional from 2024-02-01 until 2024-03-01",
    "any use: banned from 2024-03-01",
]


@pytest.fixture
def disputed(reference: None) -> None:
    dispute()
    assert standing() == CONTESTED
    assert Position.objects.get().contested


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("edda", first_name="Edda", last_name="Holm")


def ruling(editor: User, **changes: Any) -> Any:
    """For the challenger, in February 2024, unless said otherwise; not yet carried out."""
    values: dict[str, Any] = {
        "line": LINE,
        "first": FIRST,
        "until": UNTIL,
        "status": Status.CONDITIONAL,
        "reason": "The letter says so",
    }
    return partial(settle, by=editor, **(values | changes))


def mark_of(editor: User) -> str:
    row = proposed_ruling(
        line=LINE, first=FIRST, until=UNTIL, status=Status.CONDITIONAL, practice=None, reason="any", by=editor
    )
    return planned(settling(row)).seen


def test_a_ruling_holds_on_its_days_and_is_signed(editor: User) -> None:
    row = ruling(editor, practice=Status.ALLOWED)()
    assert standing() == RULED
    assert (row.author, row.reason, row.practice) == (editor, "The letter says so", "allowed")
    revision = Revision.objects.first()
    assert revision
    assert (revision.actor, revision.reason) == (editor, "The letter says so")
    assert {stretch.settlement for stretch in Stretch.objects.all()} == {row}
    assert row.key.startswith("US/supplier/UA/any/use/RU/2024-02-01/")
    event = apps.get_model("restrictions", "SettlementEvent").objects.get()
    assert (event.pgh_label, event.pgh_context.metadata["reason"]) == ("insert", "The letter says so")
    assert not Position.objects.filter(contested=True).exists()
    assert list(breaches()) == []


def test_what_a_version_shows_of_a_ruling_stays_whoever_is_renamed(editor: User) -> None:
    row = ruling(editor)()
    shown = {"author": "Edda Holm", "on": row.recorded_at.date().isoformat(), "reason": "The letter says so"}
    assert Position.objects.get(status="conditional").shown["rulings"] == {row.key: shown}
    User.objects.filter(pk=editor.pk).update(last_name="Lund")
    withdraw_settlement(settlement=row.pk, by=editor, reason="A fake")
    old = PositionVersion.objects.get(status="conditional")
    assert old.shown["rulings"] == {row.key: shown}
    assert "rulings" not in Position.objects.get().shown


def test_a_ruling_for_the_standing_side_ends_the_dispute(editor: User) -> None:
    ruling(editor, status=Status.BANNED)()
    assert standing() == CONTESTED
    assert not Position.objects.get().contested


def test_a_withdrawn_ruling_rules_on_nothing_and_stays_in_the_log(editor: User) -> None:
    before = stored_positions()
    row = ruling(editor)()
    revision = withdraw_settlement(settlement=row.pk, by=editor, reason=" The letter is a fake ")
    assert stored_positions() == before
    row.refresh_from_db()
    assert (row.withdrawn, row.withdrawn_reason, row.reason) == (True, "The letter is a fake", "The letter says so")
    assert revision.reason == "The letter is a fake"
    assert list(breaches()) == []
    again = ruling(editor)()
    assert standing() == RULED
    assert again.key > row.key


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"reason": " "}, ValueError, "shown to the public"),
        ({"until": FIRST}, FaultyFields, "ends after it begins"),
        ({"status": Status.WITHHELD}, FaultyFields, "does not belong to this track"),
        ({"status": Status.ALLOWED}, CannotSettle, "would settle nothing"),
        ({"line": LINE._replace(weapon="atacms")}, CannotSettle, "would settle nothing"),
    ],
)
def test_a_ruling_that_cannot_be_is_refused(
    changes: dict[str, Any], error: type[Exception], match: str, editor: User
) -> None:
    before = history()
    with pytest.raises(error, match=match):
        ruling(editor, **changes)()
    assert history() == before
    assert not Settlement.objects.exists()


def test_withdrawing_is_refused_without_a_reason_twice_and_for_none(editor: User) -> None:
    row = ruling(editor)()
    with pytest.raises(ValueError, match="Withdrawing a settlement needs its reason"):
        withdraw_settlement(settlement=row.pk, by=editor, reason="")
    with pytest.raises(Settlement.DoesNotExist):
        withdraw_settlement(settlement=row.pk + 1, by=editor, reason="None")
    withdraw_settlement(settlement=row.pk, by=editor, reason="A fake")
    before = history()
    with pytest.raises(AlreadyWithdrawn, match="withdrawn already: A fake"):
        withdraw_settlement(settlement=row.pk, by=editor, reason="Once more")
    assert history() == before


def test_a_ruling_on_a_record_that_moved_on_is_not_carried_out(editor: User) -> None:
    old = mark_of(editor)
    accept_claim(claim=propose("c3").pk, by=make_curator())
    with pytest.raises(PlanChanged):
        ruling(editor, seen=old)()
    row = ruling(editor, seen=mark_of(editor), reason="Another reason is no other plan")()
    with pytest.raises(PlanChanged):
        withdraw_settlement(settlement=row.pk, by=editor, reason="A fake", seen=old)
    withdraw_settlement(settlement=row.pk, by=editor, reason="A fake", seen=planned(unsettling(row)).seen)
    row.refresh_from_db()
    assert row.withdrawn


@pytest.mark.parametrize("table", ["settlementevent", "position", "stretch"])
def test_a_ruling_whose_later_write_fails_leaves_nothing(table: str, editor: User) -> None:
    before = history()
    break_writes(table)
    with pytest.raises(IntegrityError, match="the disk is full"):
        ruling(editor)()
    assert history() == before
    assert not Settlement.objects.exists()


def test_a_withdrawal_whose_later_write_fails_leaves_nothing(editor: User) -> None:
    row = ruling(editor)()
    before = history()
    break_writes("position", "DELETE")
    with pytest.raises(IntegrityError, match="the disk is full"):
        withdraw_settlement(settlement=row.pk, by=editor, reason="A fake")
    row.refresh_from_db()
    assert (history(), row.withdrawn) == (before, False)
    assert standing() == RULED
