"""The curators' desk in a real browser: a queue cleared by keys, a missed claim by selection, and a collision."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Browser, Page, expect

from restrictions.models import Claim, Position, Region
from restrictions.rights import CODERS
from tests.record.rows import make_reference
from tests.site.desk_rows import (
    LETS,
    STILL_NOT,
    make_curator,
    make_dispatch,
    propose,
    propose_loosening,
)

PASSWORD = "a long enough one"
WAITING = "Moscow warned of consequences."


@pytest.fixture
def reference(transactional_db: None) -> None:
    """The weapons and lands, and two curators."""
    make_reference()
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    make_curator("anna", first_name="Anna")
    make_curator("boris", first_name="Boris")


def sign_in(page: Page, live_url: str, name: str = "anna") -> None:
    page.goto(f"{live_url}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_url}/admin/")


def address(claim: Claim) -> str:
    assert claim.dispatch_version
    return f"/admin/restrictions/dispatch/{claim.dispatch_version.dispatch_id}/change/?claim={claim.pk}"


def settled(page: Page, claim: Claim) -> None:
    """Wait until this claim is open and has the focus."""
    expect(page.locator(f"#claim-{claim.pk}.card-open")).to_be_focused()


def key(page: Page, name: str) -> None:
    """Press a key once the page has its keys."""
    page.wait_for_load_state("load")
    page.keyboard.press(name)


def test_a_queue_of_twenty_is_cleared_by_keyboard_alone(reference: None, live_url: str, browser_page: Page) -> None:
    claims = [
        propose(version, quote, weapon_id=weapon, act="reaffirms")
        for version in (make_dispatch(body=f"{number}. {LETS}. {STILL_NOT}") for number in range(5))
        for quote, weapon in ((LETS, "any"), (LETS, "long_range"), (STILL_NOT, "atacms"), (STILL_NOT, "any"))
    ]
    page = browser_page
    sign_in(page, live_url)
    page.goto(f"{live_url}/admin/restrictions/claim/queue/?supplier=US")
    expect(page.locator("h2", has_text="20 claims wait")).to_be_visible()
    key(page, "n")
    for number, claim in enumerate(claims):
        settled(page, claim)
        assert "supplier=US" in page.url
        if number == 0:
            key(page, "?")
            expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
            page.keyboard.press("Escape")
            key(page, "s")
        elif number % 4 == 3:
            key(page, "r")
            page.keyboard.type("dup")
            page.locator("[data-key=r][open]").get_by_role("button", name="Reject the claim").press("Enter")
        else:
            key(page, "a")
    settled(page, claims[0])
    key(page, "a")
    expect(page.locator("#outcome")).to_contain_text("Accepted.")
    expect(page.get_by_text("No claim waits here")).to_be_visible()
    decisions = Claim.objects.order_by("pk").values_list("decision", flat=True)
    assert list(decisions) == (["accepted"] * 3 + ["rejected"]) * 5
    key(page, "u")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("Taken back: the claim waits again.")
    assert list(Claim.objects.proposed()) == [claims[0]]
    assert "supplier=US" in page.url


def test_a_missed_claim_is_made_of_selected_text(reference: None, live_url: str, browser_page: Page) -> None:
    claim = propose_loosening(make_dispatch(body=f"𝔘𝔨𝔯𝔞𝔦𝔫𝔢 🚀 waits. {LETS}. {STILL_NOT} {WAITING}"))
    page = browser_page
    sign_in(page, live_url)
    page.goto(live_url + address(claim))
    settled(page, claim)
    start = claim.quote_end or 0
    page.evaluate(SELECT_LAST, STILL_NOT)
    expect(page.locator(".missed-words")).to_contain_text(STILL_NOT)
    page.get_by_role("button", name="Make a claim that the machine missed").click()
    expect(page.locator("#field-quote")).to_have_value(STILL_NOT)
    page.select_option("#field-weapon", "atacms")
    page.select_option("#field-status", "banned")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.locator("#plan")).to_contain_text("not allowed")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#outcome")).to_contain_text("Accepted. This changed the record:")
    missed = Claim.objects.accepted().get()
    assert (missed.quote, missed.quote_start) == (STILL_NOT, start + 2)
    assert Position.objects.get().weapon_id == "atacms"


# What a mouse does: the node that holds these words, from their first to their last letter.
SELECT_LAST = """words => {
    const walker = document.createTreeWalker(document.querySelector(".dispatch-body"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at >= 0) document.getSelection().setBaseAndExtent(
            walker.currentNode, at, walker.currentNode, at + words.length);
    }
}"""


def test_words_are_selected_by_keys_alone(reference: None, live_url: str, browser_page: Page) -> None:
    claim = propose_loosening(make_dispatch())
    page = browser_page
    sign_in(page, live_url)
    page.goto(live_url + address(claim))
    settled(page, claim)
    for name in ("c", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        key(page, name)
    expect(page.locator(".missed-words")).to_have_text("“United States now”")
    page.keyboard.press("Enter")
    expect(page.locator("#field-quote")).to_have_value("United States now")
    expect(page.locator("#field-near")).to_have_value("3")
    assert list(Claim.objects.all()) == [claim]  # selecting alone writes nothing


def test_a_coder_looks_and_is_refused(reference: None, live_url: str, browser_page: Page) -> None:
    claim = propose_loosening(make_dispatch())
    carl = make_curator("carl")
    carl.groups.set(Group.objects.filter(name=CODERS))
    page = browser_page
    sign_in(page, live_url, "carl")
    page.goto(live_url + address(claim))
    expect(page.get_by_text("You can look, but not decide")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    for name in ("a", "r", "m", "s"):
        key(page, name)
    sent = page.request.post(
        f"{live_url}/admin/restrictions/claim/{claim.pk}/reject/",
        form={
            "reason": "duplicate",
            "csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value(),
        },
        headers={"Referer": page.url},
    )
    assert sent.status == 403
    claim.refresh_from_db()
    assert claim.decision == "proposed"


def test_of_two_curators_the_second_is_told_by_whom_and_what(
    reference: None, live_url: str, browser_page: Page, chromium: Browser
) -> None:
    claim = propose_loosening(make_dispatch())
    context = chromium.new_context()
    pages = {"anna": browser_page, "boris": context.new_page()}
    for name, page in pages.items():
        sign_in(page, live_url, name)
        page.goto(live_url + address(claim))
        settled(page, claim)
    key(pages["anna"], "a")
    expect(pages["anna"].locator("#outcome")).to_contain_text("Accepted.")
    key(pages["boris"], "a")
    expect(pages["boris"].locator("#outcome")).to_contain_text("Anna accepted this claim on")
    settled(pages["boris"], claim)
    context.close()
    claim.refresh_from_db()
    assert claim.decided_by
    assert claim.decided_by.first_name == "Anna"
