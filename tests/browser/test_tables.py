"""A table brought in with a browser: the broken row is shown, and nothing is written before the word."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from restrictions.models import Claim
from tests.browser.test_admin_keys import sign_in
from tests.record.rows import make_reference
from tests.record.test_tables import NEW, table_file
from tests.site.desk_rows import make_curator


@pytest.fixture
def table(transactional_db: None, tmp_path: Path) -> Path:
    make_reference()
    make_curator("anna")
    return saved(tmp_path, [NEW, NEW | {"id": "x-2", "weapon": "laser"}])


def saved(folder: Path, rows: list[dict[str, str]]) -> Path:
    file = folder / "claims.csv"
    file.write_bytes(table_file(rows))
    return file


def test_a_table_is_looked_at_and_then_written(table: Path, live_url: str, browser_page: Page) -> None:
    page = browser_page
    sign_in(page, live_url)
    page.goto(f"{live_url}/admin/restrictions/claim/")
    page.get_by_role("link", name="Bring in a table").click()
    page.set_input_files("[name=file]", table)
    page.check("[name=accepts]")
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("The record knows no weapon “laser”.")).to_be_visible()
    expect(page.locator("#plan")).to_contain_text("United States → Ukraine")
    assert not Claim.objects.exists()
    page.get_by_label("Why").fill("from the archive")
    page.get_by_role("button", name="Write 1 row, leave out 1").press("Enter")
    expect(page.get_by_text("Written: 1 new, 0 changed. Left out: 1.")).to_be_visible()
    assert Claim.objects.get().decision == "accepted"


def test_of_five_thousand_rows_the_three_broken_ones_are_shown_and_the_others_written_when_told(
    table: Path, live_url: str, browser_page: Page
) -> None:
    rows = [NEW | {"id": f"x-{number}", "summary": f"Letter {number} says so."} for number in range(5_000)]
    rows[10] |= {"weapon": "laser"}
    rows[2_500] |= {"effective": "some day"}
    rows[4_999] |= {"sources": ""}
    page = browser_page
    page.set_default_timeout(60_000)
    sign_in(page, live_url)
    page.goto(f"{live_url}/admin/restrictions/claim/import/")
    page.set_input_files("[name=file]", saved(table.parent, rows))
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.locator(".fate-tab")).to_have_text(["3 refused", "0 changed", "4997 new", "0 unchanged"])
    expect(page.locator(".fates tbody tr")).to_have_count(3)
    expect(page.locator(".fates tbody th")).to_have_text(["x-10", "x-2500", "x-4999"])
    assert not Claim.objects.exists()
    page.get_by_label("Why").fill("from the archive")
    page.get_by_role("button", name="Write 4997 rows, leave out 3").click()
    expect(page.get_by_text("Written: 4997 new, 0 changed. Left out: 3.")).to_be_visible()
    assert set(Claim.objects.values_list("decision", flat=True)) == {"proposed"}
    assert Claim.objects.count() == 4_997
