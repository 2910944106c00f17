"""The second reader: what a sentence says of a state's rule, judged by weights that were learned from examples.

A linear model: each feature that a sentence shows adds its weights; the sums become shares of certainty. So every
opinion can name the words that moved it most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from restrictions.domain.vocabulary import Status
from restrictions.extraction import signs
from restrictions.extraction.features import Around, Features, Unit, units_of
from restrictions.extraction.lexicon import Rule
from restrictions.extraction.limits import NO_LIMITS, Limits
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.stances import LEARNED, Says, Stance
from restrictions.extraction.weights import CLASSES, Weights

SCALE = 6.0  # the length to which the features of a sentence are brought, so that a long one weighs no more
QUIET = 25  # features that are added to their number, so that a few words alone make no opinion
_LEAST = 0.3  # certainty below which nobody asks what moved an opinion
_SHOWN = 4  # features that an opinion names


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure an opinion must be. ``said``: to make a finding where the rules are silent; ``silent``: that nothing is
    said, for what the rules found to fall."""

    said: float
    silent: float


KNOWING = Sureness(said=0.5, silent=0.8)
AMONG_MANY = Sureness(said=0.65, silent=0.55)  # of one sentence of a long text, of which most say nothing
ASSUMING = Sureness(said=0.7, silent=0.4)  # of a text that does not say whose war it is about
UNARMED = Sureness(said=0.75, silent=0.1)  # of a text that names no arms


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a sentence most likely says of a supplier's rule, if it says something.

    ``certainty`` that it says just this, ``silence`` that it says nothing, both from 0 to 1; ``hits`` are what weighed
    most, in the order of the text.
    """

    supplier: str
    status: Status
    certainty: float
    silence: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Reads with one language's weights; without any it is of no opinion."""

    weights: Weights | None = None

    def opinions(self, sentence: Sentence, around: Around) -> Iterator[Opinion]:
        """One opinion for each state that the sentence may be about."""
        if self.weights is not None:
            for unit in units_of(sentence, around):
                yield _opinion(unit, self.weights)


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
    return bool(sentence.named(*_OF_THE_MATTER)) or not sentence.kinds.keys().isdisjoint(_TOPICAL)


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


def _opinion(unit: Unit, weights: Weights) -> Opinion:
    known = [feature for feature in unit.features if feature in weights.table]
    scale = SCALE / sqrt(len(known) + QUIET)
    sums = [scale * total + bias for total, bias in zip(_totals(known, weights), weights.bias, strict=True)]
    shares = _shares(sums)
    best = max(range(1, len(CLASSES)), key=shares.__getitem__)
    status = Status(CLASSES[best])
    heard = shares[best] >= _LEAST
    hits = _hits(known, unit.features, weights, best) if heard else ()
    return Opinion(unit.supplier, status, shares[best], shares[0], hits)


def _totals(known: list[str], weights: Weights) -> list[float]:
    table = weights.table
    return [sum(column) for column in zip(*[table[feature] for feature in known], strict=True)] or [0.0] * len(CLASSES)


def _shares(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    powers = [exp(total - top) for total in sums]
    return [power / sum(powers) for power in powers]


def _hits(known: list[str], features: Features, weights: Weights, best: int) -> tuple[Hit, ...]:
    """The features with a place in the text that speak most for the best status and against silence."""
    placed = [feature for feature in known if features[feature][0] < features[feature][1]]
    heavy = sorted(placed, key=lambda feature: (weights.table[feature][0] - weights.table[feature][best], feature))
    rule = Rule(f"{LEARNED}.{CLASSES[best]}", LEARNED, "")
    places = sorted({features[feature] for feature in heavy[:_SHOWN]})
    return tuple(Hit(rule, start, end, means=LEARNED) for start, end in places)


def learned_stance(sentence: Sentence, opinion: Opinion) -> Stance:
    """The stance that an opinion comes to, in the terms of the rules, so that limits, voice and day follow as ever."""
    says = _says(sentence, opinion.status)
    places = [(hit.start, hit.end) for hit in opinion.hits] or [(sentence.start, sentence.end)]
    start, end = min(start for start, _ in places), max(end for _, end in places)
    head = "supply" if opinion.status is Status.WITHHELD else "use"
    return Stance(says, sentence, start, end, opinion.hits, head=head)


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
