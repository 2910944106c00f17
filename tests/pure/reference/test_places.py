"""Countries and regions: the standard's codes with names that people read."""

from pathlib import Path

import pytest

from restrictions.reference.countries import country_codes, load_countries
from restrictions.reference.regions import load_regions, region_codes
from restrictions.reference.rows import ReferenceFileError


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("US", "United States", "États-Unis"),
        ("UA", "Ukraine", "Ukraine"),
        ("NL", "Netherlands", "Pays-Bas"),
        ("SA", "Saudi Arabia", "Arabie saoudite"),
    ],
)
def test_a_country_has_both_names(code: str, english: str, french: str) -> None:
    row = next(row for row in load_countries() if row.code == code)
    assert (row.name_en, row.name_fr) == (english, french)


def test_all_countries_of_the_standard_are_there_and_nothing_else() -> None:
    assert len(load_countries()) == 249
    assert not country_codes() & {"UK", "EU", "SU", "ZZ"}


@pytest.mark.parametrize(
    ("code", "country", "english", "french"),
    [
        ("UA-63", "UA", "Kharkiv", "Kharkiv"),
        ("UA-59", "UA", "Sumy", "Soumy"),
        ("UA-43", "UA", "Crimea", "Crimée"),
        ("UA-40", "UA", "Sevastopol", "Sébastopol"),
        ("RU-KRS", "RU", "Kursk", "Koursk"),
        ("RU-BRY", "RU", "Bryansk", "Briansk"),
        ("RU-BEL", "RU", "Belgorod", "Belgorod"),
        ("RU-VOR", "RU", "Voronezh", "Voronej"),
    ],
)
def test_a_region_is_named_as_a_researcher_reads_it(code: str, country: str, english: str, french: str) -> None:
    row = next(row for row in load_regions() if row.code == code)
    assert (row.country, row.name_en, row.name_fr) == (country, english, french)


def test_crimea_and_sevastopol_are_ukraine_alone() -> None:
    russian = {row.code: row.name_en for row in load_regions() if row.country == "RU"}
    assert len(russian) == 83
    assert not {"RU-CR", "RU-SEV", "RU-43", "RU-40"} & set(russian)
    assert not {"Crimea", "Sevastopol"} & set(russian.values())
    assert len(region_codes()) == 27 + 83


def test_no_two_regions_share_a_name() -> None:
    rows = load_regions()
    assert len({row.name_en for row in rows}) == len({row.name_fr for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[MC]\nMC-FO = ["Fontvieille", "Fontvieille"]', "regions.toml, MC: MC-CL"),
        ('[XY]\nXY-1 = ["One", "Un"]', "regions.toml, XY: XY-1 stands here or in ISO 3166-2, not in both"),
        ('[RU]\nUA-43 = ["Crimea", "Crimée"]', "UA-43"),
    ],
    ids=["a region is missing", "no such state", "another state's region"],
)
def test_regions_that_differ_from_the_standard_are_refused(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "regions.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceFileError) as refusal:
        load_regions(file)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("names", ['["Aruba"]', '["One", " "]', '["One", "Un", "Eins"]', "[1, 2]"])
def test_a_region_needs_two_names(tmp_path: Path, names: str) -> None:
    file = tmp_path / "regions.toml"
    codes = "".join(f'{code} = ["{code}", "{code}"]\n' for code in sorted(region_codes()) if code[:2] == "UA")
    text = codes.replace('UA-43 = ["UA-43", "UA-43"]', f"UA-43 = {names}")
    file.write_text(f"[UA]\n{text}", encoding="utf-8")
    with pytest.raises(ReferenceFileError, match="UA-43: a region has two names"):
        load_regions(file)
