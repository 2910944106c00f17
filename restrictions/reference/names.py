"""Names by language: of states by CLDR, of regions and weapons by the lists and the files in ``names/``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from restrictions.reference.countries import load_countries
from restrictions.reference.regions import load_regions
from restrictions.reference.rows import ReferenceFileError
from restrictions.reference.weapons import load_weapons

FOLDER = Path(__file__).with_name("names")
_IN_THE_LISTS = ("en", "fr")
"""Languages whose names stand in the lists of regions and weapons themselves."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by code: ISO 3166-1, ISO 3166-2, the codebook's weapons. All codes of the lists are there."""

    countries: Mapping[str, str]
    regions: Mapping[str, str]
    weapons: Mapping[str, str]


def named_languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The languages in which regions and weapons have names, as codes of ISO 639-1: English and French first."""
    return (*_IN_THE_LISTS, *sorted(path.stem for path in folder.glob("*.toml")))


@cache
def load_names(language: str, folder: Path = FOLDER) -> Names:
    """Every name in the language; what has none in it is named in English. ReferenceFileError for an unknown code."""
    if language in _IN_THE_LISTS:
        french = language == "fr"
        return Names(
            {row.code: row.name_fr if french else row.name_en for row in load_countries()},
            {row.code: row.name_fr if french else row.name_en for row in load_regions()},
            {row.code: row.name_fr if french else row.name for row in load_weapons()},
        )
    english, path = load_names("en"), folder / f"{language}.toml"
    written = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    territories = Locale.parse(language, sep="-").territories
    return Names(
        {code: territories.get(code, name) for code, name in english.countries.items()},
        _with(english.regions, written.get("regions", {}), path.name),
        _with(english.weapons, written.get("weapons", {}), path.name),
    )


def _with(english: Mapping[str, str], own: Mapping[str, str], file: str) -> Mapping[str, str]:
    """The English names, those that the file has in their place."""
    if unknown := sorted(own.keys() - english.keys()):
        raise ReferenceFileError(f"{file}: “{unknown[0]}” is no code of the lists.")
    return {**english, **own}
