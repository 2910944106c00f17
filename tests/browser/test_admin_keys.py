"""The review page by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from restrictions.models import Claim, Region
from tests.record.rows import make_reference
from tests.site.desk_rows import STILL_NOT, make_curator, make_dispatch, propose, propose_loosening


@pytest.fixture
def claims(transactional_db: None) -> list[Claim]:
    """Two that wait, and a curator to decide them."""
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    make_curator("anna", first_name="Anna")
    version = make_dispatch()
    return [propose_loosening(version), propose(version, STILL_NOT, act="reaffirms")]


def sign_in(page: Page, live_url: str) -> None:
    page.goto(f"{live_url}/admin/login/")
    page.fill("[name=username]", "anna")
    page.fill("[name=password]", "a long enough one")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_url}/admin/")


def test_claims_are_decided_by_keys_and_the_focus_moves_on(
    claims: list[Claim], live_url: str, browser_page: Page
) -> None:
    first, second = claims
    page = browser_page
    sign_in(page, live_url)
    assert first.dispatch_version
    page.goto(f"{live_url}/admin/restrictions/dispatch/{first.dispatch_version.dispatch_id}/change/")
    expect(page.locator(f"#claim-{first.pk}")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f"#claim-{second.pk}")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(f"#claim-{first.pk}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(f"#claim-{second.pk}")).to_be_focused()
    expect(page.locator("#outcome")).to_contain_text("Accepted. This changed the record:")
    page.keyboard.press("r")
    expect(page.locator(f"#reason-{second.pk}")).to_be_focused()
    page.keyboard.type("dup")
    page.locator(f"#claim-{second.pk}").get_by_role("button", name="Reject the claim").press("Enter")
    expect(page.locator("#outcome")).to_contain_text("Rejected (duplicate)")
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("Taken back: the claim waits again.")
    assert list(Claim.objects.order_by("pk").values_list("decision", flat=True)) == ["accepted", "proposed"]


def test_a_claim_without_a_day_is_edited_and_accepted_by_keys(
    claims: list[Claim], live_url: str, browser_page: Page
) -> None:
    first, second = claims
    Claim.objects.filter(pk=first.pk).update(effective_edtf=None, effective_earliest=None, effective_latest=None)
    page = browser_page
    sign_in(page, live_url)
    assert first.dispatch_version
    page.goto(f"{live_url}/admin/restrictions/dispatch/{first.dispatch_version.dispatch_id}/change/")
    expect(page.locator(f"#claim-{first.pk}")).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator("#field-supplier")).to_be_focused()
    tab_to(page, "#field-effective")
    page.keyboard.type("2024-05-02")
    page.keyboard.press("Enter")
    expect(page.locator("#plan")).to_be_focused()
    expect(page.locator("#plan")).to_contain_text("limits: around Kharkiv only")
    expect(page.locator(".field-effective .field-means")).to_have_text("2 May 2024")
    tab_to(page, "button[value=accept]")
    page.keyboard.press("Enter")
    expect(page.locator(f"#claim-{second.pk}")).to_be_focused()
    expect(page.locator("#outcome")).to_contain_text("Accepted as edited. This changed the record:")
    first.refresh_from_db()
    assert (first.decision, first.effective_edtf) == ("accepted", "2024-05-02")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this control has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")
