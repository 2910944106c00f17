"""What becomes of those who are signed in when the signing key is replaced."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, settings: Settings) -> Client:
    """Somebody who signed in under the key of before."""
    settings.SECRET_KEY = "the key of before"
    client.force_login(User.objects.create_superuser("anna", password="never typed"))
    assert client.get("/admin/").status_code == 200
    return client


def test_they_stay_while_the_key_of_before_is_believed(signed_in: Client, settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key", ["the key of before"]
    assert signed_in.get("/admin/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert signed_in.get("/admin/").status_code == 200, "the session was signed anew under the new key meanwhile"


def test_they_sign_in_anew_where_it_is_not(signed_in: Client, settings: Settings) -> None:
    settings.SECRET_KEY = "the new key"
    answer = signed_in.get("/admin/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/login/?next=/admin/")
