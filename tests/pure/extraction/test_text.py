"""Typographic variants, and the way back to the original code points."""

import unicodedata

import pytest

from restrictions.domain.days import parse_day
from restrictions.extraction import Document, code
from restrictions.extraction.sentences import quotations, sentences
from restrictions.extraction.text import fold

PLAIN = "Berlin refuse de livrer à l'Ukraine des missiles Taurus, a répété le chancelier."
VARIANTS = {
    "plain": PLAIN,
    "decomposed": unicodedata.normalize("NFD", PLAIN),
    "typographic apostrophe": PLAIN.replace("'", "’"),
    "no-break spaces": PLAIN.replace(" ", "\u00a0"),
    "narrow no-break spaces": PLAIN.replace(" ", "\u202f"),
    "astral characters before": "🛰️ 𝔘𝔫. " + PLAIN,
    "soft hyphens": PLAIN.replace("livrer", "li\u00advrer").replace("missiles", "mis\u00adsiles"),
    "byte order mark": "\ufeff" + PLAIN,
    "line broken": PLAIN.replace(" des ", "\ndes "),
    "two spaces": PLAIN.replace(" ", "  "),
}


@pytest.mark.parametrize("body", VARIANTS.values(), ids=VARIANTS)
def test_a_variant_is_read_alike_and_quoted_as_it_stands(body: str) -> None:
    coding = code(Document("a", "", body, "fr", parse_day("2024-02-01")))
    (claim,) = (claim for claim in coding.claims)
    assert (claim.supplier, claim.weapon, claim.status.value) == ("DE", "taurus", "withheld")
    assert body[claim.quote_start : claim.quote_end] == claim.quote
    for span in claim.spans:
        assert fold(body[span.start : span.end]).lower.strip()


def test_a_mark_of_a_letter_belongs_to_its_span() -> None:
    body = unicodedata.normalize("NFD", "été")
    assert fold(body).lower == "ete"
    assert fold(body).span(2, 3) == (3, 5)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("a dit cette source.Ce responsable a dit non.", 2),
        ('"Il a change", a-t-il dit.Les missiles sont la.', 2),
        ('le sol russe."Notre position n\'a pas change", dit-il.', 2),
        ("M. Barrot a dit. Rien.", 2),
        ("U.S. Defense Secretary Austin said so. He left.", 2),
        ("Maj. Gen. Ryder spoke on Nov. 17 at noon.", 1),
        ('"Stop." He left.', 2),
        ('"Stop!" he said.', 1),
        ("About 4.600 men.", 1),
        ("A title\n\nA line", 2),
        ("one line\nand the next", 1),
        ("   ", 0),
        ("Attendez... Non.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text, frozenset({"m", "maj", "gen", "nov", "u.s"}))) == count


def test_quotations_leave_their_marks_out() -> None:
    text = 'Il dit « non », "oui" et “si”. "" «  »'
    assert [text[quote.start : quote.end] for quote in quotations(text)] == ["non", "oui", "si"]
