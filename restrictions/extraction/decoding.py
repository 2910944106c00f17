"""From bytes to text, where it is certain what they say; else a refusal that names what they look like."""

import codecs
import re

from restrictions.domain.unreadable import Unreadable

# The longer marks first: that of UTF-32 starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_ASCII = bytes(range(0x80))
_NOT_LETTERS = bytes(set(range(0x100)) - set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_NOT_CONTROLS = bytes(set(range(0x100)) - (set(range(0x20)) - set(b"\t\n\v\f\r")))
# Misread as one of these and saved so, UTF-8's “é” has become “Ã©”. Bytes that they leave undefined came through as C1.
_MISREAD_AS = (("cp1252", "Windows-1252"), ("cp1251", "Windows-1251"))
_C1_AS_BYTES = {code: 0xDC00 + code for code in range(0x80, 0xA0)}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_CONTROLS_ONE_IN = 20
_SAMPLE = 4096


def decode_text(raw: bytes) -> str:
    """The text that these bytes certainly hold: UTF-8, or what a byte order mark says. Raises Unreadable."""
    _refuse_known_kinds(raw)
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            text = _decode_marked(raw, codec, name)
            break
    else:
        text = _decode_utf8(raw)
    if "\0" in text:
        raise Unreadable("The file holds NUL bytes: it is not text")
    _refuse_misread(text)
    if len(_CONTROLS.findall(text)) * _CONTROLS_ONE_IN > len(text):
        raise Unreadable("The file is not text")
    return text


def _refuse_known_kinds(raw: bytes) -> None:
    for start, what in _KINDS:
        if raw[: len(start)].lower() == start.lower():
            raise Unreadable(f"The file is {what}, not plain text")


def _decode_marked(raw: bytes, codec: str, name: str) -> str:
    """What the mark promises. UTF-16 and UTF-32 without any NUL byte would be a text without a space or a line end."""
    if name == "UTF-8" or b"\0" in raw:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            pass
    raise Unreadable(f"The file starts with the mark of {name} and is not {name}")


def _decode_utf8(raw: bytes) -> str:
    if b"\0" in raw:
        raise Unreadable(_with_nuls(raw))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte {error.start} is 0x{raw[error.start]:02X}"
        raise Unreadable(_not_utf8(raw), detail) from error


def _with_nuls(raw: bytes) -> str:
    """Spaces and line ends of UTF-16 have their NUL bytes all in even or all in odd places."""
    even, odd = raw[:_SAMPLE:2].count(0), raw[1:_SAMPLE:2].count(0)
    if min(even, odd) == 0 and max(even, odd) * 20 >= min(len(raw), _SAMPLE) and max(even, odd) > 1:
        order = "little-endian" if odd else "big-endian"
        return f"The file looks like UTF-16 ({order}) without its mark; save it as UTF-8"
    return "The file holds NUL bytes: it is not text"


def _not_utf8(raw: bytes) -> str:
    if len(raw.translate(None, _NOT_CONTROLS)) * _CONTROLS_ONE_IN > len(raw):
        return "The file is not text"
    good = sum(map(len, _NOT_ASCII.findall(raw.decode("utf-8", "ignore"))))
    if good > raw.decode("utf-8", "replace").count("\ufffd"):
        return "The file is UTF-8 text with damaged places"
    name = _likely_encoding(raw.translate(None, _ASCII), len(raw.translate(None, _NOT_LETTERS)))
    looks = f" but looks like {name}; save it as UTF-8" if name else ""
    return f"The file is not UTF-8 text{looks}"


def _likely_encoding(high: bytes, latin_letters: int) -> str:
    """Which encoding of one byte a letter these bytes beyond ASCII come from; empty where none stands out.

    Cyrillic text has more of them than Latin letters. Its small letters, most of the text, fill the last 32 places in
    Windows-1251 and the 32 before in KOI8-U.
    """
    sample = high[:_SAMPLE]
    last, before = sum(byte >= 0xE0 for byte in sample), sum(0xC0 <= byte < 0xE0 for byte in sample)
    if len(high) > latin_letters:
        return "Windows-1251" if last >= before else "KOI8-U"
    return "Windows-1252" if (last + before) * 2 > len(sample) else ""


def _refuse_misread(text: str) -> None:
    """A text was misread as a whole where all it holds beyond ASCII are pieces of letters in UTF-8, side by side.

    Side by side: the É and the ’ of “École d’État d’abord” would else make two letters.
    """
    beyond = " ".join(_NOT_ASCII.findall(text)).translate(_C1_AS_BYTES)
    for codec, name in _MISREAD_AS:
        try:
            letters = beyond.encode(codec, "surrogateescape").decode("utf-8")
        except UnicodeError:
            continue
        if len(letters.split()) > 1:
            raise Unreadable(f"The text was once misread as {name}; take it from its source again")
