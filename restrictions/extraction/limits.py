"""The limits that a sentence states: conditions, areas, depth."""

from restrictions.domain.vocabulary import AreaRole, Condition
from restrictions.extraction import signs
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import Mention
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.values import value

_MILE = 1.609344
_OCCASION_REACH = 60


@value
class Limits:
    """What confines a permission or a refusal, and the rules that said so.

    ``limited``: the text says that there are limits; ``only``: it presents what it lists as the limit.
    """

    conditions: frozenset[Condition] = frozenset()
    areas: tuple[str, ...] = ()
    depth_km: int | None = None
    limited: bool = False
    only: bool = False
    hits: tuple[Hit, ...] = ()

    def __or__(self, other: "Limits") -> "Limits":
        if self is NO_LIMITS or other is NO_LIMITS:
            return other if self is NO_LIMITS else self
        return Limits(
            self.conditions | other.conditions,
            tuple(dict.fromkeys((*self.areas, *other.areas))),
            self.depth_km if self.depth_km is not None else other.depth_km,
            self.limited or other.limited,
            self.only or other.only,
            (*self.hits, *other.hits),
        )

    def without_hits(self) -> "Limits":
        return self if not self.hits else Limits(self.conditions, self.areas, self.depth_km, self.limited, self.only)


NO_LIMITS = Limits()
"""What most sentences state: it unites with others at no cost."""

LAW_OF_WAR = frozenset({Condition.SELF_DEFENCE, Condition.MILITARY_TARGETS})
"""Conditions that repeat the law of armed conflict: limits only where the text says "only"."""


def limits_in(sentence: Sentence, lexicon: Lexicon) -> Limits:
    """The limits that a sentence states."""
    stated, said, depths = sentence.of("condition"), sentence.of("limited", "only"), sentence.of("depth")[:1]
    areas = _of_one_side(tuple(dict.fromkeys(area.code for area in _areas(sentence))), sentence, lexicon)
    if not (stated or said or depths or areas):
        return NO_LIMITS
    conditions = {Condition(hit.rule.value) for hit in stated} | ({Condition.DEPTH_LIMIT} if depths else set())
    depth = _depth(depths[0], lexicon) if depths else None
    limited, only = bool(sentence.of("limited")), bool(sentence.of("only"))
    return Limits(frozenset(conditions), areas, depth, limited, only, (*stated, *depths, *said))


def _depth(hit: Hit, lexicon: Lexicon) -> int:
    """Kilometres."""
    number = int(hit.km) if hit.km.isdigit() else lexicon.numbers[hit.km]
    return round(number * _MILE) if hit.rule.value == "miles" else number


def _areas(sentence: Sentence) -> list[Mention]:
    """Regions named as a limit: not as an occasion or a place where something was seen."""
    named = sentence.named(signs.AREA)
    if not named:
        return []
    occasions, left_out = sentence.of("occasion", "widened"), sentence.of("except")
    return [
        area
        for area in named
        if not any(hit.start <= area.at <= hit.end + _OCCASION_REACH for hit in occasions)
        and not any(hit.start <= area.at < hit.end for hit in left_out)
    ]


def excepted_areas(sentence: Sentence, hit: Hit, lexicon: Lexicon) -> tuple[str, ...]:
    """The regions that "but not" takes out; the enemy's capital is its region."""
    codes: list[str] = []
    for mention in sentence.named(signs.AREA, signs.ENEMY):
        if hit.start <= mention.at < hit.end:
            name = sentence.page.folded.lower[mention.start : mention.end]
            capitals = (code for begin, code in lexicon.names.capitals.items() if name.startswith(begin))
            codes += [mention.code] if mention.sign == signs.AREA else capitals
    return tuple(codes)


def _of_one_side(areas: tuple[str, ...], sentence: Sentence, lexicon: Lexicon) -> tuple[str, ...]:
    """The regions defended, or those fired at, where a sentence names both."""
    defended = tuple(area for area in areas if area[:2] in lexicon.names.territories)
    targets = tuple(area for area in areas if area not in defended)
    if not defended or not targets:
        return areas
    return defended if sentence.of("defends") else targets


def role_of(areas: tuple[str, ...], recipient: str) -> AreaRole | None:
    """Regions of the recipient are defended, those of the enemy fired at."""
    if not areas:
        return None
    return AreaRole.DEFENDED if areas[0].startswith(recipient + "-") else AreaRole.TARGET
