"""Each filter of the timeline and of the log of changes in a real browser: the address, the rows and the file agree."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("committed_starter_record")

POSITION = re.compile(r"/positions/(\d+)/")
_LAST = """field => {
  const options = [...field.options].filter(option => option.value);
  return options.length > 1 ? options[options.length >> 1].value : "";
}"""
TYPED = {"on": "2024-06-01", "from": "2024-01-01", "to": "2024-12-31", "text": "counter-fire"}
CLOCKS = ("known", "reported")


def filled(page: Page, name: str) -> bool:
    """Chooses something under this filter; false where there is nothing to choose."""
    field = page.locator(f"form[hx-get] [name={name}]")
    if name in TYPED:
        field.fill(TYPED[name])
        field.blur()
        return True
    if choice := field.evaluate(_LAST):
        field.select_option(choice)
    return bool(choice)


def positions_shown(page: Page) -> list[str]:
    """The positions of the page's rows."""
    addresses = page.locator("#results, #log").evaluate(
        "box => [...box.querySelectorAll('tbody tr, .change')]"
        ".map(row => row.querySelector('a[href*=positions]')?.href)"
    )
    return [found[1] for address in addresses if address and (found := POSITION.search(address))]


def positions_in_file(page: Page) -> list[str]:
    """The positions in the file of the same address."""
    here = urlsplit(page.url)
    answer = page.request.get(f"{here.scheme}://{here.netloc}{here.path.rstrip('/')}.csv?{here.query}")
    assert answer.ok, answer.url
    return [row["position"] for row in csv.DictReader(io.StringIO(answer.body().decode()))]


@pytest.mark.parametrize(("address", "page_holds"), [("/timeline/", 300), ("/changes/", 25)])
def test_each_filter_moves_address_rows_and_file_together(
    live_url: str, browser_page: Page, address: str, page_holds: int
) -> None:
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})  # where no chart is drawn unasked: the rows are looked at
    page.goto(live_url + address)
    names = page.locator("form[hx-get] [name]").evaluate_all("fields => [...new Set(fields.map(field => field.name))]")
    every, used = positions_shown(page), set()
    for name in names:
        page.locator("form[hx-get]").evaluate("form => form.closest('details')?.setAttribute('open', '')")
        if name in CLOCKS or not filled(page, name):
            continue
        expect(page).to_have_url(re.compile(rf"[?&]{name}="))
        expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        assert sorted(positions_in_file(page)[:page_holds]) == sorted(positions_shown(page)), name
        used.add(name)
        page.go_back()
        expect(page).to_have_url(live_url + address)
        assert positions_shown(page) == every, name
    assert len(used) > 7
