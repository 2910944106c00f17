"""The page on which an admin removes a text: the plan, the box, the second button; and what readers see."""

import pytest
from django.test import Client
from django.urls import reverse

from restrictions.actions.claims import accept_claim
from restrictions.models import Claim, Redacted, Redaction
from restrictions.queries.redactions import redaction_plan
from tests.record.rows import make_reference
from tests.site.desk_rows import LETS, make_curator, make_dispatch, propose

pytestmark = pytest.mark.django_db

GROUND = "court order 12/26"


@pytest.fixture
def claim(db: None) -> Claim:
    make_reference()
    claim = propose(make_dispatch(), LETS)
    accept_claim(claim=claim.pk, by=make_curator("anna"))
    return claim


@pytest.fixture
def admin_client(claim: Claim, admin_user: object, client: Client) -> Client:
    client.force_login(admin_user)  # type: ignore[arg-type]
    return client


def sent(client: Client, claim: Claim, **more: str) -> str:
    answers = {"kind": "quote", "number": str(claim.pk), "ground": GROUND, "do": "look"} | more
    response = client.post(reverse("admin:restrictions_redaction_redact"), answers, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_plan_comes_first_and_removes_nothing(admin_client: Client, claim: Claim) -> None:
    page = sent(admin_client, claim)
    assert "This would be removed, in" in page
    assert redaction_plan(Redacted.QUOTE, claim.pk).seen in page
    assert "Remove it for good" in page
    assert not Redaction.objects.exists()
    assert (
        "Show what would be removed"
        in admin_client.get(reverse("admin:restrictions_redaction_redact")).content.decode()
    )


def test_it_is_removed_once_the_plan_was_seen_and_the_box_is_ticked(admin_client: Client, claim: Claim) -> None:
    seen = redaction_plan(Redacted.QUOTE, claim.pk).seen
    assert "Tick the box" in sent(admin_client, claim, do="remove", seen=seen)
    assert "Nothing is written yet" in sent(admin_client, claim, do="remove", seen="another", sure="on")
    assert not Redaction.objects.exists()
    assert "Removed in" in sent(admin_client, claim, do="remove", seen=seen, sure="on")
    claim.refresh_from_db()
    assert claim.quote.endswith(f": {GROUND}]")
    assert "removed already" in sent(admin_client, claim)
    listed = admin_client.get(reverse("admin:restrictions_redaction_changelist")).content.decode()
    assert GROUND in listed


def test_a_ground_is_asked_for(admin_client: Client, claim: Claim) -> None:
    assert "needs its ground" in sent(admin_client, claim, ground=" ")
    assert "needs its ground" in sent(admin_client, claim, ground="", do="remove", sure="on")
    assert not Redaction.objects.exists()


def test_readers_are_told_in_their_language(admin_client: Client, claim: Claim) -> None:
    sent(admin_client, claim, do="remove", seen=redaction_plan(Redacted.QUOTE, claim.pk).seen, sure="on")
    day = Redaction.objects.get().at
    log = admin_client.get("/data/").content.decode()
    assert (GROUND in log, "Removed on legal grounds" in log) == (True, True)
    english, french = (admin_client.get(f"{prefix}/claims/").content.decode() for prefix in ("", "/fr"))
    assert f"[Removed on {day:%-d %B %Y}: {GROUND}]" in english
    assert f": {GROUND}]" in french
    assert "[Supprimé le " in french
    assert f"[Removed on {day:%Y-%m-%d}: {GROUND}]" in admin_client.get("/claims.csv").getvalue().decode()
    assert f"[Removed on {day:%Y-%m-%d}: {GROUND}]" in admin_client.get("/api/v1/claims").content.decode()
    assert LETS not in english
