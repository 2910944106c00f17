"""The codebook's numbered rules of derivation, by name, and the terms they set."""

from datetime import timedelta
from enum import StrEnum

RULES_VERSION = "1"
"""Changes whenever the same claims would give other positions."""

WORD_LASTS = 90
"""Days for which a confirmation answers a contradiction (rules 7 and 8)."""

CONFIRMED_FOR = timedelta(days=365)
"""How long a confirmation carries a position that goes on, before it reads “not confirmed since” (rule 12)."""


class Rule(StrEnum):
    """Which rule made something: the number in the codebook."""

    ORDER = "1"
    SPEAKS_FOR = "2"
    AGREES = "3"
    TURN = "4"
    SUPPLY = "5"
    SILENCE = "6"
    PROVISIONAL = "7"
    CONTRADICTION = "8"
    GENERAL_RULE = "9"
    NOTHING_IN_FORCE = "10"
    WINDOW = "11"
    LAST_CONFIRMED = "12"
    ONE_DAY = "13"
    EXCEPTION = "14"
