"""The record as tables for others: which there are, their columns, and what kind of value each column holds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds. ``text`` is free; ``code``, ``day`` (EDTF) and ``instant`` are text of one form."""

    TEXT = "text"
    CODE = "code"
    LIST = "list"
    NUMBER = "number"
    SHARE = "share"
    FLAG = "flag"
    DATE = "date"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dataset."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table: its columns in order, and those that name a row.

    Rows come in the order of ``key``, text by code point. ``of_a_day``: whether one day of it can be asked for.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    of_a_day: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _dataset(name: str, key: str, *columns: str, of_a_day: bool = False) -> Dataset:
    """A dataset from words such as `supplier` (a code) or `evidence:list`; `starts:days` is a day with both bounds."""
    found = [column for word in " ".join(columns).split() for column in _columns(*word.partition(":")[::2])]
    return Dataset(name, tuple(key.split()), tuple(found), of_a_day=of_a_day)


def _columns(name: str, kind: str) -> list[Column]:
    if kind == "days":
        bounds = [Column(f"{name}_{bound}", Kind.DATE) for bound in ("earliest", "latest")]
        return [Column(name, Kind.DAY), *bounds]
    return [Column(name, Kind(kind or "code"))]


_LINE = "supplier role recipient weapon track territory"
_CELL = "recipient territory supplier weapon"

POSITIONS = _dataset(
    "positions",
    "position",
    f"position:number {_LINE} status starts:days open_start:flag ends:days limits:list announced:days",
    "last_confirmed:date first_used:day provisional:flag contested:flag practice rules:list evidence:list",
    "synthetic:flag recorded:instant",
    of_a_day=True,
)
CLAIMS = _dataset(
    "claims",
    "claim",
    f"claim:text {_LINE} status areas:list area_role conditions:list depth_km:number act attribution effective:days",
    "published:days prior quote:text quote_in summary:text speaker:text weak_source:flag address:text publisher:text",
    "title:text language synthetic:flag coder:text coder_version:text rule_ids:list decision decided_at:instant",
    "decision_reason:text retracted:flag retracted_reason:text merged_into:text",
)
MARKS = _dataset(
    "marks",
    "mark",
    "mark:text act actor:text supplier recipient weapon territory areas:list day:days quote:text summary:text",
    "weak_source:flag address:text publisher:text title:text language synthetic:flag",
)
SOURCES = _dataset(
    "sources",
    "claim place",
    "claim:text place:number address:text publisher:text title:text published:day language stored_copy:flag held:flag",
    "synthetic:flag",
)
WEAPONS = _dataset(
    "weapons", "weapon", "weapon name:text kind parent long_range:flag range_km:number aliases:list makers:list"
)
REGIONS = _dataset("regions", "region", "region country name_en:text name_fr:text name_de:text name_uk:text")
COUNTRIES = _dataset("countries", "country", "country name_en:text name_fr:text name_de:text name_uk:text")

SPELLS = _dataset(
    "spells",
    "recipient supplier position",
    f"position:number {_LINE} status starts:days ends:days first_day:date last_day:date days:number",
    "left_censored:flag right_censored:flag start_window:number end_window:number ended_by limits:list",
    "provisional:flag contested:flag evidence_count:number independent_sources:number synthetic:flag",
    of_a_day=True,
)
PANEL_DAYS = _dataset(
    "panel-days",
    f"{_CELL} date",
    f"{_CELL} date:date status answered_by supply binding possible:list provisional:flag contested:flag",
    of_a_day=True,
)
PANEL_MONTHS = _dataset(
    "panel-months",
    f"{_CELL} month",
    f"{_CELL} month days:number status answered_by supply binding changes:number provisional:flag contested:flag",
)
EVENTS = _dataset(
    "events",
    "recipient supplier position",
    f"position:number {_LINE} kind before after effective:days announced:days days_to_announcement:number",
    "days_since_previous:number days_since_first:number days_to_first_use:number provisional:flag contested:flag",
    "evidence_count:number independent_sources:number synthetic:flag",
)
AGREEMENT = _dataset(
    "agreement",
    "by group field",
    "by group:text field passages:number agreed:number percent:share kappa:share alpha:share",
)
CODER_SCORES = _dataset(
    "coder-scores",
    "version language field",
    "version:text language field right:number of:number share:share misses:number",
)

STORED = (POSITIONS, CLAIMS, MARKS, SOURCES, WEAPONS, REGIONS, COUNTRIES)
"""What the database gives as it stands."""
DERIVED = (SPELLS, PANEL_DAYS, PANEL_MONTHS, EVENTS)
"""What follows from the positions, ready-made for analysis."""
FIGURES = (AGREEMENT, CODER_SCORES)
"""How far the coding is to be trusted, counted from decisions. It is of now: past days of it are not kept."""

DATASETS: Mapping[str, Dataset] = {dataset.name: dataset for dataset in (*STORED, *DERIVED, *FIGURES)}
"""All of them by name."""
