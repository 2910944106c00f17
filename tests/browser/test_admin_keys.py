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
