"""Who vouches for what a sentence says, and the day on which they said it."""

from dataclasses import dataclass, replace

from restrictions.domain.days import Day
from restrictions.domain.vocabulary import Attribution
from restrictions.extraction import signs
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import Mention
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.when import days_in

_NEAR_SPEECH = 160
_EXACT = len("2024-05-30")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: how they vouch, for which state (none: not said), when they spoke, and whether this sentence names the state."""

    attribution: Attribution
    state: str | None = None
    day: str | None = None
    hits: tuple[Hit, ...] = ()
    named_here: bool = False


NARRATOR = Voice(Attribution.MEDIA)


def voices(sentences: list[Sentence], published: Day | None, lexicon: Lexicon) -> dict[int, Voice]:
    """The voice of each sentence by its number; a quotation without a speaker keeps that of its neighbour."""
    found: dict[int, Voice] = {}
    last = NARRATOR
    for sentence in sentences:
        if sentence.page.where == "body" and sentence.number and sentence.start == 0:
            last = NARRATOR
        voice = _voice(sentence, last, published, lexicon)
        if voice is not NARRATOR:
            last = voice
        found[sentence.number] = voice
    return _look_ahead(sentences, found)


def _look_ahead(sentences: list[Sentence], found: dict[int, Voice]) -> dict[int, Voice]:
    """A quotation whose speaker comes in the next sentence of the same paragraph."""
    for before, after in zip(sentences, sentences[1:], strict=False):
        if found[before.number] is NARRATOR and _is_all_quoted(before) and not after.opens_paragraph:
            found[before.number] = found[after.number]
    for before, between, after in zip(sentences, sentences[1:], sentences[2:], strict=False):
        around = found[before.number].attribution is found[after.number].attribution
        if found[between.number] is NARRATOR and around and not (between.opens_paragraph or after.opens_paragraph):
            found[between.number] = found[before.number]
    return found


def _is_all_quoted(sentence: Sentence) -> bool:
    return any(quote.start <= sentence.start + 2 and quote.end >= sentence.end - 2 for quote in sentence.quoted)


def _voice(sentence: Sentence, last: Voice, published: Day | None, lexicon: Lexicon) -> Voice:
    speech, anonymous = sentence.of("says"), sentence.of("anonymous")
    days = days_in(sentence.text, published, lexicon) if speech or anonymous else []
    day = next((day.edtf for day in reversed(days) if len(day.edtf) == _EXACT), None)
    speech_at = speech[-1].start if speech else sentence.end
    named = [hit for hit in sentence.of("named") if abs(hit.start - speech_at) < _NEAR_SPEECH]
    speaker = _speaking_state(sentence, speech_at)
    if anonymous and (speech or sentence.quoted):
        same = sentence.of("same")
        inherited = last if same and last.attribution is Attribution.ANONYMOUS_OFFICIAL else NARRATOR
        state = _state_near(sentence, anonymous[-1].start) or inherited.state
        return Voice(Attribution.ANONYMOUS_OFFICIAL, state, day or inherited.day, tuple(anonymous))
    if sentence.of("same") and last is not NARRATOR and not _person(sentence):
        return replace(last, day=day or last.day, named_here=False)
    if speech and (named or speaker is not None):
        state = speaker.code if speaker else last.state
        return Voice(Attribution.NAMED_OFFICIAL, state, day, (*named, *speech[-1:]), speaker is not None and speaker.person)
    if sentence.of("document"):
        return Voice(Attribution.DOCUMENT, None, day, tuple(sentence.of("document")))
    if _is_all_quoted(sentence):
        return last
    return NARRATOR


def _person(sentence: Sentence) -> bool:
    return any(mention.person for mention in sentence.mentions)


_STATES = (signs.STATE, signs.PERSON, signs.RECIPIENT, signs.ENEMY, signs.ORGANISATION)
_ADJECTIVES = (signs.STATE_ADJECTIVE, signs.RECIPIENT_ADJECTIVE, signs.ENEMY_ADJECTIVE)


def _speaking_state(sentence: Sentence, speech_at: int) -> Mention | None:
    """The person, state or body named nearest to the words of speech, outside quotations; persons first."""
    outside = [
        mention
        for mention in sentence.named(*_STATES)
        if not any(quote.holds(mention.at) for quote in sentence.quoted) and abs(mention.at - speech_at) < _NEAR_SPEECH
    ]
    people = [mention for mention in outside if mention.person]
    return min(people or outside, key=lambda mention: abs(mention.at - speech_at), default=None)


def _state_near(sentence: Sentence, place: int) -> str | None:
    near = [
        mention for mention in sentence.named(*_STATES, *_ADJECTIVES) if -40 <= mention.at - place <= 60
    ]
    return min(near, key=lambda mention: abs(mention.at - place)).code if near else None
