"""New rules of derivation: the record is derived again, once, in a revision of its own."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from restrictions.actions.claims import accept_claims
from restrictions.actions.rules import Rederived, derive_under_new_rules
from restrictions.domain.rules import RULES_VERSION
from restrictions.models import Position, PositionVersion, Revision
from restrictions.queries.invariants import breaches
from tests.record.rows import claim_row, make_curator

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def curator() -> User:
    return make_curator()


def record_under_older_rules(curator: User) -> Position:
    """One ban, which the rules of version 0 are made to have called provisional."""
    claim = claim_row("a-ban")
    claim.save()
    accept_claims(claims=[claim.pk], by=curator)
    position = Position.objects.get()
    with transaction.atomic():
        Revision.objects.open(actor=curator, reason="Derived under older rules", rules_version="0")
        position.provisional = True
        position.save()
    return position


def test_an_older_record_is_derived_again(curator: User) -> None:
    position = record_under_older_rules(curator)
    assert list(breaches())
    assert derive_under_new_rules(by=curator) == Rederived(opened=1, closed=1)
    position.refresh_from_db()
    assert not position.provisional
    assert Revision.objects.first().rules_version == RULES_VERSION  # type: ignore[union-attr]
    assert not list(breaches())


def test_a_second_time_changes_nothing(curator: User) -> None:
    record_under_older_rules(curator)
    derive_under_new_rules(by=curator)
    before = PositionVersion.objects.count(), Revision.objects.count()
    assert derive_under_new_rules(by=curator) is None
    assert (PositionVersion.objects.count(), Revision.objects.count()) == before


def test_an_empty_record_needs_no_revision(curator: User) -> None:
    assert derive_under_new_rules(by=curator) is None
    assert not Revision.objects.exists()


def test_the_command_says_what_changed(curator: User, capsys: pytest.CaptureFixture[str]) -> None:
    record_under_older_rules(curator)
    call_command("derive_again")
    assert "opened: 1, closed: 1" in capsys.readouterr().out
    call_command("derive_again")
    assert "have not changed" in capsys.readouterr().out
