"""Files dropped on the upload page, in a real browser: they are listed, sent, and each is told its fate."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from restrictions.models import Dispatch
from tests.site.desk_rows import make_curator

pytestmark = pytest.mark.django_db(transaction=True)

_DROP = """
const files = new DataTransfer();
for (const name of ["one.txt", "two.txt"]) files.items.add(new File([`title: ${name}\\n\\nWords.`], name));
for (const kind of ["dragenter", "dragover", "drop"])
    document.querySelector("main, body").dispatchEvent(
        new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
"""


@pytest.fixture
def anna(transactional_db: None) -> User:
    return make_curator("anna")


def test_dropped_files_are_listed_and_sent(browser_page: Page, live_url: str, anna: User) -> None:
    browser_page.goto(f"{live_url}/admin/login/?next=/admin/restrictions/submission/add/")
    browser_page.fill("[name=username]", "anna")
    browser_page.fill("[name=password]", "a long enough one")
    browser_page.click("[type=submit]")
    expect(browser_page.get_by_text("Drop files here, or choose them")).to_be_visible()
    browser_page.evaluate(_DROP)
    expect(browser_page.locator(".chosen li")).to_have_text(["one.txt, 1 kB", "two.txt, 1 kB"])
    browser_page.get_by_role("button", name="Upload").click()
    expect(browser_page.locator(".door-card h2")).to_have_text(["one.txt", "two.txt"])
    assert Dispatch.objects.count() == 2
