"""Who vouches for what a sentence says, and the day on which they said it."""

from dataclasses import replace
from itertools import pairwise

from restrictions.domain.vocabulary import Attribution
from restrictions.extraction import signs
from restrictions.extraction.lexicon import Lexicon
from restrictions.extraction.mentions import Mention
from restrictions.extraction.reading import Sentence
from restrictions.extraction.rules import Hit
from restrictions.extraction.values import value
from restrictions.extraction.when import Calendar

_NEAR_SPEECH = 160
_BESIDE = 50  # signs between "said" and an office whose state stands no farther off
_DECISIONS = ("forbid", "permit", "hold", "secret")
_DECIDES = 40
_DECIDES_LAST = 110  # the same where the verb ends the clause
_TITLE = 24  # signs between an adjective and its office: "South Korean defence ministry"
_OBJECT = 14  # signs before a name in which a word makes it a place or a target
_RIGHT_AFTER = 16  # signs between "said" and who says it
_CLAUSES = (",", ";", ":", " - ", '"')
_STOPS = ("", ",", ".", ":", "-")
_QUOTED_WITHIN = 30  # signs between a leader's name and their words
_WILLS = 4  # signs between a leader and "will": what they will do is their word
_INVERTED = 14  # signs between a verb and the subject that follows it: "lehnte gestern Kanzler"
_OF_THE_PRESS = 40  # signs between a newspaper's name and "reports"
_LATER = 60  # how much farther who stands after the words of speech counts
_EXACT = len("2024-05-30")


@value
class Voice:
    """A speaker: how they vouch, for which state (none: not said), when they spoke.

    ``named_here``: this very sentence names a person or an office of that state.
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
        if voice is NARRATOR and (sentence.of("reported") or (before is last and not sentence.opens_paragraph)):
            voice = last if last is NARRATOR else replace(last, named_here=False, hits=())
        before = voice
        if voice is not NARRATOR:
            last = voice
        found[sentence.number] = voice
    return _with_days(sentences, _look_ahead(sentences, found))


def _with_days(sentences: list[Sentence], found: dict[int, Voice]) -> dict[int, Voice]:
    """Each voice with the day of the statement, which a paragraph gives once: what comes before it counts first."""
    for paragraph in _paragraphs(sentences):
        heard = [found[sentence.number] for sentence in paragraph]
        told = [
            voice if sentence.of("says", "anonymous") else NARRATOR
            for voice, sentence in zip(heard, paragraph, strict=True)
        ]
        before, after = _days_before(heard, told), _days_before(heard[::-1], told[::-1])[::-1]
        for at, sentence in enumerate(paragraph):
            if heard[at].day is None and heard[at].attribution is not Attribution.MEDIA:
                found[sentence.number] = replace(heard[at], day=before[at] or after[at])
    return found


def _days_before(heard: list[Voice], told: list[Voice]) -> list[str | None]:
    """For each voice the day that was told last before it, of its own state or of none. Linear."""
    last: dict[str | None, tuple[int, str]] = {}
    days: list[str | None] = []
    for at, (voice, here) in enumerate(zip(heard, told, strict=True)):
        known = [last[state] for state in {None, voice.state} if state in last]
        days.append(max(known)[1] if known else None)
        if here.day:
            last[here.state] = (at, here.day)
    return days


def _paragraphs(sentences: list[Sentence]) -> list[list[Sentence]]:
    found: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.opens_paragraph or not found:
            found.append([])
        found[-1].append(sentence)
    return found


def _look_ahead(sentences: list[Sentence], found: dict[int, Voice]) -> dict[int, Voice]:
    """What is quoted, or told, and whose speaker comes in the next sentence of the same paragraph ("so said ...")."""
    for before, after in pairwise(sentences):
        told_after = _is_all_quoted(before) or after.of("vouches") or before.of("reported")
        unheard = found[before.number] is NARRATOR or (after.of("vouches") and not before.of("says", "anonymous"))
        if unheard and told_after and not after.opens_paragraph and found[after.number] is not NARRATOR:
            found[before.number] = found[after.number]
    for before, between, after in zip(sentences, sentences[1:], sentences[2:], strict=False):
        around = found[before.number].attribution is found[after.number].attribution
        if found[between.number] is NARRATOR and around and not after.opens_paragraph:
            found[between.number] = found[before.number]
    for at, sentence in enumerate(sentences):
        voice = found[sentence.number]
        if voice.day is None and voice is not NARRATOR:
            later = [found[after.number] for after in sentences[at + 1 : at + 3]]
            if day := _day_told_later(voice, later):
                found[sentence.number] = replace(voice, day=day)
    return found


def _day_told_later(voice: Voice, later: list[Voice]) -> str | None:
    """The day on which the same speaker goes on: ""They guard our ports," he said on Thursday"."""
    return next((after.day for after in later if after.day and _may_be_one(voice, after)), None)


def _may_be_one(voice: Voice, other: Voice) -> bool:
    return voice.attribution is other.attribution and (other.state is None or voice.state in (None, other.state))


def _is_all_quoted(sentence: Sentence) -> bool:
    return any(quote.start <= sentence.start + 2 and quote.end >= sentence.end - 2 for quote in sentence.quoted)


def _voice(sentence: Sentence, last: Voice, calendar: Calendar) -> Voice:
    speech, anonymous = sentence.of("says"), sentence.of("anonymous")
    day = _day_of_speech(sentence, last, calendar) if speech or anonymous else None
    if anonymous and (speech or sentence.quoted):
        return _anonymous(sentence, anonymous, last, day)
    if sentence.of("same") and last is not NARRATOR and not _names_person(sentence):
        return replace(last, day=day or last.day, named_here=False)
    press = _of_the_press(sentence, day)
    return (
        press or _on_record(sentence, last, day, calendar.lexicon) or (last if _is_all_quoted(sentence) else NARRATOR)
    )


def _of_the_press(sentence: Sentence, day: str | None) -> Voice | None:
    """A newspaper that reports on its own word (coding rule 7): nobody on record stands nearer to "reports"."""
    papers, speech = sentence.of("press"), sentence.of("says")
    if not papers:
        return None
    people = [mention.at for mention in sentence.mentions if mention.person]
    named = [*people, *(hit.start for hit in sentence.of("named"))]
    for said in speech:
        near = [hit for hit in papers if abs(hit.start - said.start) < _OF_THE_PRESS]
        if near and not any(abs(at - said.start) < abs(near[0].start - said.start) for at in named):
            return Voice(Attribution.MEDIA, None, day, (near[0], said))
    return None


def _day_of_speech(sentence: Sentence, last: Voice, calendar: Calendar) -> str | None:
    """The last day that the sentence gives to the day (looser ones tell of other things), or "the same day"."""
    if sentence.of("same_day") and last.day:
        return last.day
    days = calendar.days_in(sentence.text)
    return next((day.edtf for day in reversed(days) if len(day.edtf) == _EXACT), None)


def _anonymous(sentence: Sentence, hits: list[Hit], last: Voice, day: str | None) -> Voice:
    """A source without a name; "the same source" keeps the state and the day of the one before."""
    goes_on = bool(sentence.of("same")) and last.attribution is Attribution.ANONYMOUS_OFFICIAL
    inherited = last if goes_on else NARRATOR
    state = _state_near(sentence, hits[-1].start) or inherited.state
    here = any(mention.code == state for mention in offices_in(sentence))
    return Voice(Attribution.ANONYMOUS_OFFICIAL, state, day or inherited.day, tuple(hits), here)


def _on_record(sentence: Sentence, last: Voice, day: str | None, lexicon: Lexicon) -> Voice | None:
    """A document that nobody is quoted beside, else whoever speaks or decides under their name or office."""
    speech, document = sentence.of("says"), sentence.of("document")
    speech_at = _word_of(sentence, speech)
    offices = [hit for hit in sentence.of("named") if abs(hit.start - speech_at) < _NEAR_SPEECH]
    speaker = _speaking_state(sentence, speech_at, offices, lexicon)
    person = speaker is not None and speaker.person
    if document and not offices and not person:
        return Voice(Attribution.DOCUMENT, None, day, tuple(document))
    reported = sentence.of("reported") and (person or offices)
    told = speech or reported or _is_quoted(sentence) or _decides(sentence, lexicon.verb_last)
    if told and (offices or speaker is not None):
        state = speaker.code if speaker else last.state
        here = person or (speaker is not None and _holds_office(sentence, speaker, offices))
        return Voice(Attribution.NAMED_OFFICIAL, state, day, (*offices, *speech[-1:]), here)
    return None


def _holds_office(sentence: Sentence, speaker: Mention, offices: list[Hit]) -> bool:
    """Whether a state stands beside an office: "Ukraine's ambassador", "the ministry in Oslo"."""
    return any(
        _is_beside(sentence, speaker.at + 1, hit.start) or _is_beside(sentence, hit.end, speaker.at) for hit in offices
    )


def _is_beside(sentence: Sentence, first: int, second: int) -> bool:
    between = sentence.between(first, second)
    return 0 <= second - first <= _OBJECT and not any(mark in between for mark in _CLAUSES)


def _word_of(sentence: Sentence, speech: list[Hit]) -> int:
    """Where it is said, or else decided."""
    acts = speech[-1:] or sentence.of(*_DECISIONS)
    return acts[0].start if acts else sentence.end


def _is_quoted(sentence: Sentence) -> bool:
    """Whether a leader's own words follow right after their name: "Fiala sees "not the least reason"."""
    people = [mention.at for mention in sentence.mentions if mention.person]
    return any(0 < quote.start - at < _QUOTED_WITHIN for quote in sentence.quoted for at in people)


def _decides(sentence: Sentence, verb_last: bool) -> bool:
    """Whether a leader or an office is the one who refuses or grants: that is their word."""
    acts = sentence.of(*_DECISIONS)
    offices = [(hit.start, hit.end) for hit in sentence.of("named")]
    people = [(mention.at, mention.at + 1) for mention in sentence.mentions if mention.person]
    refusing = [hit.start for hit in sentence.of("will", "cannot")] if sentence.of("supply") else []
    if any(0 < start - end < _WILLS for start in refusing for _, end in people):
        return True
    return bool(acts) and any(
        0 <= acts[0].start - end < (_DECIDES_LAST if verb_last else _DECIDES)
        or (verb_last and acts[0].start <= start <= acts[0].end + _INVERTED)
        for start, end in (*offices, *people)
    )


def _names_person(sentence: Sentence) -> bool:
    return any(mention.person for mention in sentence.mentions)


_STATES = (signs.STATE, signs.PERSON, signs.RECIPIENT, signs.ENEMY, signs.ORGANISATION)
_ADJECTIVES = (signs.STATE_ADJECTIVE, signs.RECIPIENT_ADJECTIVE, signs.ENEMY_ADJECTIVE)


def offices_in(sentence: Sentence) -> list[Mention]:
    """The adjectives of offices and officials: "the French president", "South Korean defence ministry"."""
    titles = sentence.of("named", "anonymous")
    if not titles:
        return []
    return [
        mention
        for mention in sentence.named(*_ADJECTIVES)
        if any(_are_one_name(sentence, mention, hit) for hit in titles)
    ]


def _are_one_name(sentence: Sentence, adjective: Mention, title: Hit) -> bool:
    if title.start <= adjective.at:
        return adjective.at - title.end < 2
    between = sentence.between(adjective.at + 1, title.start)
    return len(between) <= _TITLE and (between == " " or between.replace(" ", "").replace("-", "").isalpha())


def is_target(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a word right before a name makes it a place or a target: "inside Russia", "against the Russians"."""
    first = max(sentence.start, mention.at - _OBJECT)
    ahead = sentence.between(first, mention.at)
    padded = f" {ahead}" if first == sentence.start else ahead
    return any(f" {word}" in padded for word in lexicon.objects_after)


def _speaking_state(sentence: Sentence, speech_at: int, offices: list[Hit], lexicon: Lexicon) -> Mention | None:
    """Who speaks: the person, state or office outside quotations that stands before the words of speech, no place
    or target; else right after them ("said Paris"). Persons first; an office without a state hides what is far off."""
    within = _BESIDE if any(abs(hit.start - speech_at) < _BESIDE for hit in offices) else _NEAR_SPEECH
    outside = [
        mention
        for mention in [*sentence.named(*_STATES), *offices_in(sentence)]
        if not any(hit.start <= mention.at < hit.end for hit in sentence.of("aside"))
        and not any(quote.holds(mention.at) for quote in sentence.quoted)
        and abs(mention.at - speech_at) < (_NEAR_SPEECH if mention.person else within)
        and _may_speak(sentence, mention, speech_at, offices)
    ]
    if not sentence.of("says"):  # who decides stands before the decision
        outside = [mention for mention in outside if mention.at < speech_at]
    people = [mention for mention in outside if mention.person]

    def distance(mention: Mention) -> tuple[bool, int]:
        after = mention.at - speech_at
        ends = sentence.between(mention.at + 1, min(mention.at + 2, sentence.end)) in _STOPS
        far = 0 if after < 0 or (ends and after < _RIGHT_AFTER) else _LATER
        return is_target(sentence, mention, lexicon), abs(after) + far

    in_office = [mention for mention in outside if _holds_office(sentence, mention, offices)]
    return min(people or in_office or outside, key=distance, default=None)


def _may_speak(sentence: Sentence, mention: Mention, speech_at: int, offices: list[Hit]) -> bool:
    """Whether a name can be the speaker's: the sides of the war are mostly what is spoken of."""
    if mention.person:
        return True
    if mention.at > speech_at and "," in sentence.between(speech_at, mention.at):
        return False
    if any(mention.at < hit.start < speech_at and "," in sentence.between(mention.at, hit.start) for hit in offices):
        return False
    if mention.sign not in (signs.RECIPIENT, signs.ENEMY):
        return True
    beside = _is_beside(sentence, mention.at + 1, speech_at)
    if (
        mention.at - max((hit.end for hit in offices), default=0) >= 0
        and sentence.between(mention.at + 1, speech_at).strip()
    ):
        return False
    return beside or _holds_office(sentence, mention, offices)


def _state_near(sentence: Sentence, place: int) -> str | None:
    near = [mention for mention in sentence.named(*_STATES, *_ADJECTIVES) if -40 <= mention.at - place <= 60]
    return min(near, key=lambda mention: abs(mention.at - place)).code if near else None
