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
    file = tmp_path / "claims.csv"
    file.write_bytes(table_file([NEW, NEW | {"id": "x-2", "weapon": "laser"}]))
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
