"""axe on every screen of ours, in light and in dark, 1280 pixels wide: what it calls `serious` or `critical` fails.

In the reading room whatever it finds fails. The screens of the desk are the views of the table of rights, so that a new
view is looked at too; then what a view shows in another state or after a press, and whoever has not signed in yet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from dashboard.urls import in_no_language, urlpatterns
from restrictions.actions.imports import keep_table
from restrictions.actions.samples import code_second, draw_sample
from restrictions.models import Claim, Dispatch, DispatchState, Feed, Position, Sample, Weapon
from restrictions.queries.edits import field_values
from restrictions.rights import GROUPS
from tests.record.disputing import dispute
from tests.record.rows import make_weapon
from tests.record.test_tables import NEW, member, table_file
from tests.site.desk_rows import BODY, LETS, STILL_NOT, add_version, make_curator, make_dispatch, propose
from tests.site.desk_views import a_row_of_each, address, patterns
from tests.site.rights_table import VIEWS
from tests.site.test_second_factor import shown_by_phone

_AXE = find_spec("axe_playwright_python")
AXE = Path(str(_AXE.origin)).with_name("axe.min.js").read_text() if _AXE else ""

# What the desk shows in a theme, every drawer open, with no colour still on its way.
DESK = """async theme => {
    Alpine.$data(document.documentElement).switchTheme(theme);
    await Alpine.nextTick();
    for (const drawer of document.querySelectorAll("main details, #content details")) drawer.open = true;
    for (const change of document.getAnimations()) change.cancel();
}"""
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
# A theme changes colours and nothing else.
COLOURS = ALL_RULES | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# One template of django-unfold or of ours for every model: looked at for one of them.
SAME_FOR_ALL = {"_history": "restrictions_weapon", "_export": "restrictions_claim", "_import": "restrictions_claim"}
# A script and a part of a page; and what shows nothing as it stands there: the tests of other states and of signing in
# open it.
ELSEWHERE = {"jsi18n", "search", "restrictions_claim_merge", "login", "second_factor", "second_factor_setup"}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    assert AXE
    context = chromium.new_context(color_scheme="light", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@dataclass
class Looked:
    """The screens that were looked at, each in both themes, and what axe found in them."""

    at: list[str] = field(default_factory=list)
    broken: dict[str, list[str]] = field(default_factory=dict)

    def note(self, screen: str, theme: str, rules: list[str]) -> None:
        if rules:
            self.broken[f"{screen}, {theme}"] = rules


@pytest.fixture
def looked() -> Looked:
    return Looked()


@pytest.fixture
def vera(transactional_db: None) -> User:
    """Somebody in every group, and a record that others made."""
    a_row_of_each(make_curator("anna"))
    return member(*GROUPS)


def serious(page: Page, options: dict[str, Any], leave_out: str = "") -> list[str]:
    """The rules of weight that are broken, each with the first elements that break it."""
    context = {"exclude": [[leave_out]]} if leave_out else {"include": [["html"]]}
    return said_of([item for item in violations(page, context, options) if item["impact"] in ("serious", "critical")])


def violations(page: Page, context: dict[str, Any], options: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(
        "([context, options]) => axe.run(context, options)", [context, options]
    )["violations"]
    return found


def said_of(broken: list[dict[str, Any]]) -> list[str]:
    return [f"{item['id']}: {node['html'][:160]}" for item in broken for node in item["nodes"][:3]]


def look_at(page: Page, name: str, looked: Looked) -> None:
    """One screen of the desk in both themes."""
    page.evaluate(AXE)
    looked.at.append(name)
    for theme, options in (("light", ALL_RULES), ("dark", COLOURS)):
        page.evaluate(DESK, theme)
        # The side bar is the same on every page: once is enough.
        looked.note(name, theme, serious(page, options, "" if name == "index" else "#nav-sidebar"))


def enter(page: Page, live_url: str, user: User) -> None:
    """The browser is signed in as this user."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_url}])


def opened(page: Page, where: str) -> None:
    response = page.goto(where, wait_until="domcontentloaded")
    assert response
    assert response.status == 200, where


def is_looked_at(name: str) -> bool:
    """Whether it is a screen of its own that somebody may open."""
    if not VIEWS[name].get or name in ELSEWHERE:
        return False
    return not any(name.endswith(kind) and name != one + kind for kind, one in SAME_FOR_ALL.items())


def test_every_view_of_the_desk(vera: User, live_url: str, page: Page, looked: Looked) -> None:
    enter(page, live_url, vera)
    for name in filter(is_looked_at, VIEWS):
        opened(page, live_url + address(name))
        look_at(page, name, looked)
    assert len(looked.at) > 60
    assert looked.broken == {}


def other_states(by: User) -> dict[str, str]:
    """Screens that depend on what the record holds: each by its name, with its address."""
    dispute(supplier_id="FR")
    version = make_dispatch(title="Of two versions")
    waits = propose(add_version(version.dispatch, "Of two versions", BODY + " A correction."), STILL_NOT)
    second = propose(version, LETS, weapon_id="long_range")
    broken = make_dispatch(title="In quarantine", state=DispatchState.QUARANTINED, outcome="ValueError: no verb")
    july = draw_sample(sample=Sample(name="July", size=5, seed="b"), by=by)
    for row in july.claims.all():
        coding = field_values(row.claim) | {"status": "withheld"}
        code_second(sampled=row.pk, by=make_curator(f"carl{row.pk}"), coding=coding)
    sheet = keep_table(table="claim", name="t.csv", content=table_file([NEW, NEW | {"weapon": "laser"}]), by=by)
    contested = Position.objects.filter(contested=True).first()
    assert contested
    make_weapon("rests_on_nothing")
    return {
        "review": f"{change('dispatch', version.dispatch_id)}?claim={waits.pk}",
        "versions of a dispatch": reverse("admin:restrictions_dispatch_versions", args=[version.dispatch_id]),
        "quarantine": change("dispatch", broken.dispatch_id),
        "quarantine list": f"{reverse('admin:restrictions_dispatch_changelist')}?state=quarantined",
        "decided": change("claim", Claim.objects.accepted().filter(dispatch_version__isnull=False)[0].pk),
        "claim without a dispatch": change("claim", Claim.objects.filter(dispatch_version=None)[0].pk),
        "merge": f"{reverse('admin:restrictions_claim_merge', args=[waits.pk])}?into={second.pk}",
        "queue of nothing": f"{reverse('admin:restrictions_claim_queue')}?supplier=FR",
        "contested": change("position", contested.pk),
        "settle": reverse("admin:restrictions_position_settle", args=[contested.pk]),
        "ruling": reverse("admin:restrictions_sample_rule", args=[july.pk]),
        "agreement": f"{reverse('admin:restrictions_sample_agreement')}?sample={july.pk}",
        "dry run": f"{reverse('admin:restrictions_claim_import')}?sheet={sheet.pk}&accepts=1",
        "refused to delete": reverse("admin:restrictions_country_delete", args=["RU"]),
        "country with regions": change("country", "UA"),
        "delete": reverse("admin:restrictions_weapon_delete", args=["rests_on_nothing"]),
    }


def change(model: str, number: Any) -> str:
    return reverse(f"admin:restrictions_{model}_change", args=[number])


def pressed() -> dict[str, tuple[str, dict[str, str], str]]:
    """Screens that a press leads to: where it is pressed, what is typed before, and the button's name."""
    feed, weapon, anna = Feed.objects.earliest("pk"), Weapon.objects.get(pk="atacms"), User.objects.get(username="anna")
    return {
        "feed tried": (change("feed", feed.pk), {}, "Try it"),
        "feed refused": (reverse("admin:restrictions_feed_add"), {"interval_minutes": "1"}, "Add, switched off"),
        "weapon refused": (change("weapon", weapon.pk), {}, "Save"),
        "token refused": (reverse("admin:restrictions_apitoken_add"), {}, "Make the token"),
        "upload refused": (reverse("admin:restrictions_submission_add"), {}, "Upload"),
        "password refused": (reverse("admin:password_change"), {"old_password": "x"}, "Change password"),
        "one-time password": (
            reverse("admin:auth_user_change", args=[anna.pk]),
            {"#reason-password": "Forgotten"},
            "Make it, and show it once",
        ),
    }


def press(page: Page, typed: dict[str, str], button: str) -> None:
    """Fill the fields, whatever drawer they are in, and press, past what the browser itself would refuse."""
    page.evaluate("for (const form of document.forms) form.noValidate = true;")
    page.evaluate('for (const drawer of document.querySelectorAll("details")) drawer.open = true;')
    for place, value in typed.items():
        page.fill(place if place.startswith("#") else f"[name={place}]", value)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(rf"^\s*{button}")).click()


def test_every_other_state_of_them(vera: User, live_url: str, page: Page, looked: Looked) -> None:
    enter(page, live_url, vera)
    for name, where in other_states(vera).items():
        opened(page, live_url + where)
        look_at(page, name, looked)
    for name, (where, typed, button) in pressed().items():
        opened(page, live_url + where)
        press(page, typed, button)
        look_at(page, name, looked)
    assert len(looked.at) == 23
    assert looked.broken == {}


def test_signing_in(vera: User, live_url: str, page: Page, looked: Looked) -> None:
    """Before it, refused, the second factor set up and asked for."""
    opened(page, live_url + address("login"))
    look_at(page, "sign in", looked)
    press(page, {"username": "anna", "password": "a guess"}, "Log in")
    look_at(page, "not signed in", looked)
    enter(page, live_url, vera)
    opened(page, live_url + address("second_factor_setup"))
    look_at(page, "set up", looked)
    press(page, {"code": shown_by_phone(vera)}, "Set it up")
    look_at(page, "recovery codes", looked)
    enter(page, live_url, vera)
    opened(page, live_url + address("second_factor"))
    look_at(page, "asked for", looked)
    press(page, {"code": "000000"}, "Open the desk")
    look_at(page, "wrong code", looked)
    assert len(looked.at) == 6
    assert looked.broken == {}


def test_every_page_of_the_reading_room(vera: User, live_url: str, page: Page, looked: Looked) -> None:
    # `since` answers for a past day of the record alone, and this one began today. What has a dot is a file; `in-small`
    # is a part of the overview.
    no_pages = ("-file", "-live", "-ready", "since", "in-small")
    views = patterns([*urlpatterns, *in_no_language])
    pages = {
        str(view.name) for view in views if "." not in str(view.pattern) and not str(view.name).endswith(no_pages)
    } | {"report", "report-sent", "alerts", "alerts-sent", "api-docs"}
    assert Dispatch.objects.exists()
    position = Position.objects.earliest("pk").pk
    about: dict[str, list[Any]] = {
        **{name: [position] for name in ("position", "report", "report-sent")},
        "dispatch": [Dispatch.objects.earliest("pk").pk],
        "supplier": ["us"],
        "weapon": ["any"],
    }
    for name in sorted(pages):
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            opened(page, live_url + reverse(name, args=about.get(name, [])))
            page.locator("[data-since]:empty").wait_for(state="detached")
            page.evaluate(AXE)
            looked.note(name, theme, said_of(violations(page, {"include": [["html"]]}, ALL_RULES)))
    assert looked.broken == {}
