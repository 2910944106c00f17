"""What browsers are told by each part of the site."""

import pytest
from django.conf import settings
from django.test import Client


def policy(client: Client, path: str) -> str:
    return client.get(path).headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_public_pages_allow_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    told = policy(client, "/")
    assert "default-src 'self'" in told
    assert "unsafe" not in told
    assert "http" not in told


@pytest.mark.django_db
def test_the_admin_alone_may_do_what_its_look_needs(client: Client) -> None:
    told = policy(client, "/admin/login/")
    assert "script-src 'self' 'unsafe-eval'" in told
    assert "style-src 'self' 'unsafe-inline'" in told
    assert "script-src 'self' 'unsafe-inline'" not in told


def test_the_cache_has_a_database_of_its_own() -> None:
    assert settings.CELERY_BROKER_URL.endswith("/0")
    assert settings.CACHES["default"]["LOCATION"] == settings.CELERY_BROKER_URL[:-1] + "1"


def test_pages_are_packed_for_browsers_that_unpack(client: Client, db: None) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content)
