"""All states and areas of ISO 3166-1 with their names in English and French (pycountry, and CLDR by babel)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycountry
from babel import Locale

from restrictions.reference.rows import ReferenceFileError

ENEMY_LAND_FILE = Path(__file__).with_name("enemy_land.toml")


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A state or area: ISO 3166-1 alpha-2 code and its usual names."""

    code: str
    name_en: str
    name_fr: str

    def name_in(self, language: str) -> str:
        """The name in ``fr``, else in English."""
        return self.name_fr if language == "fr" else self.name_en


@cache
def load_countries() -> tuple[CountryRow, ...]:
    """Every code of ISO 3166-1, in the order of the codes."""
    english, french = Locale("en").territories, Locale("fr").territories
    codes = sorted(country.alpha_2 for country in pycountry.countries)
    return tuple(CountryRow(code, english[code], french[code]) for code in codes)


@cache
def country_codes() -> frozenset[str]:
    """The codes that a supplier, a recipient or a territory may carry."""
    return frozenset(country.code for country in load_countries())


@cache
def load_enemy_land(path: Path = ENEMY_LAND_FILE) -> Mapping[str, str]:
    """Recipient to the territory that its war is fought on: a refusal without targets is coded for it (rule 11)."""
    with path.open("rb") as file:
        lands: dict[str, str] = tomllib.load(file)
    for code in (*lands, *lands.values()):
        if code not in country_codes():
            raise ReferenceFileError(f"{path.name}: “{code}” is no ISO 3166-1 alpha-2 code.")
    return lands
