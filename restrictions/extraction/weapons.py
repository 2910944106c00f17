"""Which weapons a stance is about: the named ones, what a pointing noun points to, else arms in general."""

from dataclasses import dataclass, field

from restrictions.extraction import signs
from restrictions.extraction.features import SUPPLIERS
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import Mention
from restrictions.extraction.reading import Sentence

ANY = "any"
_REACH = 200
_APPOSED = 12  # signs between a class noun and its system
_WIDEST = "long_range"  # "no long-range weapons either" is a rule of its own, whatever system was named before
_PARTS = "component"
_FOR_WITHIN = 45  # signs from spare parts to the last of the weapons that they are for
_OWNED = 60  # "American arms may...": arms in general, whatever else is named


@dataclass
class WeaponMemory:
    """The weapons named so far, the last one last; what "these missiles" points back to.

    Each stands there once, so that a look back is as short in a long text as in a short one.
    """

    lexicon: Lexicon
    systems: frozenset[str] = frozenset()  # all that the dispatch names anywhere
    named: dict[str, None] = field(default_factory=dict)
    last_sentence: tuple[str, ...] = ()
    sentence_named: int = -9
    sentence_arms: int = -9

    def remember(self, sentence: Sentence) -> None:
        meant = specific(_meant(sentence, *_POINTING), self.lexicon)
        known = tuple(dict.fromkeys(code for code in map(self.resolved, meant) if code))
        if known:
            self.last_sentence, self.sentence_named = known, sentence.number
            for code in known:
                self.named.pop(code, None)
                self.named[code] = None
        if sentence.named(signs.ARMS):
            self.sentence_arms = sentence.number

    def resolved(self, mention: Mention) -> str:
        """The code that a mention means here; empty for a pointing noun with nothing to point to."""
        if mention.sign == signs.ARMS:
            return ANY
        if mention.sign == signs.WEAPON and mention.code == _WIDEST:
            return mention.code
        systems = self.lexicon.names.classes.get(mention.code, ())
        if mention.sign == signs.ANAPHOR and mention.code == "*":
            return next(reversed(self.named), ANY)
        pointed = next((code for code in reversed(self.named) if code in systems), "")
        if not pointed and mention.sign == signs.ANAPHOR:
            pointed = self._only_one(systems)
        return pointed or (mention.code if mention.sign == signs.WEAPON else "")

    def _only_one(self, systems: tuple[str, ...]) -> str:
        """The one system of a class that is named later, where the dispatch names but one."""
        later = self.systems.intersection(systems)
        return next(iter(later)) if len(later) == 1 and not self.named else ""


_POINTING = (signs.WEAPON, signs.ANAPHOR)


def _meant(sentence: Sentence, *kinds: str) -> list[Mention]:
    """Arms that a sentence is about: not those it only compares with, nor the enemy's or the recipient's own."""
    named, asides = sentence.named(*kinds), sentence.of("aside", "condition")
    if not asides:
        return named
    return [mention for mention in named if not any(hit.start <= mention.at < hit.end for hit in asides)]


def weapons_of(sentence: Sentence, start: int, end: int, memory: WeaponMemory) -> tuple[str, ...]:
    """The weapons that a stance from ``start`` to ``end`` covers; none where the sentence names no arms at all.

    Arms in general stand beside a weapon only where it is named as one of them ("Leopard tanks included").
    """
    inside = any(start <= mention.at <= end for mention in sentence.named(signs.WEAPON))
    far = any(mention.code == _WIDEST for mention in sentence.named(signs.WEAPON))
    if _owned_arms(sentence, start) and not (inside or far) and not sentence.of("among"):
        return (ANY,)
    meant = _meant(sentence, *_POINTING, signs.ARMS)
    also = [hit for hit in sentence.of("alike") if not hit.start <= start < hit.end]
    meant = [mention for mention in meant if not any(hit.start <= mention.at < hit.end for hit in also)]
    near = [mention for mention in meant if start - _REACH <= mention.at <= end + _REACH]
    near = [mention for mention in near if not _is_what_parts_are_for(mention, meant)]
    near = [mention for mention in near if not _in_later_clause(mention, end, sentence, memory.lexicon)] or near
    codes = dict.fromkeys(
        memory.resolved(mention) or _owned_class(mention, sentence, memory.lexicon)
        for mention in specific(near, memory.lexicon)
    )
    named = [code for code in codes if code]
    if sentence.of("among"):
        return tuple(dict.fromkeys((ANY, *named)))
    return tuple([code for code in named if code != ANY] or named)


def _is_what_parts_are_for(mention: Mention, meant: list[Mention]) -> bool:
    """Whether a weapon is only what spare parts named right before it belong to: "parts for fighters and drones"."""
    return any(other.code == _PARTS and 0 < mention.at - other.at <= _FOR_WITHIN for other in meant)


def _in_later_clause(mention: Mention, end: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    return mention.at > end and bool(lexicon.breaks.search(sentence.between(end, mention.at)))


def _owned_class(mention: Mention, sentence: Sentence, lexicon: Lexicon) -> str:
    """The class that a pointing noun names by itself where it has an owner: "Czech rockets"."""
    owned = any(hit.start <= mention.at < hit.end for hit in sentence.of("owner"))
    return mention.code if owned and mention.code in lexicon.classes_named else ""


def _owned_arms(sentence: Sentence, start: int) -> bool:
    """Whether a stance is about "American arms", whatever else its sentence names."""
    owned = [
        mention.at
        for hit in sentence.of("owner")
        for mention in sentence.named(signs.ARMS)
        if hit.start <= mention.at < hit.end
    ]
    return any(abs(place - start) < _OWNED for place in owned)


def specific(mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """Without the class nouns that belong to a system named beside them ("Storm Shadow cruise missiles")."""
    if len(mentions) < 2:
        return mentions
    classes = lexicon.names.classes
    return [
        mention
        for mention in mentions
        if not any(
            other.code in classes.get(mention.code, ())
            and (mention.sign == signs.ANAPHOR or abs(other.at - mention.at) <= _APPOSED)
            for other in mentions
        )
    ]


def weapons_owned(codes: tuple[str, ...], supplier: str, sentence: Sentence, lexicon: Lexicon) -> tuple[str, ...]:
    """Of several weapons those that can be this supplier's: no other state that the sentence names makes them, and no
    class stands beside a system of its own."""
    names = lexicon.names
    others = {mention.code for mention in sentence.named(*SUPPLIERS)} - {supplier}
    own = [code for code in codes if names.makers.get(code) not in others] or list(codes)
    return tuple(code for code in own if not any(other in names.classes.get(code, ()) for other in own))
