"""Names in four languages: of states by CLDR, of regions and weapons by lists that hold only codes that exist."""

from pathlib import Path

import pytest

from restrictions.reference.names import load_names, named_languages
from restrictions.reference.rows import ReferenceFileError


@pytest.mark.parametrize(
    ("language", "country", "region", "weapons"),
    [
        ("en", "Germany", "Kharkiv", "All weapons"),
        ("fr", "Allemagne", "Kharkiv", "Toutes les armes"),
        ("de", "Deutschland", "Charkiw", "Alle Waffen"),
        ("uk", "Німеччина", "Харків", "Уся зброя"),
        ("pl", "Niemcy", "Kharkiv", "All weapons"),
    ],
)
def test_each_language_has_its_names_and_english_where_it_has_none(
    language: str, country: str, region: str, weapons: str
) -> None:
    names = load_names(language)
    assert (names.countries["DE"], names.regions["UA-63"], names.weapons["any"]) == (country, region, weapons)
    assert names.weapons["atacms"] == "ATACMS"


@pytest.mark.parametrize("language", named_languages())
def test_no_two_regions_or_weapons_share_a_name(language: str) -> None:
    names = load_names(language)
    assert len(set(names.regions.values())) == len(names.regions) == 110
    assert len(set(names.weapons.values())) == len(names.weapons)


def test_german_and_ukrainian_name_every_region() -> None:
    english = load_names("en").regions
    assert all(load_names("uk").regions[code].isascii() is False for code in english)
    assert load_names("de").regions["RU-BRY"] == "Brjansk"


def test_a_code_that_no_list_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pl.toml").write_text('[regions]\nUA-99 = "Nigdzie"\n')
    assert named_languages(tmp_path) == ("en", "fr", "pl")
    with pytest.raises(ReferenceFileError, match="UA-99"):
        load_names("pl", tmp_path)
