"""The codebook's codes in plain words, in the reader's language. Used by pages, admin, feeds and plans alike."""

from restrictions.words.alphabet import unaccented
from restrictions.words.changes import kind_label
from restrictions.words.codes import (
    act_label,
    attribution_label,
    place_words,
    role_label,
    status_label,
    status_sentence,
    status_word,
    track_label,
    unchecked_label,
)
from restrictions.words.days import day_in_words, when_in_words
from restrictions.words.limits import StatedLimits, limits_beside, limits_sentence, stated_limits
from restrictions.words.lists import listed
from restrictions.words.moves import move_label
from restrictions.words.plans import PlainWords

__all__ = [
    "PlainWords",
    "StatedLimits",
    "act_label",
    "attribution_label",
    "day_in_words",
    "kind_label",
    "limits_beside",
    "limits_sentence",
    "listed",
    "move_label",
    "place_words",
    "role_label",
    "stated_limits",
    "status_label",
    "status_sentence",
    "status_word",
    "track_label",
    "unaccented",
    "unchecked_label",
    "when_in_words",
]
