"""A language that is added: its catalogue and one setting are all it takes to stand in paths, switch and sitemap."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.test import Client
from django.urls import reverse
from django.utils.translation import ngettext, override
from pytest_django.fixtures import Settings

from restrictions.domain.days import parse_day
from restrictions.words import day_in_words
from scripts.catalogues import FOLDER, brought_up_to_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_record")]
GERMAN = {"Timeline": "Zeitleiste", "Suppliers": "Lieferanten"}


def made(folder: Path, language: str, words: dict[str, str]) -> Path:
    """A catalogue of these words alone, as `make words` and `make setup` leave one."""
    (folder / "fr/LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    (folder / "fr/LC_MESSAGES/django.po").write_bytes((FOLDER / "fr/LC_MESSAGES/django.po").read_bytes())
    brought_up_to_date(language, folder)
    path = folder / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        if message.id in words:
            message.string = words[str(message.id)]
    with path.open("wb") as file:
        write_po(file, catalogue)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder


@pytest.fixture
def with_german(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [made(tmp_path, "de", GERMAN), FOLDER]
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]


@pytest.mark.usefixtures("with_german")
def test_the_german_page_speaks_german_where_its_catalogue_does(client: Client) -> None:
    said = client.get("/de/suppliers/").content.decode()
    assert '<html lang="de">' in said
    assert "<title>Lieferanten" in said
    assert ">Zeitleiste</a>" in said
    assert "Vereinigte Staaten" in said
    assert 'content="de_DE"' in said
    assert 'href="/de/timeline/"' in said
    assert "Erklärt" not in said


@pytest.mark.usefixtures("with_german")
def test_regions_weapons_and_dates_are_german_too(client: Client) -> None:
    assert "Marschflugkörper" in client.get("/de/weapons/").content.decode()
    with override("de"):
        assert day_in_words(parse_day("2024-05-30")) == "30. Mai 2024"
        assert "11. Juli" in day_in_words(parse_day("2024-07-11/2024-08-12"))
        assert reverse("map") == "/de/map/"


@pytest.mark.usefixtures("with_german")
def test_the_switch_the_sitemap_and_the_browser_know_the_language(client: Client) -> None:
    assert 'hreflang="de" lang="de" rel="alternate">Deutsch</a>' in client.get("/timeline/").content.decode()
    assert "http://testserver/de/timeline/" in client.get("/sitemap.xml").content.decode()
    assert client.get("/", headers={"Accept-Language": "de-AT, en;q=0.5"})["Location"] == "/de/"


def test_without_it_there_is_no_german_page(client: Client) -> None:
    assert client.get("/de/suppliers/").status_code == 404


def test_a_catalogue_that_is_brought_up_to_date_keeps_its_words_and_has_the_plurals_of_cldr(
    tmp_path: Path, settings: Settings
) -> None:
    counted = ("%(n)d position", "%(n)d positions")
    folder = made(tmp_path, "uk", {"Timeline": "Хронологія"})
    path = folder / "uk/LC_MESSAGES/django.po"
    assert brought_up_to_date("uk", folder).endswith("texts have their translation.")
    with path.open("rb") as file:
        catalogue = read_po(file, locale="uk")
    assert catalogue.num_plurals == 3
    found = catalogue.get("Timeline")
    assert found is not None
    assert found.string == "Хронологія"
    catalogue.add(counted, ("%(n)d позиція", "%(n)d позиції", "%(n)d позицій"))
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS, settings.LANGUAGES = [folder], [*settings.LANGUAGES, ("uk", "українська")]
    with override("uk"):
        said = [ngettext(*counted, n) % {"n": n} for n in (1, 3, 5)]
    assert said == ["1 позиція", "3 позиції", "5 позицій"]
