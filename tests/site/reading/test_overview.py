"""The front page, full and empty."""

import re

import pytest
from django.test import Client


@pytest.mark.usefixtures("starter_record")
def test_it_leads_with_what_holds_today_and_links_the_latest_changes(client: Client) -> None:
    said = client.get("/").content.decode()
    assert re.search(r"<h1>On \d+ \w+ \d{4}, of \d+ suppliers", said)
    assert len(re.findall(r'<a href="/positions/\d+/">', said)) == 8


@pytest.mark.usefixtures("starter_record")
def test_every_link_of_the_front_page_leads_somewhere(client: Client) -> None:
    said = client.get("/").content.decode()
    addresses = {address for address in re.findall(r'href="(/[^"]*)"', said) if not address.startswith("/static/")}
    assert len(addresses) > 12
    for address in addresses:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


@pytest.mark.django_db
def test_an_empty_record_says_how_to_fill_it(client: Client) -> None:
    said = client.get("/").content.decode()
    assert "load_starter" in said
    assert "The record holds nothing" in said


@pytest.mark.django_db
def test_an_empty_timeline_is_no_error(client: Client) -> None:
    assert client.get("/timeline/").status_code == 200


@pytest.mark.django_db
def test_the_front_page_takes_no_parameters_and_says_so(client: Client) -> None:
    response = client.get("/?on=2024-06-01")
    assert response.status_code == 400
    assert "this page takes no parameters" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("demonstration", [True, False])
def test_a_demonstration_says_that_it_is_one(client: Client, settings: object, demonstration: bool) -> None:
    settings.DEMO = demonstration  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
    assert ("Demonstration." in client.get("/").content.decode()) is demonstration


@pytest.mark.django_db
def test_a_missing_page_is_ours(client: Client, settings: object) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no such page." in response.content.decode()
