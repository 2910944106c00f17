"""Whether a dispatch is about the delivery or the use of arms between states at all (coding rule 23)."""

from restrictions.extraction import signs
from restrictions.extraction.mentions import Mention, Theatre
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
    "hold",
    "stands",
    "approval",
    "end",
    "given",
    "whatever",
    "no",
)
_RULES = ("use", "supply", "permit", "forbid", "hold", "free", "confine", "secret", "deep", "border")


def may_concern_arms(mentions: list[Mention], theatre: Theatre | None) -> str:
    """Why the names alone rule a text out; empty where they do not."""
    if theatre is None:
        return NO_RECIPIENT
    return "" if names_arms(mentions) or len({mention.code for mention in mentions}) > 1 else NO_ARMS


def names_arms(mentions: list[Mention]) -> bool:
    return any(mention.sign in _ARMS or mention.code == "missile" for mention in mentions)


def concerns_transfer(sentences: list[Sentence]) -> bool:
    """Whether some sentence speaks of handing over or using arms, or of letting the recipient strike the enemy."""
    return any(_names_arms(sentence) or lets_strike(sentence) for sentence in sentences)


def _names_arms(sentence: Sentence) -> bool:
    arms = bool(sentence.named(*_ARMS, signs.ANAPHOR)) or any(hit.rule.value for hit in sentence.of("supply"))
    return arms and bool(sentence.of(*_TOPICAL))


def may_hold_a_rule(sentences: list[Sentence]) -> bool:
    """Whether some sentence speaks of using or handing over something, or of leave or refusal, arms named or not."""
    return any(not sentence.kinds.keys().isdisjoint(_RULES) for sentence in sentences)


def lets_strike(sentence: Sentence) -> bool:
    """Whether a sentence lets the recipient strike its enemy, or does not, in so many words."""
    return (
        bool(sentence.of("use", "deep"))
        and bool(sentence.of("permit", "forbid", "free", "confine"))
        and bool(sentence.named(signs.RECIPIENT, signs.RECIPIENT_ADJECTIVE))
        and bool(sentence.named(signs.ENEMY, signs.ENEMY_ADJECTIVE) or sentence.of("confine", "deep"))
        and bool(sentence.named(signs.STATE, signs.PERSON, signs.STATE_ADJECTIVE))
    )
