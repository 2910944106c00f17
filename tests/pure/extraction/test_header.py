"""Headers of text dispatches."""

import pytest

from restrictions.extraction.gold import BadDispatch, document_of, document_of_text
from restrictions.extraction.header import read_dispatch_text


@pytest.mark.parametrize(
    ("text", "headers", "body"),
    [
        ("date: 2024-05\ntitle: A: b\n\nBody.\n", {"date": "2024-05", "title": "A: b"}, "Body."),
        (
            "Date: 2024-05\r\nURL: https://x.example/a\r\n\r\nBody.",
            {"date": "2024-05", "url": "https://x.example/a"},
            "Body.",
        ),
        (" date 2024-05 Joe said.\n", {"date": "2024-05"}, "Joe said."),
        ("date 2024-05-30~ Joe said.", {"date": "2024-05-30~"}, "Joe said."),
        ("\ufeffdate: 2024\n\nA.", {"date": "2024"}, "A."),
        ("date: 2024-05\nA first line: not a key.\n", {"date": "2024-05"}, "A first line: not a key."),
        ("date: 2024-05", {"date": "2024-05"}, ""),
        ("date 2024-13 is no month.", {}, "date 2024-13 is no month."),
        ("Note: this is text.\n", {}, "Note: this is text."),
        ("Plain text.\n\nMore.\n", {}, "Plain text.\n\nMore."),
        ("", {}, ""),
        ("date: 2024\rtitle: T\rBody.", {"date": "2024", "title": "T"}, "Body."),
        ("title: A\u2028url: https://x.example\n\nB.", {"title": "A\u2028url: https://x.example"}, "B."),
        ("title: A\x85date: 2024\n\nB.", {"title": "A\x85date: 2024"}, "B."),
    ],
)
def test_header_and_body_are_told_apart(text: str, headers: dict[str, str], body: str) -> None:
    found, rest = read_dispatch_text(text)
    assert (found, rest.strip("\r\n")) == (headers, body)


def test_a_text_dispatch_becomes_a_document() -> None:
    document = document_of_text("a", "date: 2024-05\nlanguage: fr\ntitle: T\n\nCorps.\n")
    assert (document.id, document.title, document.body, document.language) == ("a", "T", "Corps.", "fr")
    assert document.published is not None
    assert document.published.edtf == "2024-05"


def test_a_header_that_says_a_thing_twice_says_nothing() -> None:
    with pytest.raises(BadDispatch, match=r"^cannot be read: The header says the same thing twice: title"):
        document_of_text("a", "title: A permission\n" * 10_000 + "\nBody.")


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ([], "is no object"),
        ({"body": "x"}, "has no id"),
        ({"id": "a", "body": ""}, "has no title and no body"),
        ({"id": 7, "body": "x"}, "id that is no text"),
        ({"id": "a", "body": "x", "published": "soon"}, "no readable day"),
    ],
)
def test_a_broken_record_is_told_in_a_sentence(record: object, says: str) -> None:
    with pytest.raises(BadDispatch, match=says):
        document_of(record)


def test_a_title_alone_is_a_dispatch() -> None:
    document = document_of({"id": "a", "title": "Berlin says no", "body": ""})
    assert (document.title, document.body) == ("Berlin says no", "")


def test_a_record_needs_no_more_than_id_and_body() -> None:
    document = document_of({"id": "a", "body": "x", "title": None})
    assert (document.title, document.language, document.published) == ("", None, None)
