"""Regions of ISO 3166-2 that areas may name, with names in English and French (``regions.toml``)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pycountry

from restrictions.reference.rows import ReferenceFileError

REGIONS_FILE = Path(__file__).with_name("regions.toml")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region: ISO 3166-2 code, its state's ISO 3166-1 alpha-2 code, and its usual names."""

    code: str
    country: str
    name_en: str
    name_fr: str


@cache
def load_regions(path: Path = REGIONS_FILE) -> tuple[RegionRow, ...]:
    """Every region of the states in the file. Raises ReferenceFileError where the standard has it otherwise."""
    with path.open("rb") as file:
        states = tomllib.load(file)
    return tuple(row for state, names in states.items() for row in _regions_of(path.name, state, names))


@cache
def region_codes() -> frozenset[str]:
    """The codes that a claim's areas may carry."""
    return frozenset(region.code for region in load_regions())


def _regions_of(file: str, state: str, names: dict[str, Any]) -> Iterator[RegionRow]:
    standard = {region.code for region in pycountry.subdivisions if region.country_code == state}
    if wrong := sorted(standard ^ set(names)):
        raise ReferenceFileError(f"{file}, {state}: {', '.join(wrong)} stands here or in ISO 3166-2, not in both.")
    for code, pair in names.items():
        if len(pair) != 2 or not all(isinstance(name, str) and name.strip() for name in pair):
            raise ReferenceFileError(f"{file}, {code}: a region has two names, English and French.")
        yield RegionRow(code, state, *pair)
