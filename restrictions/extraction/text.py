"""A text in one spelling: accents, cases, typographic variants folded, with the way back to its code points."""

import re
import unicodedata
from dataclasses import dataclass

_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4\u0060", "'"),
        **dict.fromkeys("\u201e\u201f\u2033\u02ba\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2008\t\u3000", " "),
        **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
    }
)
# Written but not read: marks that belong to the letter before, soft hyphens, joiners, direction marks.
_SILENT = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
# Private-use characters stand for mentions in the masked text, so none may come from a dispatch.
_PRIVATE = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)  # halves of a broken text, which the finder cannot take


class _Folding(dict[int, int]):
    """Code point to folded code point, one for one, worked out when first met."""

    def __missing__(self, point: int) -> int:
        self[point] = folded = ord(_fold_character(chr(point)))
        return folded


def _fold_character(character: str) -> str:
    if ord(character) in _PRIVATE or ord(character) in _SURROGATES:
        return "\ufffd"
    variant = character.translate(_VARIANTS)
    base = unicodedata.normalize("NFD", variant)[0]
    return base if len(base.lower()) == 1 else character


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``cased`` and ``lower`` have one length; ``origin`` maps their places back (none: nothing was left out)."""

    original: str
    cased: str
    lower: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original code points behind a non-empty folded stretch, silent marks after its last letter included."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end]


def fold(original: str) -> FoldedText:
    """The text as the rules read it. Linear; without silent characters the places are those of the original."""
    origin: tuple[int, ...] | None = None
    heard = original
    if _SILENT.search(original):
        kept = [at for at, character in enumerate(original) if not _SILENT.match(character)]
        heard = "".join(original[at] for at in kept)
        origin = (*kept, len(original))
    cased = heard.translate(_FOLDING)
    return FoldedText(original, cased, cased.lower(), origin)
