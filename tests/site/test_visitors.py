"""Behind a proxy, one visitor who guesses passwords locks out nobody else."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Settings) -> None:
    settings.AXES_CLIENT_IP_CALLABLE = "config.visitors.address_behind_proxy"
    User.objects.create_superuser("anna", password="the right one")


def sign_in(password: str, forwarded: str) -> int:
    """The status that somebody gets whose address the proxy gives like this; 302 is a sign-in, 200 the form again."""
    words = {"username": "anna", "password": password}
    return Client(HTTP_X_FORWARDED_FOR=forwarded).post("/admin/login/", words).status_code


def test_who_guesses_locks_out_their_own_address_alone() -> None:
    for _ in range(5):
        sign_in("a guess", "203.0.113.9")
    assert sign_in("the right one", "203.0.113.9") == 200
    assert sign_in("the right one", "192.0.2.1") == 302


def test_an_invented_address_helps_nobody() -> None:
    """What a visitor sends stands before what the proxy adds."""
    for number in range(5):
        sign_in("a guess", f"192.0.2.{number}, 203.0.113.9")
    assert sign_in("the right one", "192.0.2.77, 203.0.113.9") == 200


@pytest.mark.parametrize("forwarded", ["", "nonsense", "192.0.2.1, unknown"])
def test_without_an_address_the_connections_own_counts(forwarded: str) -> None:
    sign_in("a guess", forwarded)
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"
