"""What the endpoints can be asked: each parameter with what it takes, for the refusal and for the description."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings

from dashboard.criteria.dispatches import OUTCOMES
from dashboard.filters import KINDS_OF_EVIDENCE, LONGEST_TEXT
from restrictions.domain.changes import Kind
from restrictions.domain.vocabulary import MARK_ACTS, Attribution, Condition, Status, Track
from restrictions.queries.claim_log import Fate

LIMIT, LARGEST = 100, 500
"""Rows of one answer: usually, and at most."""
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)

COUNTRY = {"$ref": "#/components/schemas/CountryCode"}
WEAPON = {"$ref": "#/components/schemas/WeaponCode"}
_DAY = {"type": "string", "format": "date", "pattern": r"^(199\d|20\d\d|2100)-\d\d-\d\d$"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, what it means, and a JSON schema of one value."""

    name: str
    says: str
    schema: Mapping[str, Any]
    repeatable: bool = False


def _codes(name: str, says: str, codes: "type[StrEnum] | tuple[StrEnum, ...]", *, repeatable: bool = True) -> Parameter:
    return Parameter(name, says, {"type": "string", "enum": [code.value for code in codes]}, repeatable)


RECIPIENT = Parameter("recipient", "The state that was given the weapons; Ukraine where none is named.", COUNTRY)
RECIPIENT_ONLY = Parameter("recipient", "Only weapons that were given to this state.", COUNTRY)
WEAPONS = Parameter("weapon", "Only these weapons.", WEAPON, repeatable=True)
TERRITORY = Parameter(
    "territory", "The land where the targets lie; the one that most rules are about where none is named.", COUNTRY
)
SUPPLIER = Parameter("supplier", "Only these suppliers.", COUNTRY, repeatable=True)
WEAPONS_AND_SYSTEMS = Parameter("weapon", "Only these weapons; a class asks for its systems too.", WEAPON, True)
TRACK = _codes("track", "“use” or “supply”.", Track, repeatable=False)
ON = Parameter("on", "The day in the world that is asked about; today where none is named. Not in the future.", _DAY)
IN_FORCE_ON = Parameter("on", "Only what answers for this day. Not in the future.", _DAY)
FROM = Parameter("from", "Leave out what lies before this day.", _DAY)
TO = Parameter("to", "Leave out what lies after this day.", _DAY)
KNOWN = Parameter(
    "known",
    "A past day: what the record said at its end (UTC). The same call gives the same rows for ever. "
    "From the day on which the record began to know.",
    _DAY,
)
REPORTED = Parameter(
    "reported",
    "What follows from what had been published by the end of this day alone, whenever it came into the record.",
    _DAY,
)
CLOCKS = (KNOWN, REPORTED)

KIND = _codes("kind", "Only turns of this kind.", Kind)
BEFORE = _codes("before", "Only turns from this status.", Status)
AFTER = _codes("after", "Only turns to this status.", Status)
VOUCHED = Parameter(
    "evidence",
    "“official”: confirmed by an official or a document; “two”: by two sources that stand on their own.",
    {"type": "string", "enum": list(KINDS_OF_EVIDENCE)},
)
STATUS = _codes("status", "Only what has this status.", Status)
CONDITION = _codes("condition", "Only what is limited by this condition.", Condition)
REGION = Parameter("region", "Only what is limited to this region.", {"$ref": "#/components/schemas/RegionCode"}, True)
TEXT = Parameter(
    "text",
    "Only what has these words in its names, in what it says, or in its claims and their sources.",
    {"type": "string", "maxLength": LONGEST_TEXT},
)
MARK_ACT = _codes("act", "Only marks of this act.", MARK_ACTS)
ATTRIBUTION = _codes("attribution", "Only what such a source vouches for.", Attribution)
FATE = _codes("fate", "What became of the claim: whether it counts, counted once, or never did.", Fate)
OUTCOME = Parameter(
    "outcome",
    "What came of the dispatch; those that were read where nothing is said. “any”: all of them, which is what a past "
    "day gives where nothing is said; beside “known” only “claims” and “any” can be asked for.",
    {"type": "string", "enum": list(OUTCOMES)},
)
PUBLISHER = Parameter(
    "publisher", "Only publishers with these letters in their name.", {"type": "string", "maxLength": LONGEST_TEXT}
)
LANGUAGE = Parameter("language", "Only dispatches in this language.", {"$ref": "#/components/schemas/LanguageCode"})
OF_COUNTRY = Parameter("country", "Only regions of this country.", COUNTRY)
SAMPLE = Parameter(
    "sample", "Only the passages of this sample, by its number.", {"type": "integer", "minimum": 1, "maximum": 999_999}
)

LANG = Parameter(
    "lang", "The language of labels and sentences; English where none is named.", {"enum": list(LANGUAGES)}
)
FIELDS = Parameter("fields", "Only these fields of each row, parted by commas.", {"type": "string"})
PER_PAGE = Parameter(
    "limit",
    f"Rows of one answer: {LIMIT} where nothing is said.",
    {"type": "integer", "minimum": 1, "maximum": LARGEST},
)
CURSOR = Parameter(
    "cursor",
    "Where to read on, as the answer before gave it in “next”.",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 600},
)
OF_ROWS = (FIELDS, LANG)
OF_PAGES = (PER_PAGE, CURSOR)
