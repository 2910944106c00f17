"""Which weapons a stance is about: the named ones, what a pointing noun points to, else arms in general."""

from dataclasses import dataclass, field

from restrictions.extraction import signs
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import Mention
from restrictions.extraction.reading import Sentence

ANY = "any"
_REACH = 200


@dataclass
class WeaponMemory:
    """The weapons named so far, the last one last; what "these missiles" points back to."""

    lexicon: Lexicon
    named: list[str] = field(default_factory=list)
    last_sentence: tuple[str, ...] = ()
    sentence_named: int = -2

    def remember(self, sentence: Sentence) -> None:
        codes = tuple(dict.fromkeys(self.resolved(mention) for mention in sentence.named(*_POINTING)))
        known = tuple(code for code in codes if code)
        if known:
            self.last_sentence, self.sentence_named = known, sentence.number
            self.named.extend(known)

    def resolved(self, mention: Mention) -> str:
        """The code that a mention means here; empty for a pointing noun with nothing to point to."""
        systems = self.lexicon.names.classes.get(mention.code, ())
        if mention.sign == signs.ARMS:
            return ANY
        if mention.sign == signs.ANAPHOR and mention.code == "*":
            return self.named[-1] if self.named else ""
        pointed = next((code for code in reversed(self.named) if code in systems), "")
        if mention.sign == signs.ANAPHOR:
            return pointed or (mention.code if mention.code != "missile" else "")
        return mention.code


_POINTING = (signs.WEAPON, signs.ANAPHOR)


def weapons_of(sentence: Sentence, start: int, end: int, memory: WeaponMemory) -> tuple[str, ...]:
    """The weapons that a stance from ``start`` to ``end`` covers; none where the sentence names no arms at all."""
    near = [
        mention
        for mention in sentence.named(signs.WEAPON, signs.ARMS, signs.ANAPHOR)
        if start - _REACH <= mention.at <= end + _REACH
    ]
    codes = list(dict.fromkeys(code for code in map(memory.resolved, near) if code))
    return tuple(_narrowest(codes, memory.lexicon))


def _narrowest(codes: list[str], lexicon: Lexicon) -> list[str]:
    """Without the class of a system that stands beside it ("Storm Shadow cruise missiles"), and without `any`."""
    classes = lexicon.names.classes
    narrow = [code for code in codes if not any(other in classes.get(code, ()) for other in codes)]
    return [code for code in narrow if code != ANY] or narrow
