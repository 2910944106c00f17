"""What a text is about, as far as words show it: its numbers, names, kinds of arms and days. Pure."""

import re
import tomllib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_DATA = tomllib.loads(Path(__file__).with_name("facts.toml").read_text(encoding="utf-8"))
_NUMBERS: dict[str, str] = {word: number for number, words in _DATA["numbers"].items() for word in words}
_IGNORED = frozenset(_DATA["ignored"]["names"])
_OPENERS = frozenset(word for words in _DATA["openers"].values() for word in words.split())
_KINDS = [(word, kind) for group in ("kinds", "days") for kind, words in _DATA[group].items() for word in words]
_WHOLE: dict[str, str] = {word: kind for word, kind in _KINDS if not word.endswith("-")}
_STEMS: list[tuple[str, str]] = [(word.removesuffix("-"), kind) for word, kind in _KINDS if word.endswith("-")]
_BEGINNINGS = tuple(stem for stem, _ in _STEMS)

_WORD = re.compile(r"[^\W_]+(?:['’.,/-][^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d)[\s'’.,](?=\d{3}(?!\d))")
_UNIT = re.compile(r"(\d+)-?(?:km|mm|cm|m|kg|t|h)")
_ELIDED = re.compile(r"^(?:l|d|qu|n|s|j|c|m|t)['’]|['’]s$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:…»”\"\n]\s*[«“„\"–—-]?\s*$")
_STEM = 6
"""Letters of a name that are compared: German and Germany, Ukraine and Ukrainian are one."""


class Word(NamedTuple):
    """A word as it stands, and whether it opens a sentence."""

    text: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Hashes of what a text names. ``kinds`` are arms and days of the week."""

    numbers: frozenset[int]
    names: frozenset[int]
    kinds: frozenset[int]

    @property
    def every(self) -> frozenset[int]:
        return self.numbers | self.names | self.kinds


def words(text: str) -> list[Word]:
    """The words of a text in order; `1,000` and `1 000` are one word, and a name keeps its hyphen."""
    text = _THOUSANDS.sub("", text)
    found = []
    end = 0
    for match in _WORD.finditer(text):
        first, last = match.span()
        opens = not end or (first - end > 1 and bool(_SENTENCE_END.search(text, end, first)))
        found.append(Word(_plain(match[0]), opens))
        end = last
    return found


def _plain(word: str) -> str:
    """The word without an article or possessive at its apostrophe."""
    return _ELIDED.sub("", word) if "'" in word or "’" in word else word


def facts(found: Iterable[Word]) -> Facts:
    """The facts that these words name."""
    by_class: dict[str, set[int]] = {"number": set(), "name": set(), "kind": set()}
    for word in set(found):
        what, value = _fact(word)
        if what:
            by_class[what].add(value)
    return Facts(*(frozenset(by_class[what]) for what in ("number", "name", "kind")))


def hashed(text: str) -> int:
    """The same 32 bits for the same text on every machine."""
    return zlib.crc32(text.encode())


@lru_cache(maxsize=1 << 16)
def _fact(word: Word) -> tuple[str, int]:
    """What the word is as a fact, and its hash; nothing for most words."""
    lower = word.text.lower()
    if kind := _kind(lower):
        return "kind", hashed(kind)
    if any(letter.isdigit() for letter in lower):
        return "number", hashed(_figure(lower))
    if lower in _NUMBERS:
        return "number", hashed(_NUMBERS[lower])
    return ("name", hashed(lower[:_STEM])) if _is_name(word, lower) else ("", 0)


def _figure(lower: str) -> str:
    unit = _UNIT.fullmatch(lower)
    return unit[1] if unit else lower.replace(",", ".")


def _is_name(word: Word, lower: str) -> bool:
    if lower in _IGNORED or not word.text[0].isupper():
        return False
    return lower not in _OPENERS if word.opens else True


def _kind(lower: str) -> str:
    known = _WHOLE.get(lower) or _WHOLE.get(lower.removesuffix("s")) or ""
    if known or not lower.startswith(_BEGINNINGS):
        return known
    return next(kind for stem, kind in _STEMS if lower.startswith(stem))
