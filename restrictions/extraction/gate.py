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
    if not any(mention.sign in _ARMS for mention in mentions):
        return NO_ARMS
    if not any(mention.code in territories for mention in mentions):
        return NO_RECIPIENT
    return ""


def concerns_transfer(sentences: list[Sentence]) -> bool:
    """Whether some sentence speaks of handing over or using arms."""
    return any(sentence.named(*_ARMS, signs.ANAPHOR) and sentence.of(*_TOPICAL) for sentence in sentences)
