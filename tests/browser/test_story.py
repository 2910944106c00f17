"""The whole story in a real browser: a file comes in, a curator decides, a researcher sees the position change."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from dashboard.charts.palette import DARK, LIGHT
from restrictions.actions.claims import accept_claims
from restrictions.actions.curators import ensure_curators_group
from restrictions.actions.reference import load_reference
from restrictions.domain.days import parse_day
from restrictions.models import Claim, Dispatch

DEMONSTRATION = Path("restrictions/demo/kharkiv.fr.txt")
REAL = Path("../shared/dispatches/2024-05-kharkiv.fr.txt")
PASSWORD = "four-words-for-a-test"


@pytest.fixture
def earlier_ban(transactional_db: None) -> None:
    """A record that holds only the ban of 2023, and two curators."""
    load_reference()
    curators = ensure_curators_group()
    for name in ("anna", "boris"):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True, first_name=name.title())
        user.groups.add(curators)
        User.objects.filter(pk=user.pk).update(last_login="2026-01-01T00:00Z")
    day = parse_day("2023-08-23")
    days = {
        f"{name}_{part}": value
        for name in ("effective", "published")
        for part, value in (("edtf", day.edtf), ("earliest", day.earliest), ("latest", day.latest))
    }
    line = {"supplier_id": "US", "recipient_id": "UA", "weapon_id": "any", "track": "use", "territory": "RU"}
    ban = Claim.objects.create(
        key="earlier-ban", status="banned", act="reaffirms", attribution="named_official", **line, **days
    )
    accept_claims(claims=[ban.pk], by=User.objects.get(username="anna"))


def sign_in(page: Page, live_url: str, name: str) -> None:
    page.goto(f"{live_url}/admin/login/?next=/admin/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{live_url}/admin/")


@pytest.mark.usefixtures("worker", "earlier_ban")
@pytest.mark.parametrize("text", [DEMONSTRATION, REAL], ids=["demonstration", "real"])
def test_from_the_file_to_the_hover(text: Path, live_url: str, browser_page: Page, chromium: Browser) -> None:
    if text is REAL and not text.exists():
        pytest.skip("the real dispatch lies in ../shared, which is not here")
    call_command("ingest", str(text), "--wait")
    dispatch = Dispatch.objects.get()
    desk = f"{live_url}/admin/restrictions/dispatch/{dispatch.pk}/change/"

    sign_in(browser_page, live_url, "anna")
    browser_page.goto(desk)
    expect(browser_page.locator("mark.quote", has=browser_page.locator("[href^='#claim-']"))).to_have_count(2)
    plan = browser_page.locator("[data-card]").first.locator(".plan")
    expect(plan).to_contain_text(re.compile("ends not allowed, starts limits: around Kharkiv only", re.IGNORECASE))
    expect(plan).to_contain_text("in May 2024 (day unknown)")

    other = chromium.new_context().new_page()
    sign_in(other, live_url, "boris")
    other.goto(desk)

    for _ in range(2):
        browser_page.get_by_role("button", name="Accept", exact=True).first.click()
        browser_page.wait_for_load_state()
    assert Claim.objects.accepted().count() == 3

    other.get_by_role("button", name="Accept", exact=True).first.click()
    expect(other.locator("body")).to_contain_text("Anna accepted this claim on")
    other.context.close()

    _see_the_timeline(browser_page, live_url)
    marked = browser_page.locator("main").get_by_text(re.compile("synthetic", re.IGNORECASE))
    assert bool(marked.count()) is dispatch.synthetic is (text is DEMONSTRATION)


def _see_the_timeline(page: Page, live_url: str) -> None:
    page.goto(f"{live_url}/timeline/?supplier=US")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text("Not allowed")
    expect(rows.nth(1)).to_contain_text("around Kharkiv only")
    expect(rows.nth(1)).to_contain_text("May 2024 (day unknown)")
    expect(rows.nth(2)).to_contain_text("by the rule for “All weapons”")
    expect(rows.nth(3)).to_contain_text("ATACMS")

    expect(page.locator("#timeline .bars .point").first).to_be_visible()
    told, hover = page.locator("#told"), page.locator("#timeline .hoverlayer")
    page.mouse.move(0, 0)  # it still stands where the last button was, and would hover there
    page.locator("#timeline").focus()
    page.keyboard.press("Home")
    expect(told).to_contain_text("United States, All weapons, Not allowed")
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("around Kharkiv only")
    expect(hover).to_contain_text("around Kharkiv only")
    expect(hover).to_contain_text("May 2024 (day unknown)")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/positions/\d+/"))
    quote = Claim.objects.get(status="conditional").quote
    expect(page.locator("main")).to_contain_text(quote)


@pytest.mark.usefixtures("earlier_ban")
def test_the_table_is_all_there_without_scripts(live_url: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_url}/timeline/")
    rows = page.locator("tbody tr").all_inner_texts()
    context.close()
    assert len(rows) == 1
    assert "Not allowed" in rows[0]


@pytest.mark.usefixtures("earlier_ban")
def test_paper_is_light_whatever_the_screen(live_url: str, chromium: Browser) -> None:
    context = chromium.new_context(color_scheme="dark", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{live_url}/timeline/")
    chart = page.locator("#timeline .main-svg").first
    expect(chart).to_have_css("background-color", rgb(DARK.page))
    page.emulate_media(media="print")
    expect(chart).to_have_css("background-color", rgb(LIGHT.page))
    body = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    context.close()
    assert body == rgb(LIGHT.page)


def rgb(colour: str) -> str:
    """A colour as a browser names it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
