"""Every text for people stands in French too: what the code and the templates mark, the catalogue has."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "locale/fr/LC_MESSAGES/django.po"
MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
WORD = r"[uU]?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATE = re.compile(rf"\b(_|n?gettext|pgettext)\(\s*({WORD}(?:\s*,\s*{WORD})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<=\{)\w+(?=\})")

Marked = tuple[str | None, str]
"""The context of a text, where it has one, and the text itself in English; of two forms the first."""


def marked_in_code(path: Path) -> Iterator[Marked]:
    for _, said, _, context in extract("python", io.BytesIO(path.read_bytes()), MARKS):
        yield context, said if isinstance(said, str) else said[0]


def marked_in_template(path: Path) -> Iterator[Marked]:
    for name, words in IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"))):
        said = [ast.literal_eval(word) for word in re.findall(WORD, words)]
        yield (said[0], said[1]) if name == "pgettext" else (None, said[0])


@pytest.fixture(scope="module")
def french() -> dict[Marked, Message]:
    with CATALOGUE.open("rb") as file:
        return {(row.context, row.id if isinstance(row.id, str) else row.id[0]): row for row in read_po(file) if row.id}


def test_no_text_is_without_its_french(french: dict[Marked, Message]) -> None:
    code = (
        path for folder in ("config", "dashboard", "restrictions") for path in sorted((ROOT / folder).rglob("*.py"))
    )
    found = [(marked, path) for path in code for marked in marked_in_code(path)]
    found += [
        (marked, path) for path in sorted((ROOT / "templates").rglob("*.html")) for marked in marked_in_template(path)
    ]
    assert len({marked for marked, _ in found}) > 1_500
    missing = {marked[1]: str(path.relative_to(ROOT)) for marked, path in found if marked not in french}
    assert missing == {}


def test_every_translation_is_whole_and_keeps_the_places_for_values(french: dict[Marked, Message]) -> None:
    for row in french.values():
        english, said = forms(row.id), forms(row.string)
        assert all(said), english
        assert not row.fuzzy, english
        places = [set(PLACEHOLDER.findall(text)) for text in english]
        for text in said:
            assert set(PLACEHOLDER.findall(text)) in places, english


def forms(said: object) -> list[str]:
    """One text, or its forms by number."""
    return [said] if isinstance(said, str) else [str(text) for text in said or ()]  # type: ignore[attr-defined]
