"""A walk through every view, action and button of the desk as every group: what opens is what the table says."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve, reverse

from restrictions.rights import ADMINS, GROUPS, RIGHTS
from tests.site.desk_rows import make_curator
from tests.site.desk_views import NAMED, a_row_of_each, address, desk
from tests.site.rights_table import ACTIONS, ALL, STAFF, VIEWS, WHO, Some

# Whatever the desk does is an action, whose branches have tests of their own: tracing takes a third of the time here.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]


@pytest.fixture
def record(db: None) -> None:
    a_row_of_each(make_curator("anna"))


def member(group: str) -> User:
    user = User.objects.create_user(f"one-of-{group}", is_staff=True)
    if group != STAFF:
        user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def answer(client: Client, method: str, where: str) -> Any:
    """What a request gives. Nothing of it stays: the next finds the same rows and the same session."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, where)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def opens(response: Any) -> bool:
    """Whether it was let through. A view that cannot be used so says 404 or 405, to whoever asks."""
    assert response.status_code in (200, 302, 400, 403, 404, 405, 429), response.status_code
    return response.status_code in (200, 302, 400)


def test_every_view_has_its_line_in_the_table() -> None:
    assert set(NAMED) == set(VIEWS)


def linked(markup: str) -> Iterator[tuple[str, str]]:
    """Method and address of everything of the desk that a page leads to."""
    for link in re.findall(r'<a\b[^>]*?\bhref="(/admin/[^"?#]*)', markup):
        yield "GET", link
    for form in re.findall(r"<form\b[^>]*>", markup):
        action = re.search(r'action="(/admin/[^"?#]*)', form)
        if action and "post" in form.lower():
            yield "POST", action.group(1)


def closed_ways(who: str, markup: str) -> set[str]:
    """What a page leads to that the table keeps shut for this group."""
    found = set()
    for method, where in linked(markup):
        try:
            name = str(resolve(where).url_name)
        except Resolver404:
            name = "nothing"
        some = (VIEWS[name].get if method == "GET" else VIEWS[name].post) if name in VIEWS else None
        if some is None or who not in some:
            found.add(f"{method} {where}")
    return found


@pytest.mark.parametrize("who", WHO)
def test_each_group_opens_sends_and_is_led_where_the_table_says(who: str, record: None) -> None:
    """One walk for both: no page that opens may have a button or a link that its reader may not use."""
    client = signed_in(member(who))
    wrong: list[str] = []
    for name, may in VIEWS.items():
        for method, some in (("GET", may.get), ("POST", may.post)):
            if some is None:
                continue
            response = answer(client, method, address(name))
            if opens(response) != (who in some):
                wrong.append(f"{method} {name}")
            elif method == "GET" and response.status_code == 200 and not response.streaming:
                wrong += [f"{name} leads to {way}" for way in closed_ways(who, response.content.decode())]
    assert not wrong


@pytest.mark.parametrize("who", WHO)
def test_each_group_has_the_actions_of_the_table(who: str, record: None) -> None:
    request = RequestFactory().get("/admin/")
    request.user = member(who)
    for model, model_admin in desk()._registry.items():
        table: dict[str, Some] = ACTIONS.get(f"{model._meta.app_label}_{model._meta.model_name}", {})
        expected = {name for name, some in table.items() if who in some}
        assert set(model_admin.get_actions(request)) == expected, model


def test_visitors_are_asked_to_sign_in_everywhere(record: None) -> None:
    let_in = set()
    for name in set(VIEWS) - {"login", "logout", "jsi18n"}:
        for method, some in (("GET", VIEWS[name].get), ("POST", VIEWS[name].post)):
            response = Client().generic(method, address(name))
            asked = response.status_code == 302 and response["Location"].startswith(reverse("admin:login"))
            if some is not None and not asked:
                let_in.add(f"{method} {name}")
    assert not let_in


def test_every_right_of_the_table_is_one_that_exists() -> None:
    held = {f"{app}.{code}" for app, code in Permission.objects.values_list("content_type__app_label", "codename")}
    for group in GROUPS:
        assert RIGHTS[group] <= held
        rights = Group.objects.get(name=group).permissions
        assert {f"{p.content_type.app_label}.{p.codename}" for p in rights.select_related("content_type")} == RIGHTS[
            group
        ]
    assert set(GROUPS) < ALL


def test_an_admin_cannot_reach_a_superuser() -> None:
    root = User.objects.create_superuser("root", password="a long enough one")
    client = signed_in(member(ADMINS))
    for name in ("auth_user_change", "auth_user_one_time_password", "auth_user_reset_factor", "auth_user_delete"):
        where = reverse(f"admin:{name}", args=[root.pk])
        assert answer(client, "POST", where).status_code == 403
