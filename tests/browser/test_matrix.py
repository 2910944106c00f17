"""The matrix in a real browser: the day moves by slider, keyboard and link; the address follows; nothing is refused."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.usefixtures("committed_starter_record")
def test_the_day_moves_and_the_address_follows(live_url: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(f"{live_url}/matrix/?on=2024-06-01")
    heading, slider = page.locator("h1"), page.locator("#range")
    expect(heading).to_contain_text("On 1 June 2024")
    slider.focus()
    slider.press("ArrowRight")
    expect(heading).to_contain_text("On 2 June 2024")
    expect(page).to_have_url(re.compile(r"on=2024-06-02"))
    slider.press("PageUp")
    expect(heading).to_contain_text("On 2 July 2024")
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "2024-07-02")
    page.go_back()
    expect(heading).to_contain_text("On 2 June 2024")
    page.get_by_role("link", name="Next change").click()
    expect(heading).not_to_contain_text("On 2 June 2024")
    before = page.locator("#ask-on").input_value()
    _play_to_the_next_change(page, before)
    assert page.locator("#ask-on").input_value() > before > "2024-06-02"


def _play_to_the_next_change(page: Page, before: str) -> None:
    page.get_by_role("button", name="Play").click()
    expect(page.locator("h1")).not_to_contain_text(f"On {date.fromisoformat(before).day} ")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.usefixtures("committed_starter_record")
def test_a_phone_scrolls_the_table_and_not_the_page(live_url: str, browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto(f"{live_url}/matrix/?on=2024-06-01")
    assert browser_page.evaluate("document.documentElement.scrollWidth") == 360
    frame = browser_page.locator(".matrix-frame")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    name = browser_page.get_by_role("rowheader", name="United Kingdom")
    left = name.evaluate("cell => cell.getBoundingClientRect().left")
    frame.evaluate("frame => frame.scrollTo(400, 0)")
    assert name.evaluate("cell => cell.getBoundingClientRect().left") == left
