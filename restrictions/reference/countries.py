"""All states and areas of ISO 3166-1 with their names in English and French (pycountry, and CLDR by babel)."""

from dataclasses import dataclass
from functools import cache

import pycountry
from babel import Locale


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A state or area: ISO 3166-1 alpha-2 code and its usual names."""

    code: str
    name_en: str
    name_fr: str


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
