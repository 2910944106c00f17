"""The second factor in a real browser: set up as a phone does, asked for, and got round by no wrong code."""

import time
from base64 import b32decode

import pytest
from django.contrib.auth.models import User
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from config.second_factor import _picture
from tests.site.desk_rows import make_curator

THROTTLED = 1_100
"""Milliseconds for which no code is taken after a wrong one, and some more."""


@pytest.fixture
def anna(transactional_db: None) -> User:
    return make_curator("anna", first_name="Anna")


def sign_in(page: Page, live_url: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{live_url}/admin/login/")
    page.fill("[name=username]", "anna")
    page.fill("[name=password]", "a long enough one")
    page.press("[name=password]", "Enter")


def phone(letters: str, *, steps: int) -> str:
    """What an app shows that read this key, so many half-minutes from now."""
    totp = TOTP(b32decode(letters.replace(" ", "")))
    totp.time = time.time() + steps * 30
    return f"{totp.token():06d}"


def send(page: Page, code: str, button: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name=button).click()


def test_a_phone_is_set_up_and_its_codes_or_recovery_codes_alone_open_the_desk(
    anna: User, live_url: str, browser_page: Page
) -> None:
    page = browser_page
    sign_in(page, live_url)
    page.goto(f"{live_url}/admin/second-factor/set-up/")
    letters = page.locator(".phone .secret").inner_text()
    device = TOTPDevice.objects.get(user=anna)
    assert letters.replace(" ", "") in device.config_url
    assert page.locator(".phone-key").get_attribute("src") == _picture(device)
    assert page.locator(".phone-key").evaluate("image => image.naturalWidth") > 100
    send(page, "000000", "Set it up")
    expect(page.get_by_role("alert")).to_contain_text("This code does not fit.")
    page.wait_for_timeout(THROTTLED)
    send(page, phone(letters, steps=0), "Set it up")
    expect(page.locator(".codes .secret")).to_have_count(10)
    recovery = page.locator(".codes .secret").first.inner_text()
    page.get_by_role("link", name="I have them. Go on").click()
    expect(page).to_have_url(f"{live_url}/admin/")

    sign_in(page, live_url)
    expect(page.get_by_text("Type the six digits that your phone shows now.")).to_be_visible()
    page.goto(f"{live_url}/admin/restrictions/claim/queue/?order=surest")
    expect(page.get_by_label("Code")).to_be_visible()
    send(page, "123456", "Open the desk")
    expect(page.get_by_role("alert")).to_contain_text("This code does not fit.")
    page.wait_for_timeout(THROTTLED)
    send(page, phone(letters, steps=1), "Open the desk")
    expect(page).to_have_url(f"{live_url}/admin/restrictions/claim/queue/?order=surest")

    sign_in(page, live_url)
    send(page, recovery, "Open the desk")
    expect(page).to_have_url(f"{live_url}/admin/")
    sign_in(page, live_url)
    send(page, recovery, "Open the desk")
    expect(page.get_by_role("alert")).to_contain_text("This code does not fit.")
