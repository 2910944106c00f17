"""From a feed's bytes to its text, whatever its server and its first line say of the encoding. Pure."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_SAID = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
# Encodings of texts that a feed may come in. Python knows others by the name of codec that no text is written in, and
# some that take a time that grows with the square of the text.
_TEXTUAL = re.compile(r"cp\d{3,4}|iso8859-\d+|koi8-[rtu]|mac-(?:cyrillic|roman)|gb\w+|big5|shift_jis|euc_\w+|utf-\d+")


def decode_feed(raw: bytes, charset: str) -> str:
    """The text. A byte order mark counts first, then whether it is UTF-8, then what server and text say of it.

    A text that is valid UTF-8 beyond English letters is nothing else, whatever it is called. What is left over is read
    as Windows-1252, with a mark in each place that is not even that.
    """
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace").removeprefix("\ufeff")
    said = _SAID.match(raw)
    for name in ("utf-8", charset, said[1].decode() if said else ""):
        try:
            if name and _TEXTUAL.fullmatch(codecs.lookup(name).name):
                return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")
