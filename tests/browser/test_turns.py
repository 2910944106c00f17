"""Changes, who moved first and comparisons in a real browser: a choice swaps the result, the address follows, and
the way back leads back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_reading_room import assert_drawing_is_handed_out


@pytest.mark.usefixtures("committed_starter_record")
def test_a_choice_swaps_the_result_and_the_way_back_leads_back(live_url: str, browser_page: Page) -> None:
    page = browser_page
    heading = page.locator("h1")
    page.goto(f"{live_url}/changes/")
    page.get_by_text("Choose what is shown").click()
    page.get_by_label("Kind of change").select_option("limits")
    expect(heading).to_contain_text("turn the limits alone.")
    expect(page).to_have_url(re.compile("kind=limits"))
    expect(page.locator("ol.changes > li")).to_have_count(7)
    page.get_by_label("Suppliers").select_option("FR")
    expect(heading).to_have_text("No change on a known day fits this choice.")
    page.go_back()
    expect(page.locator("ol.changes > li")).to_have_count(7)
    assert "kind=limits" in page.url
    assert "supplier=FR" not in page.url


@pytest.mark.usefixtures("committed_starter_record")
def test_another_move_redraws_the_curve_and_other_days_the_dumbbells(live_url: str, browser_page: Page) -> None:
    page = browser_page
    heading = page.locator("h1")
    page.goto(f"{live_url}/moves/")
    line = page.locator("path.stairs").get_attribute("d")
    page.get_by_label("The move").select_option("refusal_ended")
    expect(heading).to_contain_text("Germany was the first to end a refusal to supply")
    assert page.locator("path.stairs").get_attribute("d") != line
    page.goto(f"{live_url}/compare/?first=2024-05-29&second=2024-06-01")
    expect(page.locator(".dot.second")).to_have_count(14)
    assert_drawing_is_handed_out(page)
    page.get_by_label("The other day").fill("2024-05-29")
    expect(page.locator(".dot.second")).to_have_count(0)
    expect(page.get_by_text("Nothing differs.")).to_be_visible()
    page.get_by_role("link", name="Two suppliers").click()
    expect(heading).to_contain_text("set beside the United States, Germany has")
