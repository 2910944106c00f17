"""Who vouches for what a sentence says, and the day on which they said it."""

from dataclasses import dataclass, replace
from itertools import pairwise

from restrictions.domain.vocabulary import Attribution
from restrictions.extraction import signs
from restrictions.extraction.mentions import Mention
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.when import Calendar

_NEAR_SPEECH = 160
_DECIDES = 40
_EXACT = len("2024-05-30")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: how they vouch, for which state (none: not said), when they spoke.

    ``named_here``: this very sentence names a person of that state.
    """

    attribution: Attribution
    state: str | None = None
    day: str | None = None
    hits: tuple[Hit, ...] = ()
    named_here: bool = False


NARRATOR = Voice(Attribution.MEDIA)


def voices(sentences: list[Sentence], calendar: Calendar) -> dict[int, Voice]:
    """The voice of each sentence by its number; a quotation without a speaker keeps that of its neighbour,
    and so does what a paragraph goes on to tell."""
    found: dict[int, Voice] = {}
    last = before = NARRATOR
    for sentence in sentences:
        if sentence.page.where == "body" and sentence.number and sentence.start == 0:
            last = NARRATOR
        voice = _voice(sentence, last, calendar)
        if voice is NARRATOR and before is last and not sentence.opens_paragraph:
            voice = last if last is NARRATOR else replace(last, named_here=False, hits=())
        before = voice
        if voice is not NARRATOR:
            last = voice
        found[sentence.number] = voice
    return _look_ahead(sentences, found)


def _look_ahead(sentences: list[Sentence], found: dict[int, Voice]) -> dict[int, Voice]:
    """What is quoted, or told, and whose speaker comes in the next sentence of the same paragraph ("so said ...")."""
    for before, after in pairwise(sentences):
        told_after = _is_all_quoted(before) or after.of("vouches")
        if found[before.number] is NARRATOR and told_after and not after.opens_paragraph:
            found[before.number] = found[after.number]
    for before, between, after in zip(sentences, sentences[1:], sentences[2:], strict=False):
        around = found[before.number].attribution is found[after.number].attribution
        if found[between.number] is NARRATOR and around and not after.opens_paragraph:
            found[between.number] = found[before.number]
    return found


def _is_all_quoted(sentence: Sentence) -> bool:
    return any(quote.start <= sentence.start + 2 and quote.end >= sentence.end - 2 for quote in sentence.quoted)


def _voice(sentence: Sentence, last: Voice, calendar: Calendar) -> Voice:
    speech, anonymous = sentence.of("says"), sentence.of("anonymous")
    day = _day_of_speech(sentence, calendar) if speech or anonymous else None
    if anonymous and (speech or sentence.quoted):
        return _anonymous(sentence, anonymous, last, day)
    if sentence.of("same") and last is not NARRATOR and not _names_person(sentence):
        return replace(last, day=day or last.day, named_here=False)
    return _on_record(sentence, last, day) or (last if _is_all_quoted(sentence) else NARRATOR)


def _day_of_speech(sentence: Sentence, calendar: Calendar) -> str | None:
    """The last day that the sentence gives to the day: looser ones tell of other things."""
    days = calendar.days_in(sentence.text)
    return next((day.edtf for day in reversed(days) if len(day.edtf) == _EXACT), None)


def _anonymous(sentence: Sentence, hits: list[Hit], last: Voice, day: str | None) -> Voice:
    """A source without a name; "the same source" keeps the state and the day of the one before."""
    goes_on = bool(sentence.of("same")) and last.attribution is Attribution.ANONYMOUS_OFFICIAL
    inherited = last if goes_on else NARRATOR
    state = _state_near(sentence, hits[-1].start) or inherited.state
    return Voice(Attribution.ANONYMOUS_OFFICIAL, state, day or inherited.day, tuple(hits))


def _on_record(sentence: Sentence, last: Voice, day: str | None) -> Voice | None:
    """A document that nobody is quoted beside, else whoever speaks or decides under their name or office."""
    speech, document = sentence.of("says"), sentence.of("document")
    speech_at = speech[-1].start if speech else sentence.end
    offices = [hit for hit in sentence.of("named") if abs(hit.start - speech_at) < _NEAR_SPEECH]
    speaker = _speaking_state(sentence, speech_at)
    person = speaker is not None and speaker.person
    if document and not offices and not person:
        return Voice(Attribution.DOCUMENT, None, day, tuple(document))
    if (speech or _decides(sentence)) and (offices or speaker is not None):
        state = speaker.code if speaker else (offices and _state_near(sentence, offices[-1].start)) or last.state
        return Voice(Attribution.NAMED_OFFICIAL, state, day, (*offices, *speech[-1:]), person)
    return None


def _decides(sentence: Sentence) -> bool:
    """Whether a leader or an office is the one who refuses or grants: that is their word."""
    acts = sentence.of("forbid", "permit", "hold", "secret")
    offices = [hit.end for hit in sentence.of("named")]
    people = [mention.at for mention in sentence.mentions if mention.person]
    return bool(acts) and any(0 <= acts[0].start - place < _DECIDES for place in (*offices, *people))


def _names_person(sentence: Sentence) -> bool:
    return any(mention.person for mention in sentence.mentions)


_STATES = (signs.STATE, signs.PERSON, signs.RECIPIENT, signs.ENEMY, signs.ORGANISATION)
_ADJECTIVES = (signs.STATE_ADJECTIVE, signs.RECIPIENT_ADJECTIVE, signs.ENEMY_ADJECTIVE)


def _speaking_state(sentence: Sentence, speech_at: int) -> Mention | None:
    """The person, state or body named nearest to the words of speech, outside quotations; persons first."""
    outside = [
        mention
        for mention in sentence.named(*_STATES)
        if not any(hit.start <= mention.at < hit.end for hit in sentence.of("aside"))
        and not any(quote.holds(mention.at) for quote in sentence.quoted)
        and abs(mention.at - speech_at) < _NEAR_SPEECH
    ]
    people = [mention for mention in outside if mention.person]
    return min(people or outside, key=lambda mention: abs(mention.at - speech_at), default=None)


def _state_near(sentence: Sentence, place: int) -> str | None:
    near = [mention for mention in sentence.named(*_STATES, *_ADJECTIVES) if -40 <= mention.at - place <= 60]
    return min(near, key=lambda mention: abs(mention.at - place)).code if near else None
