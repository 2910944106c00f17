"""What the machine took back: shown with its reason, nothing left to press."""

import pytest
from django.test import Client
from django.urls import reverse

from restrictions.models import Claim, Mark
from tests.record.rows import make_reference
from tests.site.desk_rows import LETS, STILL_NOT, WARNED, make_curator, make_dispatch, propose, propose_mark

pytestmark = pytest.mark.django_db
WHY = "Coded again (rules 9): not made any more."


@pytest.fixture
def desk() -> Client:
    make_reference()
    client = Client()
    client.force_login(make_curator("anna"))
    return client


def test_a_withdrawn_claim_and_mark_say_so_and_leave_nothing_to_decide(desk: Client) -> None:
    version = make_dispatch()
    gone, waits = propose(version, STILL_NOT), propose(version, LETS, weapon_id="any")
    propose_mark(version, WARNED)
    Claim.objects.filter(pk=gone.pk).update(decision="withdrawn", decision_reason=WHY)
    Mark.objects.update(decision="withdrawn", decision_reason=WHY)
    address = reverse("admin:restrictions_dispatch_change", args=[version.dispatch_id])
    page = desk.get(address, {"claim": gone.pk}).content.decode()
    assert f"Withdrawn by the machine: {WHY}" in page
    assert 'data-key="a"' not in page
    assert 'data-key="u"' not in page
    whole = desk.get(address).content.decode()
    assert whole.count("verdict-withdrawn") == 2
    assert f'id="fields-{waits.pk}"' in whole
    listed = desk.get(reverse("admin:restrictions_claim_changelist"), {"decision": "withdrawn"}).content.decode()
    assert f"/claim/{gone.pk}/" in listed
    assert f"/claim/{waits.pk}/" not in listed


def test_a_withdrawn_claim_opens_no_form(desk: Client) -> None:
    gone = propose(make_dispatch(), STILL_NOT)
    Claim.objects.update(decision="withdrawn", decision_reason=WHY)
    answer = desk.get(reverse("admin:restrictions_claim_edit", args=[gone.pk]))
    assert answer.status_code == 302
