"""Any text: the coder never raises, says the same twice, and every quote is exactly the words at its place."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restrictions.domain.days import parse_day
from restrictions.extraction import CodedClaim, CodedMark, Coding, Document, code
from restrictions.extraction.text import fold

SEEDS = """Washington Kiev Ukraine Russie Russia Moscow ATACMS Scalp Storm Shadow F-16 armes weapons missiles autorise
allows n' ne pas not no longer interdit banned refuse refuses livrer supply frapper strike tirer fire until
now a dit said un responsable official Kharkiv 100 km 25 miles only uniquement . , : " « » “ ” hier mardi Friday in May
2024 l'Ukraine d'armes the and les des \u202e \u2067 \u200f \0 \x1b „ ‹ ›  \u0301 \u200b 😀 𝔘 İ ß ﬁ \ud800 \ue006"""
WORDS = [*SEEDS.split(), "\u00a0", "\n\n"]
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS)).map("".join),
)
days = st.sampled_from([None, *(parse_day(day) for day in ("2024-05", "2024-05-31", "2024-21", "2022-08~", "2024"))])


def held(coding: Coding, document: Document) -> None:
    text = {"title": document.title, "body": document.body}
    quoted: list[CodedClaim | CodedMark] = [*coding.claims, *coding.marks]
    for found in quoted:
        assert found.quote
        assert text[found.quote_in][found.quote_start : found.quote_end] == found.quote
    for claim in coding.claims:
        for span in claim.spans:
            assert 0 <= span.start < span.end <= len(text[span.where])


@settings(max_examples=200, deadline=None)
@given(title=texts, body=texts, language=st.sampled_from([None, "fr", "en", "de"]), published=days)
def test_any_text_is_coded_and_every_quote_is_at_its_place(
    title: str, body: str, language: str | None, published: object
) -> None:
    document = Document("any", title, body, language, published)  # type: ignore[arg-type]
    coding = code(document)
    held(coding, document)
    assert coding == code(document)
    keys = [(claim.supplier, claim.weapon, claim.status) for claim in coding.claims]
    assert len(keys) == len(set(keys))


OPENS = "The United States allows Ukraine to fire ATACMS at Russia. "
HOSTILE = {
    "one line of 5 MB": "x " * 2_500_000,
    "random bytes": Random(1).randbytes(300_000).decode("utf-8", "replace"),
    "deep quotes": OPENS + '« “ "' * 20_000 + OPENS + '" ” »' * 20_000,
    "quotes without end": OPENS + "„" * 100_000 + OPENS,
    "right-to-left marks": f"\u202e{OPENS}\u2067\u200f" * 300,
    "one trigger again and again": OPENS + "does not ban " * 8_000,
    "one sentence without an end": OPENS.rstrip(". ") + ", and lets Kyiv strike Russia" * 2_000,
    "marks on one letter": OPENS + "e" + "\u0301" * 100_000,
    "lone surrogates": OPENS + "\ud800\udfff" * 50_000 + OPENS,
    "NUL": f"\0{OPENS}\0" * 300,
    "line ends": OPENS + "\r\n" * 100_000 + OPENS,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_text_made_to_hurt_is_coded(body: str) -> None:
    document = Document("hostile", body[:500], body, None, parse_day("2024-05-31"))
    coding = code(document)
    held(coding, document)
    assert coding.relevant == (OPENS[:40] in body or "\u202eThe United" in body)


@given(st.text())
def test_folding_keeps_one_length_and_ways_back_into_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.cased) == len(folded.lower)
    for place in range(len(folded.lower)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
