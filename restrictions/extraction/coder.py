"""The coder: one dispatch in, its coding out. Pure, deterministic, offline; each step is a file of its own."""

from restrictions.extraction import gate, signs
from restrictions.extraction.actors import announced_by
from restrictions.extraction.assemble import Setting, assemble, standing_days
from restrictions.extraction.document import CodedClaim, Coding, Document
from restrictions.extraction.findings import Finder
from restrictions.extraction.language import language_of
from restrictions.extraction.lexicon import Lexicon, lexicons
from restrictions.extraction.marks import find_marks
from restrictions.extraction.mentions import Mention, Theatre, find_mentions, in_theatre, mask, theatre_of
from restrictions.extraction.reading import Sentence, read_page
from restrictions.extraction.sentences import dateline_end
from restrictions.extraction.text import FoldedText, fold
from restrictions.extraction.voices import voices
from restrictions.extraction.weapons import WeaponMemory
from restrictions.extraction.when import Calendar


def code(document: Document) -> Coding:
    """The claims and marks of a dispatch, each with its quote and the rules that fired; or why it is irrelevant."""
    title, body = fold(document.title), fold(document.body)
    known = lexicons()
    language = language_of(f"{title.lower}\n{body.lower}", document.language, known)
    if language is None or language not in known:
        return Coding(language=language, reason=gate.LANGUAGE)
    lexicon = known[language]
    headings = find_mentions(title, lexicon)
    named = [headings, _without_place_of_writing(find_mentions(body, lexicon), body, headings)]
    theatre = theatre_of([*named[0], *named[1]], lexicon)
    reason = gate.may_concern_arms([*named[0], *named[1]], theatre)
    if reason or theatre is None:
        return Coding(language=language, reason=reason)
    headline = read_page("title", title, mask(title, in_theatre(named[0], theatre)), lexicon, 0)
    text = read_page("body", body, mask(body, in_theatre(named[1], theatre)), lexicon, len(headline))
    topical = gate.concerns_transfer([*headline, *text])
    if not topical and not gate.names_arms([*named[0], *named[1]]):
        return Coding(language=language, reason=gate.NO_TRANSFER)
    claims = _claims(document, headline, text, theatre, lexicon)
    if not topical and not claims:
        return Coding(language=language, reason=gate.NO_TRANSFER)
    return Coding(
        claims,
        find_marks([*headline, *text], theatre),
        relevant=True,
        language=language,
    )


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
    document: Document, headline: list[Sentence], text: list[Sentence], theatre: Theatre, lexicon: Lexicon
) -> tuple[CodedClaim, ...]:
    sentences = [*headline, *text]
    calendar = Calendar(document.published, lexicon)
    heard = voices(sentences, calendar)
    findings = Finder(lexicon, theatre, heard, WeaponMemory(lexicon, _systems(sentences, lexicon))).read(sentences)
    day = next((heard[sentence.number].day for sentence in text if heard[sentence.number].day), None)
    return assemble(
        findings, Setting(theatre, calendar, day, announced_by(sentences), standing_days(sentences, calendar))
    )
