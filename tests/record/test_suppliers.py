"""Whether a state supplies a weapon or only has a say over another's."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from restrictions.actions.record import derive_again, open_revision
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.queries.suppliers import role_of
from tests.record.rows import day, make_claim, make_curator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

SUPPLY = {"track": Track.SUPPLY.value, "territory": ""}


def record(**changes: Any) -> None:
    """The record with one accepted claim of France about ATACMS, unless said otherwise."""
    values = {"supplier_id": "FR", **day("effective", date(2024, 5, 1)), **day("published", date(2024, 5, 1))}
    claim = make_claim("c1", **{**values, **changes})
    with transaction.atomic():
        open_revision(by=make_curator(), reason="A test")
        derive_again([(claim.supplier_id, claim.recipient_id)])


@pytest.mark.parametrize(
    "changes",
    [{**SUPPLY, "status": Status.SUPPLIED.value}, {"status": Status.BANNED.value}],
    ids=["handed over", "a rule of its own"],
)
def test_a_state_beside_the_recorded_supplier_consents(changes: dict[str, Any]) -> None:
    record(**changes)
    assert role_of("US", "UA", "atacms") is Role.CONSENT
    assert role_of("FR", "UA", "atacms") is Role.SUPPLIER


@pytest.mark.parametrize(
    "changes",
    [
        {**SUPPLY, "status": Status.WITHHELD.value},
        {"role": Role.CONSENT.value},
        {"recipient_id": "FR", "supplier_id": "RU"},
        {"weapon_id": "ballistic_missile"},
    ],
    ids=["refused to hand over", "only consents itself", "to another recipient", "another weapon"],
)
def test_a_state_is_the_supplier_where_the_record_knows_no_other(changes: dict[str, Any]) -> None:
    record(**changes)
    assert role_of("US", "UA", "atacms") is Role.SUPPLIER


def test_weapons_in_general_are_always_ones_own() -> None:
    record(weapon_id="any")
    assert role_of("US", "UA", "any") is Role.SUPPLIER
