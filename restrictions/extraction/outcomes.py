"""What a stance comes to in the codebook's words: a status, and an act where a word tells news from what stands."""

from restrictions.domain.vocabulary import Act, Condition, Status
from restrictions.extraction.limits import LAW_OF_WAR, Limits
from restrictions.extraction.reading import Sentence
from restrictions.extraction.stances import Says, Stance


def status_of(stance: Stance, limits: Limits) -> Status:
    """The status that a stance comes to; `supplied` makes no claim and only tells what ended."""
    match stance.says:
        case Says.BANS | Says.CONFINES | Says.EXCEPTS:
            return Status.BANNED
        case Says.WITHHOLDS | Says.PAUSES:
            return Status.WITHHELD
        case Says.DECLINES_TO_SAY:
            return Status.UNDISCLOSED
        case Says.FREES:
            return Status.ALLOWED
        case Says.ASKS_APPROVAL:
            return Status.CONDITIONAL
        case Says.SUPPLIES:
            return Status.SUPPLIED
    return _permitted(limits)


_NOT_LIMITING = frozenset({Condition.ASSURANCES, Condition.PARTIAL, Condition.TEMPORARY})


def _permitted(limits: Limits) -> Status:
    """A permission with limits is conditional; the law of war alone limits only where the text says "only"."""
    beyond_law = limits.conditions - LAW_OF_WAR - _NOT_LIMITING
    if beyond_law or limits.areas or limits.limited or (limits.only and limits.conditions & LAW_OF_WAR):
        return Status.CONDITIONAL
    return Status.ALLOWED


def act_of(stance: Stance, denied: bool) -> Act | None:
    sentence = stance.sentence
    if sentence.of("denies") or (denied and not sentence.of("sets")):
        return Act.DENIES
    if stance.says is Says.DECLINES_TO_SAY or _reaffirms(sentence):
        return Act.REAFFIRMS
    if _is_news(sentence) or stance.ended or sentence.of("until"):
        return Act.SETS
    if stance.says is Says.PAUSES:
        return Act.SETS
    return Act.REAFFIRMS if sentence.of("confirms") else None


def _is_news(sentence: Sentence) -> bool:
    """Whether a word tells of news, one that says what is left out apart ("does not extend to")."""
    left_out = sentence.of("unlike")
    return any(not any(other.start <= hit.start < other.end for other in left_out) for hit in sentence.of("sets"))


def _reaffirms(sentence: Sentence) -> bool:
    """Whether it is upheld, words such as "had always" apart, which tell of the past."""
    past = sentence.of("until")
    return any(
        not any(hit.start < until.end and until.start < hit.end for until in past) for hit in sentence.of("reaffirms")
    )
