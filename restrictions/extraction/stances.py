"""A stance: one thing that a sentence says is permitted or refused, with the words that say it."""

from enum import StrEnum

from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.values import value

LEARNED = "learned"  # what the second reader's own hits mean


class Says(StrEnum):
    """What a stance comes to."""

    PERMITS = "permits"
    BANS = "bans"
    FREES = "frees"
    CONFINES = "confines"
    WITHHOLDS = "withholds"
    PAUSES = "pauses"
    SUPPLIES = "supplies"
    DECLINES_TO_SAY = "declines to say"
    ASKS_APPROVAL = "asks approval"
    EXCEPTS = "excepts"


@value
class Stance:
    """One assertion in a sentence. ``past``: the text gives it as what held until then."""

    says: Says
    sentence: Sentence
    start: int
    end: int
    hits: tuple[Hit, ...]
    past: bool = False
    weak: bool = False
    head: str = ""
    ended: bool = False

    @property
    def pledged(self) -> bool:
        """Whether nothing but "not to" stands before its head: a promise, which counts on the supplier's word only."""
        return bool(self.head) and {hit.means for hit in self.hits} == {"not", self.head}

    @property
    def learned(self) -> bool:
        """Whether the second reader made it, not a rule."""
        return all(hit.means == LEARNED for hit in self.hits)

    @property
    def about_supply(self) -> bool:
        return self.says in (Says.WITHHOLDS, Says.PAUSES, Says.SUPPLIES)
