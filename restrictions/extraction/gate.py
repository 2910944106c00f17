"""Whether a dispatch is about the delivery or the use of arms between states at all (coding rule 23)."""

from collections.abc import Mapping

from restrictions.extraction import signs
from restrictions.extraction.mentions import Mention
from restrictions.extraction.reading import Sentence

NO_ARMS = "no arms"
NO_RECIPIENT = "no recipient of arms"
NO_TRANSFER = "no delivery or use of arms"
LANGUAGE = "language"

_ARMS = (signs.WEAPON, signs.ARMS)
_TOPICAL = (
    "use",
    "supply",
    "permit",
    "forbid",
    "used",
    "free",
    "confine",
    "secret",
    "pause",
    "approval",
    "end",
    "given",
)


def may_concern_arms(mentions: list[Mention], territories: Mapping[str, str]) -> str:
    """Why the names alone rule a text out; empty where they do not."""
    codes = {mention.code for mention in mentions}
    recipients = codes & territories.keys()
    if not recipients:
        return NO_RECIPIENT
    armed = any(mention.sign in _ARMS for mention in mentions)
    return "" if armed or any(territories[code] in codes for code in recipients) else NO_ARMS


def concerns_transfer(sentences: list[Sentence]) -> bool:
    """Whether some sentence speaks of handing over or using arms, or of letting the recipient strike the enemy."""
    return any(_names_arms(sentence) or _lets_strike(sentence) for sentence in sentences)


def _names_arms(sentence: Sentence) -> bool:
    return bool(sentence.of(*_TOPICAL)) and bool(sentence.named(*_ARMS, signs.ANAPHOR))


def _lets_strike(sentence: Sentence) -> bool:
    return (
        bool(sentence.of("use", "deep"))
        and bool(sentence.of("permit", "forbid", "free", "confine"))
        and bool(sentence.named(signs.RECIPIENT, signs.RECIPIENT_ADJECTIVE))
        and bool(sentence.named(signs.ENEMY, signs.ENEMY_ADJECTIVE))
        and bool(sentence.named(signs.STATE, signs.PERSON))
    )
