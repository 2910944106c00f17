"""What a sentence asserts: the stances of its chains and of whole patterns, less what it only weighs, wants of others
or has from outsiders."""

import re

from restrictions.extraction import signs
from restrictions.extraction.chains import HEADS, WHOLE, stances_of_chains
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.stances import Says, Stance

# Signs before and after a stance within which a word makes it weighed, asked of others, a report denied, or the word
# of one who does not decide.
_GOVERNS_WITHIN = {"hypothetical": (90, 0), "urges": (140, 0), "report": (140, 80), "outsider": (120, 0)}
_INVERTED = 8  # signs between a verb and the subject that follows it: "lehnte die AfD"
_OF = 6  # signs of "of the", between an office and its state
_NO_LONGER = 24  # signs of "is not currently" before what is weighed
_TURNS_DOWN = ("forbid", "hold")  # a request that is turned down is no call of the one who does so
# "Whether" and "demanded" are also how a refusal to say and a supplier's own terms are told.
_UNMOVED = {"hypothetical": (Says.DECLINES_TO_SAY,), "urges": (Says.CONFINES, Says.ASKS_APPROVAL)}
_WHOLE_SAYS = {
    "free": Says.FREES,
    "confine": Says.CONFINES,
    "secret": Says.DECLINES_TO_SAY,
    "no": Says.WITHHOLDS,
    "approval": Says.ASKS_APPROVAL,
}


def stances_in(sentence: Sentence, breaks: re.Pattern[str], verb_last: bool = False) -> list[Stance]:
    """All stances of a sentence in order, what is asked, hypothetical or wanted of others left out.

    ``verb_last``: the language ends its clauses with the verb, so that an operator may follow the head.
    """
    if sentence.is_question:
        return []
    found = [*stances_of_chains(sentence, breaks, verb_last), *_whole_stances(sentence, breaks)]
    kept = [stance for stance in found if not _governed(stance, sentence, breaks, verb_last)]
    return sorted(kept, key=lambda stance: stance.start)


def _governed(stance: Stance, sentence: Sentence, breaks: re.Pattern[str], verb_last: bool) -> bool:
    """Whether it is only weighed, or asked of someone else (coding rules 1 and 6)."""
    for hit in sentence.of(*_GOVERNS_WITHIN):
        before, after = _GOVERNS_WITHIN[hit.means]
        near = stance.start - before <= hit.start <= stance.end + after and stance.says not in _UNMOVED.get(
            hit.means, ()
        )
        if _is_its_own(hit, stance) or _is_denied(hit, sentence):
            continue
        if hit.means == "urges" and hit.start > stance.start and stance.hits[0].means in _TURNS_DOWN:
            continue
        if hit.means == "outsider":
            near = _acts(hit, stance, verb_last)
        between = sentence.between(min(hit.end, stance.start), max(hit.start, stance.start))
        if (
            near
            and not breaks.search(between)
            and not (hit.means == "outsider" and _has_a_state(hit, stance, sentence))
        ):
            return True
    return False


def _is_its_own(hit: Hit, stance: Stance) -> bool:
    """Whether a word lies within what one pattern has read: "sees no grounds on which it could forbid"."""
    return any(own.start <= hit.start < own.end and own.means in WHOLE for own in stance.hits)


def _is_denied(hit: Hit, sentence: Sentence) -> bool:
    """Whether it is weighed or planned no longer: "has no plans to", "is not considering"."""
    return hit.means == "hypothetical" and any(
        other.start < hit.start <= other.end + 1 and hit.start - other.start <= _NO_LONGER
        for other in sentence.of("not", "cannot", "forbid")
    )


def _acts(hit: Hit, stance: Stance, verb_last: bool) -> bool:
    """Whether an outsider can be the one who permits or refuses: named before it, or right after a verb that leads."""
    first = stance.hits[0]
    if hit.start < stance.start:
        return stance.start - _GOVERNS_WITHIN["outsider"][0] <= hit.start
    if first.means in HEADS:
        return hit.start <= stance.end + _INVERTED
    return verb_last and hit.start - first.end <= _INVERTED


def _has_a_state(hit: Hit, stance: Stance, sentence: Sentence) -> bool:
    """Whether between an outsider and the stance stands a state of its own: "ignoring its deputies, Berlin refused"."""
    between = [
        mention for mention in sentence.named(signs.STATE, signs.PERSON) if hit.end + _OF < mention.at < stance.start
    ]
    return bool(between) and not any(hit.end <= says.start < between[-1].at for says in sentence.of("says"))


def _whole_stances(sentence: Sentence, breaks: re.Pattern[str]) -> list[Stance]:
    found = []
    for hit in sentence.of(*WHOLE):
        past = any(_tells_of(until, hit, sentence, breaks) for until in sentence.of("until"))
        says = _WHOLE_SAYS.get(hit.means) or (Says.WITHHOLDS if sentence.of("supply") else Says.BANS)
        found.append(Stance(says, sentence, hit.start, hit.end, (hit,), past=past))
    return found


def stands_bare(stance: Stance) -> bool:
    """Whether a refusal is only said to stand, in words that name neither arms nor their use."""
    first, sentence = stance.hits[0], stance.sentence
    if first.means != "stands" or stance.says is not Says.BANS or sentence.of("use"):
        return False
    return not any(first.start <= arms.at < first.end for arms in sentence.named(signs.WEAPON, signs.ARMS))


def _tells_of(until: Hit, hit: Hit, sentence: Sentence, breaks: re.Pattern[str]) -> bool:
    """Whether "until now" stands close before this stance, in its clause."""
    between = sentence.between(until.end, hit.start + 1)
    return -20 <= hit.start - until.end <= 90 and not breaks.search(between)
