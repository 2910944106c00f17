"""The timeline in a real browser: the period is drawn, pictures handed out, the colours switched; nothing refused."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.charts.palette import DARK, LIGHT
from tests.browser.test_story import rgb

pytestmark = pytest.mark.usefixtures("committed_starter_record")


def drawn(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#timeline .bars .point").first).to_be_visible()
    expect(page.locator("#tools")).to_be_visible()


def test_the_period_the_pictures_and_the_way_back(live_url: str, browser_page: Page, tmp_path: Path) -> None:
    page = browser_page
    drawn(page, f"{live_url}/timeline/?supplier=US")
    rows = page.locator("tbody tr")
    before = rows.count()
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
        with page.expect_download() as download:
            page.locator(f"[data-picture={kind}]").click()
        kept = tmp_path / download.value.suggested_filename
        download.value.save_as(kept)
        assert kept.read_bytes().startswith(start)
        assert re.fullmatch(rf"caveat-timeline-\d{{4}}-\d\d-\d\d\.{kind}", kept.name)
    assert "The United States allows" in kept.read_text()
    _brush(page, 0.6, 0.8)
    expect(page).to_have_url(re.compile(r"supplier=US&from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$"))
    expect(page.locator("#timeline .bars .point").first).to_be_visible()
    assert rows.count() < before
    assert page.locator("#languages a").get_attribute("href") == f"/fr{page.url.removeprefix(live_url)}"
    page.go_back()
    expect(rows).to_have_count(before)
    expect(page.locator("#ask-from")).to_have_value("")


def _brush(page: Page, start: float, end: float) -> None:
    """Draw with the mouse across a part of the chart, between its lines."""
    page.locator("#timeline").scroll_into_view_if_needed()
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    y = box["y"] + box["height"] - 6
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, y, steps=6)
    page.mouse.up()


def test_colours_follow_the_switch_on_every_page_and_in_the_chart(live_url: str, browser_page: Page) -> None:
    page = browser_page
    drawn(page, f"{live_url}/timeline/?supplier=US")
    page.get_by_role("button", name="Dark colours").click()
    dark = rgb(DARK.page)
    expect(page.locator("#timeline .main-svg").first).to_have_css("background-color", dark)
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("body")).to_have_css("background-color", dark)
    page.get_by_role("button", name="Couleurs claires").click()
    expect(page.locator("body")).not_to_have_css("background-color", dark)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == rgb(LIGHT.page)


def test_on_a_phone_the_chart_waits_to_be_asked_for(live_url: str, browser_page: Page) -> None:
    page = browser_page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_url}/timeline/?supplier=US")
    asked = page.get_by_role("button", name="Draw the chart")
    expect(asked).to_be_visible()
    assert not page.evaluate("'Plotly' in window")
    asked.click()
    expect(page.locator("#timeline .bars .point").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
