"""Signing in: one answer to whoever is refused, a throttle, sessions that end, passwords from an admin's hand."""

import re
import time
from typing import Any

import pytest
from axes.models import AccessLog
from django.contrib.auth import hashers
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from config.sessions import IDLE_SECONDS
from restrictions.actions.curators import ensure_admins_group
from restrictions.models import Entry
from restrictions.rights import CURATORS, EDITORS
from tests.site.desk_rows import make_curator

pytestmark = pytest.mark.django_db

LOGIN, INDEX = "admin:login", "admin:index"
RIGHT = "a long enough one"


@pytest.fixture
def anna(db: None) -> User:
    return make_curator("anna", first_name="Anna", last_name="Berg")


def tried(name: str, password: str) -> Any:
    return Client().post(reverse(LOGIN), {"username": name, "password": password})


def without_secrets(response: Any) -> tuple[int, str]:
    """The answer as a guesser sees it: all that is the same for everybody."""
    markup = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, re.sub(r'value="(anna|nobody)"', "", markup)


class CountingHasher(hashers.PBKDF2PasswordHasher):
    """The real one, with a count of its work."""

    algorithm = "counted"
    iterations = 10
    work = 0

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        CountingHasher.work += 1
        return super().encode(password, salt, iterations)


def work_of(name: str, password: str) -> int:
    before = CountingHasher.work
    tried(name, password)
    return CountingHasher.work - before


def test_unknown_wrong_inactive_and_locked_out_get_the_same_answer(anna: User) -> None:
    User.objects.create_user("gone", password=RIGHT, is_staff=True, is_active=False)
    User.objects.create_user("no-staff", password=RIGHT)
    answers = [without_secrets(tried(*who)) for who in (("nobody", "x"), ("anna", "x"), ("gone", RIGHT))]
    answers.append(without_secrets(tried("no-staff", RIGHT)))
    for _ in range(3):
        tried("anna", "x")
    answers.append(without_secrets(tried("anna", RIGHT)))
    for name in ("gone", "no-staff"):
        answers = [(status, markup.replace(f'value="{name}"', "")) for status, markup in answers]
    assert len(set(answers)) == 1
    assert "After five wrong tries" in answers[0][1]


def test_unknown_wrong_and_locked_out_cost_the_same_work(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.site.test_signing_in.CountingHasher"]
    make_curator("anna")
    assert [work_of("nobody", "x"), work_of("anna", "x")] == [1, 1]
    for _ in range(4):
        tried("anna", "x")
    assert [work_of("nobody", RIGHT), work_of("anna", RIGHT)] == [1, 1]


def test_the_log_has_who_came_in_and_who_did_not_and_no_address(anna: User) -> None:
    tried("anna", "x")
    tried("my secret password", "x")
    client = Client()
    client.post(reverse(LOGIN), {"username": "anna", "password": RIGHT})
    client.post(reverse("admin:logout"))
    assert list(Entry.objects.order_by("id").values_list("kind", "who")) == [
        ("sign_in_failed", "anna"),
        ("sign_in_failed", ""),
        ("signed_in", "anna"),
        ("signed_out", "anna"),
    ]
    assert not AccessLog.objects.exists()


def test_a_lock_out_is_one_line_however_long_somebody_goes_on(anna: User) -> None:
    for _ in range(9):
        tried("anna", "x")
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["sign_in_failed"] * (len(kinds) - 1) + ["locked_out"]
    assert len(kinds) <= 6


def at_the_desk(anna: User) -> Client:
    client = Client()
    client.force_login(anna)
    assert client.get(reverse(INDEX)).status_code == 200
    return client


def moved(client: Client, key: str, seconds: int) -> None:
    session = client.session
    session[key] = int(time.time()) - seconds
    session.save()


@pytest.mark.parametrize(("key", "seconds"), [("desk-seen", IDLE_SECONDS), ("desk-began", 12 * 3600)])
def test_a_session_ends_when_nothing_is_done_and_after_half_a_day(key: str, seconds: int, anna: User) -> None:
    client = at_the_desk(anna)
    moved(client, key, seconds - 30)
    assert client.get(reverse(INDEX)).status_code == 200
    moved(client, key, seconds + 1)
    assert client.get(reverse(INDEX))["Location"].startswith(reverse(LOGIN))
    assert "Your session has ended." in client.get(reverse(LOGIN)).content.decode()


def test_what_is_done_keeps_a_session_alive_and_writes_it_once_a_minute(anna: User) -> None:
    client = at_the_desk(anna)
    moved(client, "desk-seen", 30)
    seen = client.session["desk-seen"]
    client.get(reverse(INDEX))
    assert client.session["desk-seen"] == seen
    moved(client, "desk-seen", IDLE_SECONDS - 30)
    client.get(reverse(INDEX))
    assert client.session["desk-seen"] >= time.time() - 5


def entered(client: Client, **typed: Any) -> Any:
    return client.post(reverse("admin:auth_user_add"), {"is_active": "on", **typed})


def test_an_admin_enters_somebody_and_hands_them_a_password_for_one_sign_in(anna: User) -> None:
    anna.groups.add(ensure_admins_group())
    client = at_the_desk(anna)
    groups = Group.objects.filter(name__in=[CURATORS, EDITORS]).values_list("pk", flat=True)
    typed = {"username": "berta", "groups": list(groups)}
    assert "say why" in entered(client, **typed).content.decode()
    berta_page = entered(client, **typed, reason="Starts on Monday")["Location"]
    berta = User.objects.get(username="berta")
    assert (berta.is_staff, berta.is_superuser, berta.has_usable_password()) == (True, False, False)
    assert berta.groups.count() == 2
    give = reverse("admin:auth_user_one_time_password", args=[berta.pk])
    assert give in client.get(berta_page).content.decode()
    assert "say why" in client.post(give, follow=True).content.decode()
    page = client.post(give, {"reason": "Her first day"}).content.decode()
    found = re.search(r'<code class="secret">(\w{16})</code>', page)
    assert found
    hers = Client()
    hers.post(reverse(LOGIN), {"username": "berta", "password": found.group(1)})
    assert hers.get(reverse(INDEX))["Location"] == reverse("admin:password_change")
    entry = Entry.objects.get(kind="one_time_password")
    assert (entry.who, entry.what, entry.why) == ("anna", "berta", "Her first day")
    assert found.group(1) not in str(list(Entry.objects.values_list()))


def test_a_new_password_ends_the_sessions_of_before_and_survives_an_edit_of_the_groups(anna: User) -> None:
    berta = make_curator("berta")
    hers = at_the_desk(berta)
    anna.groups.add(ensure_admins_group())
    client = at_the_desk(anna)
    client.post(reverse("admin:auth_user_one_time_password", args=[berta.pk]), {"reason": "Forgotten"})
    assert hers.get(reverse(INDEX)).status_code == 302
    page = reverse("admin:auth_user_change", args=[berta.pk])
    typed = {"username": "berta", "is_active": "on", "groups": [], "reason": "On leave"}
    assert client.post(page, typed).status_code == 302
    assert list(berta.groups.values_list("name", flat=True)) == ["one-time password"]


def test_a_short_password_is_refused(anna: User) -> None:
    client = at_the_desk(anna)
    typed = {"old_password": RIGHT, "new_password1": "Elf-zeichen", "new_password2": "Elf-zeichen"}
    assert "at least 12 characters" in client.post(reverse("admin:password_change"), typed).content.decode()
    anna.refresh_from_db()
    assert anna.check_password(RIGHT)
