"""The language stands in the path; the browser's wish decides for `/` alone, and a link is a choice."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

pytestmark = pytest.mark.django_db

FRENCH = {"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.5"}
FROM_HERE = FRENCH | {"Sec-Fetch-Site": "same-origin"}


def test_the_browser_decides_for_the_front_page_and_its_query_goes_along(client: Client) -> None:
    response = client.get("/?on=2024-06-01", headers=FRENCH)
    assert (response.status_code, response["Location"]) == (302, "/fr/?on=2024-06-01")
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))
    for wish in ("en", "de, uk;q=0.8", ""):
        assert client.get("/", headers={"Accept-Language": wish}).status_code == 200


def test_the_browser_decides_for_no_other_page(client: Client) -> None:
    response = client.get("/timeline/", headers=FRENCH)
    assert '<html lang="en">' in response.content.decode()
    assert response["Content-Language"] == "en"
    assert "Accept-Language" not in response.get("Vary", "")
    assert '<html lang="fr">' in client.get("/fr/timeline/", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize("headers", [FROM_HERE, FRENCH | {"Referer": "http://testserver/fr/"}])
def test_who_follows_a_link_to_english_stays_there_now_and_later(client: Client, headers: dict[str, str]) -> None:
    chosen = client.get("/", headers=headers)
    assert chosen.status_code == 200
    assert chosen.cookies["language"].value == "en"
    assert "private" in chosen["Cache-Control"]
    assert client.get("/", headers=FRENCH).status_code == 200


def test_pages_set_no_cookie_and_hold_no_token(client: Client) -> None:
    for address in ("/", "/timeline/", "/fr/", "/fr/matrix/"):
        response = client.get(address)
        assert not response.cookies, address
        assert "csrf" not in response.content.decode(), address
        if address != "/":
            assert "Cookie" not in response.get("Vary", ""), address


def test_the_switch_is_a_link_to_the_same_view(client: Client) -> None:
    said = client.get("/timeline/?on=2024-06-01").content.decode()
    link = '<a href="/fr/timeline/?on=2024-06-01" hreflang="fr" lang="fr" rel="alternate">Français</a>'
    assert link in said
    assert '<a href="/timeline/?on=2024-06-01" hreflang="en"' in (
        client.get("/fr/timeline/?on=2024-06-01").content.decode()
    )
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="http://testserver([^"]+)">', said))
    assert alternates == {
        "en": "/timeline/?on=2024-06-01",
        "fr": "/fr/timeline/?on=2024-06-01",
        "x-default": "/timeline/?on=2024-06-01",
    }


def test_links_stay_in_the_language(client: Client) -> None:
    said = client.get("/fr/").content.decode()
    pages = {address for address in re.findall(r'href="(/[^"]*)"', said) if not address.startswith("/static/")}
    assert {address for address in pages if not address.startswith("/fr/")} == {"/", "/api/v1/docs", "/health/"}
    assert "/fr/timeline/" in pages


@pytest.mark.parametrize("name", ["timeline", "matrix", "timeline-csv", "timeline-json", "matrix-json", "timeline-bib"])
def test_pages_and_their_files_stand_in_both_languages(client: Client, name: str) -> None:
    for language, start in (("en", "/"), ("fr", "/fr/")):
        with override(language):
            address = reverse(name)
        assert address.startswith(start)
        assert client.get(address).status_code == 200, address


def test_what_is_not_for_readers_stands_outside(client: Client) -> None:
    for address in ("/fr/admin/", "/fr/health/", "/fr/metrics", "/fr/robots.txt", "/en/timeline/", "/de/"):
        assert client.get(address).status_code == 404, address
    said = client.get("/health/", headers=FRENCH | {"Accept": "text/html"}).content.decode()
    assert '<html lang="fr">' in said
    assert 'hreflang="en"' not in said


def test_a_missing_page_speaks_the_language_of_its_address(client: Client) -> None:
    assert '<html lang="fr">' in client.get("/fr/nulle-part/").content.decode()
    assert '<html lang="en">' in client.get("/nowhere/", headers=FRENCH).content.decode()
