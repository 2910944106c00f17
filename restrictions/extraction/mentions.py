"""Who and what a text names, and the masked text in which each name is one sign."""

import re
from collections import Counter
from dataclasses import dataclass

from restrictions.extraction import signs
from restrictions.extraction.lexicon import Lexicon, Term
from restrictions.extraction.text import FoldedText
from restrictions.extraction.values import value

_TURNED = {
    signs.STATE: (signs.RECIPIENT, signs.ENEMY),
    signs.PERSON: (signs.RECIPIENT, signs.ENEMY),
    signs.STATE_ADJECTIVE: (signs.RECIPIENT_ADJECTIVE, signs.ENEMY_ADJECTIVE),
}
_PLACES_REACH = 40  # signs before a name in which a word makes it a place
_AT_WAR = 2  # mentions that the naming of its enemy weighs for a recipient
_BLANK = re.compile(r"(\s+)")
_ARMS = (signs.WEAPON, signs.ARMS)
_CIVIL_TOO = "drone"  # what is banned or used without any war
_COUNTED = (signs.STATE, signs.PERSON, signs.STATE_ADJECTIVE)


@value
class Mention:
    """A name. ``start`` and ``end`` are places of the folded text; ``at`` is its sign's place once masked."""

    sign: str
    code: str
    start: int
    end: int
    person: bool = False
    at: int = -1


@dataclass(frozen=True, slots=True)
class Theatre:
    """Whose arms the dispatch is about: the recipient and the state on whose land the targets lie."""

    recipient: str
    territory: str


@dataclass(frozen=True, slots=True)
class MaskedText:
    """The text, one sign for a mention and one space for white space; ``places`` leads back to the folded text."""

    text: str
    places: tuple[int, ...]
    mentions: tuple[Mention, ...]


def find_mentions(folded: FoldedText, lexicon: Lexicon) -> list[Mention]:
    """All names of the lexicon in the text in order, the longest of those that overlap, then the first."""
    found: list[Mention] = []
    end_of_last = 0
    matches = lexicon.term_finder.find_matches_as_indexes(folded.lower, overlapping=True)
    for index, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
        if start >= end_of_last and _is_whole_word(folded.lower, start, end, lexicon.tails):
            term = _term_met(lexicon.terms[lexicon.term_list[index]], folded.cased[start])
            if term is not None:
                found.append(_mention(term, folded, start, end, lexicon))
                end_of_last = end
    return found


def _term_met(terms: tuple[Term, ...], first: str) -> Term | None:
    """The first thing that a spelling can stand for, given its first letter as written."""
    return next((term for term in terms if first.isupper() or not term.capital), None)


def _is_whole_word(text: str, start: int, end: int, tails: tuple[str, ...]) -> bool:
    """Whether a name is a word, or the first half of a compound such as "Waffenlieferung"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isalnum() and (not after.isalnum() or (bool(tails) and text.startswith(tails, end)))


def _mention(term: Term, folded: FoldedText, start: int, end: int, lexicon: Lexicon) -> Mention:
    sign = term.sign
    ahead = " " + folded.lower[max(0, start - _PLACES_REACH) : start].lstrip()
    if sign == signs.STATE and ahead.endswith(lexicon.places_after):
        sign = signs.PLACE
    return Mention(sign, term.code, start, end, person=term.sign == signs.PERSON)


def theatre_of(mentions: list[Mention], lexicon: Lexicon) -> Theatre | None:
    """The recipient whose war the text is about: the one named most often, one whose enemy is named too before others.

    A seldom recipient only where no other is named; where none is, the one whose enemy is, or that whose war has made
    a weapon's name known ("Scholz: no Taurus").
    """
    territories, seldom = lexicon.names.territories, lexicon.names.seldom
    counts = Counter(
        mention.code
        for mention in mentions
        if mention.code in territories
        and (mention.sign in _COUNTED or mention.sign == signs.PLACE)
        and not (mention.code in seldom and mention.sign == signs.STATE_ADJECTIVE)
    )
    named = Counter(mention.code for mention in mentions)
    rank = list(territories)

    def weight(code: str) -> tuple[bool, int, int]:
        at_war = any(enemy in named for enemy in territories[code])
        return code not in seldom, counts[code] + _AT_WAR * at_war, -rank.index(code)

    best = max(counts, key=weight, default=None)
    if best is None:
        best = next((code for code in lexicon.names.implied if territories[code][0] in named), None)
    told = any(mention.sign in (signs.STATE, signs.PERSON) for mention in mentions)
    if best is None and told and any(code in lexicon.names.telling for code in named):
        best = lexicon.names.implied[0]
    if best is None and any(mention.sign == signs.AREA for mention in mentions):
        best = lexicon.names.implied[0]
    return Theatre(best, max(territories[best], key=lambda enemy: named[enemy])) if best else None


def assumed_theatre(mentions: list[Mention], lexicon: Lexicon) -> Theatre | None:
    """The war that is most likely meant where a text names a state and its arms, and nobody who is given them."""
    kinds = {mention.sign for mention in mentions if mention.code != _CIVIL_TOO}
    if kinds.isdisjoint(_COUNTED) or kinds.isdisjoint(_ARMS):
        return None
    return theatre_around(lexicon.names.implied[0], lexicon)


def theatre_around(recipient: str, lexicon: Lexicon) -> Theatre:
    return Theatre(recipient, lexicon.names.territories[recipient][0])


def in_theatre(mentions: list[Mention], theatre: Theatre) -> list[Mention]:
    """The mentions with the recipient and the enemy told from the other states."""
    return [_turned(mention, theatre) for mention in mentions]


def _turned(mention: Mention, theatre: Theatre) -> Mention:
    sides = _TURNED.get(signs.STATE if mention.sign == signs.PLACE else mention.sign)
    if sides and mention.code in (theatre.recipient, theatre.territory):
        sign = sides[mention.code != theatre.recipient]
        return Mention(sign, mention.code, mention.start, mention.end, mention.person)
    return mention


def mask(folded: FoldedText, mentions: list[Mention]) -> MaskedText:
    """The text that the rules read."""
    pieces: list[str] = []
    places: list[int] = []
    placed: list[Mention] = []
    last = 0
    for mention in mentions:
        _copy(folded.lower, last, mention.start, pieces, places)
        placed.append(Mention(mention.sign, mention.code, mention.start, mention.end, mention.person, at=len(places)))
        pieces.append(mention.sign)
        places.append(mention.start)
        last = mention.end
    _copy(folded.lower, last, len(folded.lower), pieces, places)
    places.append(len(folded.lower))
    return MaskedText("".join(pieces), tuple(places), tuple(placed))


def _copy(text: str, start: int, end: int, pieces: list[str], places: list[int]) -> None:
    piece = text[start:end]
    if "\n" in piece or "  " in piece:
        for part in _BLANK.split(piece):
            blank = part[:1].isspace()
            pieces.append(" " if blank else part)
            places.extend((start,) if blank else range(start, start + len(part)))
            start += len(part)
    else:
        pieces.append(piece)
        places.extend(range(start, end))
