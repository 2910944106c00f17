"""Every page of the reading room in a real browser: full and empty, wide and narrow, light and dark, both languages.

A page that is added is looked at of itself. What the console or the policy complains of fails the test. Screenshots
stay in the folder that ARTEFACTS names.
"""

import csv
import io
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from dashboard.navigation import page_names
from restrictions.models import Position

ARTEFACTS = Path(os.environ["ARTEFACTS"]) if os.environ.get("ARTEFACTS") else None
NARROWEST = 360


def addresses() -> dict[str, str]:
    """The pages of the menu, and one of each kind that has an argument."""
    us_any = Position.objects.filter(supplier_id="US", weapon_id="any", track="use").latest("starts_latest")
    about: dict[str, list[Any]] = {"position": [us_any.pk], "supplier": ["us"], "weapon": ["atacms"]}
    return {name: reverse(name) for name in page_names()} | {
        name: reverse(name, args=args) for name, args in about.items()
    }


def photograph(page: Page, name: str) -> None:
    if ARTEFACTS:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.usefixtures("committed_starter_record")
def test_each_page_wide_and_narrow_light_and_dark_and_in_french(live_url: str, browser_page: Page) -> None:
    page = browser_page
    found = addresses()
    assert len(found) > 12
    too_wide = {}
    for name, address in found.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        answer = page.goto(live_url + address)
        assert answer is not None
        assert answer.status == 200, name
        assert len(page.locator("h1").inner_text()) > 10, name
        photograph(page, f"{name}-1280-light")
        page.set_viewport_size({"width": NARROWEST, "height": 740})
        page.emulate_media(color_scheme="dark")
        too_wide[name] = overflow(page)
        photograph(page, f"{name}-{NARROWEST}-dark")
        english = page.locator("h1").inner_text()
        page.get_by_role("link", name="Français").first.click()
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        assert page.locator("h1").inner_text() != english, name
        assert urlsplit(page.url).path == f"/fr{address}"
        too_wide[f"{name}, French"] = overflow(page)
        photograph(page, f"{name}-{NARROWEST}-fr")
    assert {name: wider for name, wider in too_wide.items() if wider > 0} == {}


@pytest.mark.usefixtures("committed_starter_record")
def test_each_download_holds_the_rows_of_the_page(live_url: str, browser_page: Page) -> None:
    page = browser_page
    compared, drawings = set(), set()
    for name, address in addresses().items():
        page.goto(live_url + address)
        links = page.locator(".furniture a").evaluate_all("links => links.map(link => [link.textContent, link.href])")
        files = {words.lower(): page.request.get(href) for words, href in links if words in {"CSV", "JSON", "SVG"}}
        assert all(file.ok for file in files.values()), name
        if {"csv", "json"} <= files.keys() and "rows" in (told := files["json"].json()):
            lines = list(csv.DictReader(io.StringIO(files["csv"].body().decode())))
            assert len(lines) == len(told["rows"]), name
            compared.add(name)
        if name == "overview":
            expect(page.locator(".classes tbody tr").first).to_be_visible()
        if page.locator("[data-png]").count():
            assert_drawing_is_handed_out(page)
            drawings.add(name)
    assert {"timeline", "matrix", "map", "changes", "overview"} <= compared
    assert drawings >= {"overview", "map", "moves"}


def assert_drawing_is_handed_out(page: Page) -> None:
    """As a picture that stands alone, and over the whole screen."""
    tools = page.locator(".tools").first
    with page.expect_download() as download:
        tools.locator("[data-png]").click()
    assert download.value.suggested_filename.startswith("caveat-")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    tools.locator("[data-full]").click()
    expect(page.locator("figure:fullscreen")).to_be_visible()
    page.evaluate("document.exitFullscreen()")


@pytest.mark.usefixtures("committed_starter_record")
def test_the_first_key_leads_past_the_menu_on_each_page(live_url: str, browser_page: Page) -> None:
    page = browser_page
    for name, address in addresses().items():
        page.goto(live_url + address)
        if page.evaluate("document.activeElement !== document.body"):
            continue
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", name
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content", name


def test_each_page_of_an_empty_record_says_so(transactional_db: None, live_url: str, browser_page: Page) -> None:
    with translation.override("en"):
        names = {name: reverse(name) for name in page_names()}
    for name, address in names.items():
        answer = browser_page.goto(live_url + address)
        assert answer is not None
        assert answer.status == 200, name
        assert browser_page.locator("h1").inner_text(), name
        assert "None" not in browser_page.locator("main").inner_text(), name
        photograph(browser_page, f"{name}-empty")
