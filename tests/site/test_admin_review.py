"""The page where a curator decides: quotes in place, cards with plans, and what the buttons do."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from restrictions.actions.claims import accept_claim
from restrictions.admin.claim_form import ClaimFieldsForm
from restrictions.models import Claim, DispatchVersion, Mark, Position, Region
from restrictions.queries.plans import claim_plan
from tests.record.rows import make_reference
from tests.site.desk_rows import (
    BODY,
    LETS,
    STILL_NOT,
    add_version,
    make_curator,
    make_dispatch,
    propose,
    propose_loosening,
    propose_mark,
)

# Whatever the desk does is an action, whose branches have tests of their own: tracing takes a third of the time here.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]


@pytest.fixture
def anna() -> User:
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    return make_curator("anna", first_name="Anna", last_name="Berg")


@pytest.fixture
def desk(anna: User) -> Client:
    return signed_in(anna)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(desk: Client, version: DispatchVersion, query: str = "") -> str:
    address = reverse("admin:restrictions_dispatch_change", args=[version.dispatch_id])
    return desk.get(address + query).content.decode()


def press(desk: Client, button: str, claim: Claim, **fields: str) -> str:
    """What the page says after the button was pressed, with the plan that the page shows."""
    response = post(desk, button, claim, follow=True, **fields)
    assert response.status_code == 200
    return plain(response.content.decode())


def post(desk: Client, button: str, claim: Claim, *, follow: bool = False, **fields: str) -> Any:
    """A button pressed on the page as it stands: Accept sends the claim's fields along."""
    told: dict[str, Any] = {"seen": mark_of(claim)}
    if button == "accept":
        claim.refresh_from_db()
        told |= {name: value for name, value in ClaimFieldsForm(claim).initial.items() if value is not None}
        told["do"] = "accept"
    address = reverse(f"admin:restrictions_claim_{'edit' if button == 'accept' else button}", args=[claim.pk])
    return desk.post(address, told | fields, follow=follow)


def mark_of(claim: Claim) -> str:
    """The mark of the plan that the claim's card shows now; empty where it shows none."""
    row = Claim.objects.select_related("merged_into").get(pk=claim.pk)
    found = claim_plan(row)
    return found.seen if found else ""


def plain(markup: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def shown_body(markup: str) -> str:
    found = re.search(r'<div class="dispatch-body"[^>]*>(.*?)</div>', markup, re.DOTALL)
    assert found
    return found.group(1)


def test_quotes_are_highlighted_in_place_and_linked_to_their_cards(desk: Client) -> None:
    version = make_dispatch()
    claim = propose_loosening(version)
    markup = page(desk, version)
    marked = f'href="#claim-{claim.pk}" aria-label="Claim 1">1</a>{LETS}</mark>'
    assert marked in shown_body(markup)
    assert f'id="claim-{claim.pk}"' in markup
    assert f'href="#quote-claim-{claim.pk}"' in markup


def test_the_text_is_whole_with_its_line_breaks(desk: Client) -> None:
    version = make_dispatch()
    propose_loosening(version)
    propose(version, "forces that attack Kharkiv, officials said", status="banned")
    body = re.sub(r"<a .*?</a>", "", shown_body(page(desk, version)))
    assert html.unescape(re.sub(r"<[^>]+>", "", body)).rstrip("\n") == BODY


def test_characters_beyond_the_basic_plane_do_not_shift_quotes(desk: Client) -> None:
    version = make_dispatch(body="𝔘𝔨𝔯𝔞𝔦𝔫𝔢 🚀 may use it inside Russia, 🇺🇦 said.")
    propose(version, "may use it inside Russia")
    assert "1</a>may use it inside Russia</mark>, 🇺🇦 said." in shown_body(page(desk, version))


def test_quotes_that_overlap_are_both_marked(desk: Client) -> None:
    version = make_dispatch(body="abc defg hij")
    propose(version, "abc defg")
    propose(version, "defg hij", status="conditional", conditions=["case_by_case"])
    text = shown_body(page(desk, version))
    assert re.findall(r"<mark [^>]*>(?:<a .*?</a>)*([^<]*)</mark>", text) == ["abc ", "defg", " hij"]


def test_a_quote_of_the_title_is_marked_in_the_title(desk: Client) -> None:
    version = make_dispatch(title="Paris lets Kyiv fire", body="No more than that.")
    propose(version, "lets Kyiv fire", supplier_id="FR")
    found = re.search(r'<h2 class="dispatch-title".*?</h2>', page(desk, version), re.DOTALL)
    assert found
    assert "1</a>lets Kyiv fire</mark>" in found.group(0)


def test_hostile_text_stays_text(desk: Client) -> None:
    version = make_dispatch(title="<img src=x onerror=alert(1)>", body="<script>alert(1)</script> said <b>no</b>")
    propose(version, "<script>alert(1)</script>", speaker="<script>alert(2)</script>")
    markup = page(desk, version)
    assert "<script>alert" not in markup
    assert "<img src=x" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</mark> said &lt;b&gt;no&lt;/b&gt;" in shown_body(markup)


def test_a_quote_of_an_older_version_is_not_marked_in_the_newer_text(desk: Client) -> None:
    version = make_dispatch()
    propose_loosening(version)
    add_version(version.dispatch, "Corrected", "x" * len(BODY))
    markup = page(desk, version)
    assert "<mark" not in markup
    assert "(in version 1)" in markup


def test_a_card_says_what_the_claim_is_and_what_accepting_would_change(desk: Client) -> None:
    version = make_dispatch()
    propose_loosening(version)
    words = plain(page(desk, version))
    for expected in (
        "United States → Ukraine",
        "Limits around Kharkiv only, as counter-fire, no deep strikes",
        "Unnamed official · anonymous_official",
        "2 May 2024",
        "Confidence 90 %",
        "permission.now_lets",
        "Accepting would change",
        "limits: around Kharkiv only, as counter-fire, no deep strikes",
    ):
        assert expected in words


def test_accepting_takes_one_click_and_says_what_changed(desk: Client, anna: User) -> None:
    version = make_dispatch()
    claim = propose_loosening(version)
    said = press(desk, "accept", claim)
    claim.refresh_from_db()
    assert (claim.decision, claim.decided_by) == ("accepted", anna)
    assert Position.objects.filter(weapon_id="any", track="use", status="conditional").exists()
    assert "Accepted. This changed the record:" in said
    assert "United States → Ukraine" in said.split("This changed the record:")[1]


def test_after_a_decision_the_next_claim_that_waits_has_the_focus(desk: Client) -> None:
    version = make_dispatch()
    first, second = propose_loosening(version), propose(version, STILL_NOT, act="reaffirms")
    response = post(desk, "accept", first)
    assert response["Location"].endswith(f"/dispatch/{version.dispatch_id}/change/?claim={second.pk}#outcome")
    markup = page(desk, version, f"?claim={second.pk}")
    assert re.search(rf'class="card card-open card-proposed card-current"\s+id="claim-{second.pk}"', markup)
    assert "Accepted. This changed the record:" in markup


def test_after_the_last_claim_the_page_stays_on_it(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    response = post(desk, "accept", claim)
    assert f"?claim={claim.pk}#outcome" in response["Location"]


def test_a_second_curator_is_told_who_decided_and_what(desk: Client, anna: User) -> None:
    claim = propose_loosening(make_dispatch())
    accept_claim(claim=claim.pk, by=anna)
    said = press(signed_in(make_curator("bo")), "accept", claim)
    assert "Anna Berg accepted this claim on" in said
    assert "This changed the record" not in said
    claim.refresh_from_db()
    assert claim.decided_by == anna


def test_a_plan_of_a_record_that_has_moved_on_is_shown_anew_and_not_carried_out(desk: Client, anna: User) -> None:
    version = make_dispatch()
    claim, other = propose_loosening(version), propose(version, STILL_NOT)
    old = mark_of(claim)
    accept_claim(claim=other.pk, by=anna)
    for seen in (old, ""):
        assert "Nothing is written yet." in press(desk, "accept", claim, seen=seen)
    claim.refresh_from_db()
    assert claim.decision == "proposed"
    assert "Accepted. This changed the record:" in press(desk, "accept", claim)


def test_a_claim_is_retracted_and_counted_again_with_the_plan_first(desk: Client, anna: User) -> None:
    version = make_dispatch()
    claim = propose_loosening(version)
    accept_claim(claim=claim.pk, by=anna)
    assert "Retracting a claim needs a reason." in press(desk, "retract", claim)
    assert "Nothing is written yet." in press(desk, "retract", claim, reason="Taken back", seen="")
    said = press(desk, "retract", claim, reason="The paper took it back")
    assert "Retracted: the claim stays in the log. This changed the record:" in said
    assert not Position.objects.exists()
    words = plain(page(desk, version))
    assert "counts for nothing: The paper took it back" in words
    assert "Counting it again would change" in words
    assert "Counting it again needs a reason." in press(desk, "restore", claim)
    assert "The claim counts again. This changed the record:" in press(desk, "restore", claim, reason="It did not")
    assert Position.objects.exists()
    assert "This claim is not retracted: it counts." in press(desk, "restore", claim, reason="Once more")


def test_a_claim_without_a_day_is_refused_with_the_reason(desk: Client) -> None:
    undated = {f"effective_{part}": None for part in ("edtf", "earliest", "latest")}
    claim = propose(make_dispatch(), STILL_NOT, **undated)
    assert "Say since when the position holds" in press(desk, "accept", claim)
    claim.refresh_from_db()
    assert claim.decision == "proposed"


@override_settings(DEMO=False)
def test_a_synthetic_claim_is_refused_where_there_is_no_demonstration(desk: Client) -> None:
    claim = propose_loosening(make_dispatch(synthetic=True))
    assert "cannot enter this record" in press(desk, "accept", claim)
    assert not Position.objects.exists()


def test_a_synthetic_dispatch_says_so_loudly(desk: Client) -> None:
    assert 'class="synthetic"' in page(desk, make_dispatch(synthetic=True))
    assert 'class="synthetic"' not in page(desk, make_dispatch(body="real"))


def test_rejecting_needs_a_reason_of_the_list(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    assert "A rejection needs its reason" in press(desk, "reject", claim)
    assert "add a note that says why" in press(desk, "reject", claim, reason="other")
    claim.refresh_from_db()
    assert claim.decision == "proposed"


def test_rejecting_keeps_the_reason_and_leaves_the_record(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    said = press(desk, "reject", claim, reason="wrong weapon", note="it is about SCALP")
    claim.refresh_from_db()
    assert (claim.decision, claim.decision_reason) == ("rejected", "wrong weapon: it is about SCALP")
    assert "Rejected (wrong weapon: it is about SCALP)" in said
    assert not Position.objects.exists()


def test_undo_gives_the_claim_back_and_takes_it_out_of_the_record(desk: Client, anna: User) -> None:
    claim = propose_loosening(make_dispatch())
    accept_claim(claim=claim.pk, by=anna)
    assert "Nothing is written yet." in press(desk, "undo", claim, reason="Decided by mistake", seen="")
    said = press(desk, "undo", claim, reason="Decided by mistake")
    claim.refresh_from_db()
    assert (claim.decision, claim.decided_by) == ("proposed", None)
    assert not Position.objects.exists()
    assert "Taken back: the claim waits again. This changed the record:" in said


def test_undo_of_a_rejection_changes_no_position(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    press(desk, "reject", claim, reason="duplicate")
    assert "The record stays as it is." in press(desk, "undo", claim, reason="it is none")
    claim.refresh_from_db()
    assert claim.decision == "proposed"


def test_undo_needs_a_reason_and_a_decision(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    assert "needs a reason" in press(desk, "undo", claim)
    assert "This claim is not decided." in press(desk, "undo", claim, reason="none")


def test_the_buttons_of_a_decided_claim_are_to_take_it_back(desk: Client, anna: User) -> None:
    version = make_dispatch()
    claim = propose_loosening(version)
    accept_claim(claim=claim.pk, by=anna)
    markup = page(desk, version)
    assert reverse("admin:restrictions_claim_undo", args=[claim.pk]) in markup
    assert reverse("admin:restrictions_claim_reject", args=[claim.pk]) not in markup
    assert 'value="Decided by mistake"' in markup
    assert "Decided by Anna Berg on" in plain(markup)


def test_marks_are_accepted_and_rejected_beside_the_text(desk: Client) -> None:
    version = make_dispatch()
    taken, left = propose_mark(version), propose_mark(version, "Deep strikes stay excluded.", act="urges", actor="NATO")
    assert "NATO" in page(desk, version)
    for button, mark in (("accept", taken), ("reject", left)):
        response = desk.post(reverse(f"admin:restrictions_mark_{button}", args=[mark.pk]))
        assert f"?mark={mark.pk}#outcome" in response["Location"]
    assert list(Mark.objects.order_by("pk").values_list("decision", flat=True)) == ["accepted", "rejected"]
    again = desk.post(reverse("admin:restrictions_mark_accept", args=[left.pk]), follow=True)
    assert "already decided" in again.content.decode()


def test_the_page_leads_on_to_the_next_claim_of_the_queue(desk: Client) -> None:
    version, other = make_dispatch(), make_dispatch(body="Another one. " + STILL_NOT)
    propose(other, STILL_NOT)
    assert reverse("admin:restrictions_dispatch_change", args=[other.dispatch_id]) in page(desk, version)


def test_a_dispatch_that_is_not_there_leads_home_with_a_word(desk: Client) -> None:
    response = desk.get(reverse("admin:restrictions_dispatch_change", args=[9999]), follow=True)
    assert "doesn’t exist" in html.unescape(response.content.decode())


def test_a_missing_claim_is_not_found(desk: Client) -> None:
    for button in ("skip", "edit", "undo"):
        assert desk.post(reverse(f"admin:restrictions_claim_{button}", args=[9999]), {"reason": "x"}).status_code == 404


def test_buttons_answer_to_nothing_but_a_post(desk: Client) -> None:
    claim = propose_loosening(make_dispatch())
    assert desk.get(reverse("admin:restrictions_claim_reject", args=[claim.pk])).status_code == 405


def test_buttons_need_the_token_of_the_page(anna: User) -> None:
    claim = propose_loosening(make_dispatch())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    assert strict.post(reverse("admin:restrictions_claim_reject", args=[claim.pk])).status_code == 403
    claim.refresh_from_db()
    assert claim.decision == "proposed"


def test_the_page_runs_no_script_of_its_own_text(desk: Client) -> None:
    response = desk.get(reverse("admin:restrictions_dispatch_change", args=[make_dispatch().dispatch_id]))
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", response.content.decode())
    assert "'unsafe-inline'" not in response["Content-Security-Policy"].split("script-src")[1].split(";")[0]


def test_the_page_asks_as_many_queries_for_two_claims_as_for_twenty(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = make_dispatch()
    propose_mark(version)
    propose_loosening(version)
    propose(version, STILL_NOT)
    page(desk, version)  # what a process reads once
    with django_assert_max_num_queries(30) as few:
        page(desk, version)
    for act in ("urges", "signals", "used"):
        propose_mark(version, act=act)
    for number in range(18):
        propose(version, STILL_NOT, supplier_id=("US", "FR")[number % 2])
    with django_assert_max_num_queries(30) as many:
        page(desk, version)
    assert len(many) == len(few)
