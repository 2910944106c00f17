"""The coder: one dispatch in, its coding out. Pure, deterministic, offline; each step is a file of its own."""

from dataclasses import dataclass

from restrictions.extraction import gate, signs
from restrictions.extraction.actors import announced_by
from restrictions.extraction.assemble import Setting, assemble, standing_days
from restrictions.extraction.document import CodedClaim, Coding, Document
from restrictions.extraction.findings import SHORT_TEXT, Finder
from restrictions.extraction.language import language_of
from restrictions.extraction.lexicon import LANGUAGES, Lexicon, lexicon_of, small_words
from restrictions.extraction.marks import find_marks
from restrictions.extraction.mentions import (
    Mention,
    Theatre,
    assumed_theatre,
    find_mentions,
    in_theatre,
    mask,
    theatre_around,
    theatre_of,
)
from restrictions.extraction.reading import Sentence, read_page
from restrictions.extraction.second import AMONG_MANY, ASSUMING, KNOWING, UNARMED, SecondReader, Sureness
from restrictions.extraction.sentences import dateline_end
from restrictions.extraction.text import FoldedText, fold
from restrictions.extraction.voices import voices
from restrictions.extraction.weapons import WeaponMemory
from restrictions.extraction.weights import weights_of
from restrictions.extraction.when import Calendar


@dataclass(frozen=True, slots=True)
class _Given:
    """What is settled before the findings: language, war, second reader, and how sure that reader must be."""

    lexicon: Lexicon
    theatre: Theatre
    second: SecondReader
    sure: Sureness


def code(document: Document, second: SecondReader | None = None, recipient: str | None = None) -> Coding:
    """The claims and marks of a dispatch, each with its quote and the rules that fired; or why it is irrelevant.

    ``second``: another second reader than the language's own; ``SILENT`` leaves the rules alone. ``recipient``: who is
    given the arms where the text does not say, known from elsewhere.
    """
    title, body = fold(document.title), fold(document.body)
    language = language_of(f"{title.lower}\n{body.lower}", document.language, small_words())
    if language not in LANGUAGES:
        return Coding(language=language, reason=gate.LANGUAGE)
    lexicon = lexicon_of(language)
    headings = find_mentions(title, lexicon)
    named = [headings, _without_place_of_writing(find_mentions(body, lexicon), body, headings)]
    mentions = [*named[0], *named[1]]
    theatre, sure = _theatre(mentions, lexicon, recipient)
    reason = "" if recipient else gate.may_concern_arms(mentions, theatre)
    if reason or theatre is None:
        return Coding(language=language, reason=reason)
    headline = read_page("title", title, mask(title, in_theatre(named[0], theatre)), lexicon, 0)
    text = read_page("body", body, mask(body, in_theatre(named[1], theatre)), lexicon, len(headline))
    topical = sure is KNOWING and gate.concerns_transfer([*headline, *text])
    long = len(headline) + len(text) > SHORT_TEXT
    if not (topical or recipient or (sure is KNOWING and gate.names_arms(mentions))):
        if long or not gate.may_hold_a_rule([*headline, *text]):
            return Coding(language=language, reason=gate.NO_TRANSFER if sure is KNOWING else gate.NO_RECIPIENT)
        sure = UNARMED if sure is KNOWING else ASSUMING
    elif long:
        sure = AMONG_MANY
    reader = second or SecondReader(weights_of(language))
    claims = _claims(document, headline, text, _Given(lexicon, theatre, reader, sure))
    if not topical and not claims:
        return Coding(language=language, reason=gate.NO_TRANSFER)
    return Coding(
        claims,
        find_marks([*headline, *text], theatre),
        relevant=True,
        language=language,
    )


def _theatre(mentions: list[Mention], lexicon: Lexicon, recipient: str | None) -> tuple[Theatre | None, Sureness]:
    """Whose war a text is about, and how sure the second reader must be: more where nobody says whose it is, which only
    a text of a few sentences may leave open."""
    theatre = theatre_of(mentions, lexicon)
    if theatre is not None or recipient is None:
        return theatre or assumed_theatre(mentions, lexicon), KNOWING if theatre else ASSUMING
    return theatre_around(recipient, lexicon), KNOWING


def _systems(sentences: list[Sentence], lexicon: Lexicon) -> frozenset[str]:
    named = {mention.code for sentence in sentences for mention in sentence.named(signs.WEAPON)}
    return frozenset(named - lexicon.names.classes.keys())


def _without_place_of_writing(named: list[Mention], body: FoldedText, headings: list[Mention]) -> list[Mention]:
    """The mentions of a body less where it was written: "KHARKIV - " is no limit, and "SINGAPORE - " no supplier
    where the text goes on about other states."""
    opening = dateline_end(body.cased)
    if opening == 0:
        return named
    told = {mention.code for mention in (*headings, *[later for later in named if later.end > opening])}
    return [
        mention for mention in named if mention.end > opening or (mention.sign != signs.AREA and mention.code in told)
    ]


def _claims(
    document: Document, headline: list[Sentence], text: list[Sentence], given: _Given
) -> tuple[CodedClaim, ...]:
    sentences = [*headline, *text]
    calendar = Calendar(document.published, given.lexicon)
    heard = voices(sentences, calendar)
    memory = WeaponMemory(given.lexicon, _systems(sentences, given.lexicon))
    finder = Finder(given.lexicon, given.theatre, heard, memory, given.second, given.sure)
    findings = finder.read(sentences)
    day = next((heard[sentence.number].day for sentence in text if heard[sentence.number].day), None)
    return assemble(
        findings, Setting(given.theatre, calendar, day, announced_by(sentences), standing_days(sentences, calendar))
    )
