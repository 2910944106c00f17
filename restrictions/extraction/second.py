"""The second reader: what a sentence says of a state's rule, judged by weights that were learned from examples.

A linear model: each feature that a sentence shows adds its weights; the sums become shares of certainty. So every
opinion can name the words that moved it most.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt
from typing import NamedTuple, cast

from restrictions.domain.vocabulary import Status
from restrictions.extraction import signs
from restrictions.extraction.features import Around, Feature, Unit, features_of_word, units_of, written
from restrictions.extraction.lexicon import Rule
from restrictions.extraction.limits import NO_LIMITS, Limits
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.senses import Senses
from restrictions.extraction.stances import LEARNED, Says, Stance
from restrictions.extraction.weights import CLASSES, NONE, Weights, totals

SCALE = 6.0  # the length to which the features of a sentence are brought, so that a long one weighs no more
QUIET = 25  # features that are added to their number, so that a few words alone make no opinion
_STATUSES = {at: Status(name) for at, name in enumerate(CLASSES) if name != NONE}
_MOST_KNOWN = 50_000  # words whose weights are kept in mind
_MOST_READERS = 8  # languages, and readers of tests
_SHOWN = 4  # features that an opinion names


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure an opinion must be. ``said``: to make a finding where the rules are silent; ``silent``: that nothing is
    said, for what the rules found to fall."""

    said: float
    silent: float


KNOWING = Sureness(said=0.5, silent=0.8)
AMONG_MANY = Sureness(said=0.75, silent=0.55)  # of one sentence of a long text, of which most say nothing
ASSUMING = Sureness(said=0.7, silent=0.4)  # of a text that does not say whose war it is about
UNARMED = Sureness(said=0.75, silent=0.1)  # of a text that names no arms


class Opinion(NamedTuple):
    """What a sentence most likely says of a supplier's rule, if it says something.

    ``certainty`` that it says just this, ``silence`` that it says nothing, both from 0 to 1.
    """

    supplier: str
    status: Status
    certainty: float
    silence: float
    unit: Unit
    weights: Weights
    met: set[int]  # the numbers of the features that weigh something

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The features with a place in the text that speak most for the status and against silence, as they stand."""
        best, rows, features = CLASSES.index(self.status), self.weights.rows, self.weights.features
        places = self.unit.places()
        met = [(rows[number], features[number]) for number in self.met]
        weighed = [(row[0] - row[best], feature) for row, feature in met if feature in places]
        most = sorted([weight for weight, _ in weighed])[:_SHOWN]
        heavy = [(weight, feature) for weight, feature in weighed if weight <= most[-1]]
        heavy.sort(key=lambda one: (one[0], written(one[1])))
        rule = Rule(f"{LEARNED}.{self.status}", LEARNED, "")
        shown = sorted({places[feature] for _, feature in heavy[:_SHOWN]})
        return tuple(Hit(rule, start, end, means=LEARNED) for start, end in shown)


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Reads with one language's weights; without any it is of no opinion."""

    weights: Weights | None = None

    def opinions(self, sentence: Sentence, around: Around) -> Iterator[Opinion]:
        """One opinion for each state that the sentence may be about."""
        if self.weights is not None:
            shared: set[int] | None = None
            for unit in units_of(sentence, around):
                if shared is None:
                    shared = _shared_by_all(unit, self.weights)
                yield _opinion(unit, shared, self.weights)


def may_tell(sentence: Sentence, asked: Sentence | None) -> bool:
    """Whether a sentence can say anything of a rule: it asks nothing, and is of a state, arms, the war or their use,
    or answers what is."""
    return not sentence.is_question and (asked is not None or _is_of_the_matter(sentence))


def question_before(sentence: Sentence, before: Sentence | None) -> Sentence | None:
    """The question on the matter that a sentence follows, in its title or body."""
    if before is None or before.page is not sentence.page or not before.is_question:
        return None
    return before if _is_of_the_matter(before) else None


def _is_of_the_matter(sentence: Sentence) -> bool:
    return not sentence.kinds.keys().isdisjoint(_TOPICAL) or bool(sentence.named(*_OF_THE_MATTER))


_OF_THE_MATTER = (
    signs.WEAPON,
    signs.ARMS,
    signs.ANAPHOR,
    signs.RECIPIENT,
    signs.RECIPIENT_ADJECTIVE,
    signs.ENEMY,
    signs.ENEMY_ADJECTIVE,
    signs.AREA,
)
_TOPICAL = ("use", "supply", "free", "confine", "secret", "deep", "border", "approval")


def _shared_by_all(unit: Unit, weights: Weights) -> set[int]:
    """The numbers of what a sentence shows for each state that it names."""
    met = _numbers_of(unit.shared, weights)
    return met.union(*map(_numbers_by_word(unit.pieces.senses, weights), unit.pieces.words))


def _numbers_of(features: Sequence[Feature], weights: Weights) -> set[int]:
    """The numbers of those that weigh something."""
    met = set(map(weights.numbers.get, features))
    met.discard(None)
    return cast("set[int]", met)


def _opinion(unit: Unit, shared: set[int], weights: Weights) -> Opinion:
    met = _numbers_of(unit.own, weights) | shared
    sums, count = totals(sum(map(weights.packed.__getitem__, met)))
    scale = SCALE / sqrt(count + QUIET)
    shares = _shares([scale * total + bias for total, bias in zip(sums, weights.bias, strict=True)])
    best = max(_STATUSES, key=shares.__getitem__)
    return Opinion(unit.supplier, _STATUSES[best], shares[best], shares[0], unit, weights, met)


@lru_cache(_MOST_READERS)
def _numbers_by_word(senses: Senses, weights: Weights) -> Callable[[str], tuple[int, ...]]:
    """The features of a word that weigh something, worked out when it is first met."""
    numbers = weights.numbers

    @lru_cache(_MOST_KNOWN)
    def of(word: str) -> tuple[int, ...]:
        return tuple(numbers[feature] for feature in features_of_word(word, senses) if feature in numbers)

    return of


def _shares(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    powers = [exp(total - top) for total in sums]
    whole = sum(powers)
    return [power / whole for power in powers]


def learned_stance(sentence: Sentence, opinion: Opinion) -> Stance:
    """The stance that an opinion comes to, in the terms of the rules, so that limits, voice and day follow as ever."""
    says = _says(sentence, opinion.status)
    hits = opinion.hits
    start = min((hit.start for hit in hits), default=sentence.start)
    end = max((hit.end for hit in hits), default=sentence.end)
    head = "supply" if opinion.status is Status.WITHHELD else "use"
    return Stance(says, sentence, start, end, hits, head=head)


def _says(sentence: Sentence, status: Status) -> Says:
    """What is said, by the more exact word where the rules met one: "only inside Ukraine", "pauses", "asks us"."""
    for kind, exact in _EXACT.get(status, ()):
        if sentence.of(kind):
            return exact
    return _PLAIN[status]


def learned_limits(opinion: Opinion) -> Limits:
    """That there are limits, where the opinion says so: which ones the sentence's own words tell."""
    return Limits(limited=True) if opinion.status is Status.CONDITIONAL else NO_LIMITS


_PLAIN = {
    Status.ALLOWED: Says.FREES,
    Status.CONDITIONAL: Says.PERMITS,
    Status.BANNED: Says.BANS,
    Status.WITHHELD: Says.WITHHOLDS,
    Status.UNDISCLOSED: Says.DECLINES_TO_SAY,
}
_EXACT = {
    Status.CONDITIONAL: (("approval", Says.ASKS_APPROVAL),),
    Status.BANNED: (("confine", Says.CONFINES),),
    Status.WITHHELD: (("pause", Says.PAUSES),),
}

SILENT = SecondReader()
"""A reader without weights."""
