"""What bytes certainly say is read; anything else is refused by what it looks like."""

import gzip
import os
import random

import pytest

from restrictions.domain.unreadable import Unreadable
from restrictions.extraction.decoding import decode_text

FRENCH = "Le ministre a confirmé la décision après l’été, « sans réserve » ; à Kyïv, on l’a déjà notée.\n"
UKRAINIAN = "Міністр підтвердив рішення: союзники дозволили завдавати ударів по військових цілях.\n"
BOTH = pytest.mark.parametrize("text", [FRENCH, UKRAINIAN], ids=["French", "Ukrainian"])


def refusal(raw: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        decode_text(raw)
    return refused.value.kind


@BOTH
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_8_and_what_a_mark_names_is_read(text: str, codec: str) -> None:
    assert decode_text(text.encode(codec)) == text


@BOTH
@pytest.mark.parametrize(("order", "mark"), [("le", b"\xff\xfe"), ("be", b"\xfe\xff")])
def test_utf_16_is_read_by_its_mark_alone(text: str, order: str, mark: bytes) -> None:
    raw = text.encode(f"utf-16-{order}")
    assert decode_text(mark + raw) == text
    named = {"le": "little", "be": "big"}[order]
    assert refusal(raw) == f"The file looks like UTF-16 ({named}-endian) without its mark; save it as UTF-8"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (FRENCH.replace("ï", "i").encode("cp1252"), "Windows-1252"),
        ("Der Minister bestätigte: keine Änderung für größere Waffen.".encode("latin-1"), "Windows-1252"),
        (UKRAINIAN.encode("cp1251"), "Windows-1251"),
        (UKRAINIAN.encode("koi8-u"), "KOI8-U"),
        (b"encoding: latin-1\n\n" + "La décision".encode("latin-1"), "Windows-1252"),
    ],
    ids=["French", "German", "Ukrainian", "Ukrainian, KOI8", "one that says so in its header"],
)
def test_an_encoding_of_one_byte_a_letter_is_named_and_never_guessed(raw: bytes, name: str) -> None:
    assert refusal(raw) == f"The file is not UTF-8 text but looks like {name}; save it as UTF-8"


def test_where_no_encoding_stands_out_none_is_named() -> None:
    assert refusal(FRENCH.replace("ï", "i").encode("mac-roman")) == "The file is not UTF-8 text"
    with pytest.raises(Unreadable, match=r"UTF-8: byte 4 is 0xE9$"):
        decode_text("La décision".encode("latin-1"))


@pytest.mark.parametrize("name", ["UTF-8", "UTF-16", "UTF-32"])
def test_a_mark_that_lies_is_refused(name: str) -> None:
    mark = "\ufeff".encode(f"{name}-le" if name != "UTF-8" else name)
    raw = mark + "Décision".encode("latin-1")
    assert refusal(raw) == f"The file starts with the mark of {name} and is not {name}"


def test_a_mark_of_utf_16_before_half_a_letter_is_refused() -> None:
    assert refusal(FRENCH.encode("utf-16") + b"x") == "The file starts with the mark of UTF-16 and is not UTF-16"


def test_good_text_with_one_broken_place_is_called_damaged() -> None:
    assert refusal(FRENCH.encode() + b"\xe9\n") == "The file is UTF-8 text with damaged places"


@pytest.mark.parametrize(
    ("misread", "name"),
    [
        (FRENCH.encode().decode("latin-1"), "Windows-1252"),
        ("La décision a été confirmée".encode().decode("cp1252"), "Windows-1252"),
        (UKRAINIAN.encode().decode("latin-1"), "Windows-1252"),
        ("Дозволено удари по цілях".encode().decode("cp1251"), "Windows-1251"),
    ],
    ids=["French as Latin-1", "French as Windows-1252", "Ukrainian as Latin-1", "Ukrainian as Windows-1251"],
)
def test_text_that_was_misread_before_it_was_saved_is_refused(misread: str, name: str) -> None:
    assert refusal(misread.encode()) == f"The text was once misread as {name}; take it from its source again"


@pytest.mark.parametrize(
    "text",
    [
        "École d’État d’abord",
        "Ã",
        "naïve",
        "a “Ã©” alone",
        "Кі",
        "x\u00a0: «\u00a0y\u00a0»",
        "",
        "中文",
        "€ 5",
        "É « »",
    ],
)
def test_text_that_only_resembles_a_misread_one_is_read(text: str) -> None:
    assert decode_text(text.encode()) == text


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"PK\x03\x04...", "a zip archive or an office document"),
        (gzip.compress(FRENCH.encode()), "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"<!DOCTYPE html><title>x</title>", "a web page"),
        (b"<HTML><body>x", "a web page"),
    ],
)
def test_known_kinds_of_file_are_named(raw: bytes, what: str) -> None:
    assert refusal(raw) == f"The file is {what}, not plain text"


NUL = "The file holds NUL bytes: it is not text"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"Some text\0 and more.", NUL),
        (b"\0", NUL),
        ("a\0b".encode("utf-16"), NUL),
        (os.urandom(5_000), NUL),
        (bytes(random.Random(1).choices(range(1, 256), k=5_000)), "The file is not text"),
        (b"\x1b[2J\x1b[31m\x07" * 9, "The file is not text"),
    ],
    ids=["a NUL", "only a NUL", "a NUL in UTF-16", "noise", "noise without NUL", "a terminal's recording"],
)
def test_what_is_no_text_is_refused(raw: bytes, kind: str) -> None:
    assert refusal(raw) == kind


@pytest.mark.parametrize("stray", ["\x0c", "\x1b", "\x85", "\u2028", "\u202e", "\ufdd0", "\U0010ffff"])
def test_a_stray_control_or_invisible_character_is_kept_as_it_is(stray: str) -> None:
    text = f"{FRENCH}{stray}{FRENCH}"
    assert decode_text(text.encode()) == text
