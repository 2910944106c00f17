"""Alerts by mail in a real browser, without script: asked for, confirmed, left."""

import pytest
from playwright.sync_api import Browser

from restrictions.models import Subscription
from restrictions.queries.digests import confirm_link, leave_link
from tests.record.rows import make_reference


@pytest.mark.django_db(transaction=True)
def test_a_reader_asks_confirms_and_leaves_without_script(live_url: str, chromium: Browser) -> None:
    make_reference()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_url}/alerts/?supplier=US")
    page.fill("input[type=email]", "a@reader.example")
    page.click("text=Ask for the alerts")
    page.wait_for_selector("text=Look into your letter box.")
    row = Subscription.objects.get()
    page.goto(live_url + "/" + confirm_link(row).split("/", 3)[3])
    page.click("text=Yes, send them")
    page.wait_for_selector("text=Confirmed.")
    assert Subscription.objects.get().confirmed_at
    page.goto(live_url + "/" + leave_link(row).split("/", 3)[3])
    page.click("text=Stop them")
    page.wait_for_selector("text=You have left.")
    assert not Subscription.objects.exists()
    context.close()
