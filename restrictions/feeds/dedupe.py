"""Which texts are one story printed twice: fingerprints, and what two of them must share. Pure.

Near-duplicates are found in two steps. Bands of a MinHash name the few texts that may be the same; then fingerprints
are compared: enough of the shorter text stands in the other, they open alike, neither names what the other replaced.
A false merge is worse than a miss, so each doubt parts them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from operator import eq
from struct import pack, unpack
from zlib import crc32

from rensa import RMinHash

from restrictions.feeds.facts import Facts, Word, facts, hashed, words

SCHEME = 1
"""Of the fingerprints below; stored with each. Other words, slots or bands are another scheme: fingerprint anew."""

SLOTS = 128
_LOW = (1 << 32) - 1
_SEED = 20240530
_BANDS, _ROWS = 6, 4
_LEDE_BANDS, _LEDE_ROWS = 10, 3
_LEDE_WORDS = 45
_FIRST = 12
"""Shingles of an opening's first words, some 25 of them."""
_ADDED = 3
"""Names and numbers that an editor may add to the opening of a copy, such as a title or a distance in miles."""
_SHORT = 8
"""Texts of fewer shingles are the same only where every word is."""

# `KYIV, May 30 (Reuters) - `, `PARIS (AFP) — `: each agency writes its own before the same story.
_DATELINE = re.compile(r"^\s*(?=[^\n]{0,70}?(?:\([^)\n]{2,30}\)|[A-ZА-ЯІЇЄÀ-Þ]{3,}))[^\n.]{2,70}?\s[-–—]+\s")
_BYLINE = re.compile(r"^\s*(?:By|Par|Von)\s+(?:[A-Z][\w.’'-]+\s*){1,5}(?:,[^\n]{0,40})?\n")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to know its copies by: nothing of it can be read back."""

    exact: int
    words: int
    shingles: int
    signature: tuple[int, ...]
    lede: tuple[int, ...]
    named: Facts
    lede_named: Facts
    bands: tuple[int, ...] = ()


def fingerprint(title: str, body: str) -> Fingerprint:
    """The fingerprint of a dispatch: of its body without dateline; of its title where there is no body."""
    found = words(_story(body) or title)
    lede = found[:_LEDE_WORDS]
    shingles, named = _shingles(found), facts(found)
    # Many a dispatch is no longer than its opening.
    lede_shingles, lede_named = (_shingles(lede), facts(lede)) if len(found) > len(lede) else (shingles, named)
    exact = _exact(found)
    signature = _signature(shingles, SLOTS) if len(shingles) >= _SHORT else ()
    return Fingerprint(
        exact=exact,
        words=len(found),
        shingles=len(shingles),
        signature=signature,
        lede=tuple(map(hashed, lede_shingles)),
        named=named,
        lede_named=lede_named,
        bands=_bands(exact, signature, lede_shingles) if found else (),
    )


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts are one story: printed again, cut, or lightly edited. Not whether they claim the same."""
    if one.exact == other.exact:
        return True
    if not (one.signature and other.signature):
        return False
    return _shared(one, other) >= _least_shared(one, other) and _opens_alike(one, other) and not _differ(one, other)


def _story(body: str) -> str:
    return _DATELINE.sub("", _BYLINE.sub("", body, count=1), count=1).strip()


def _exact(found: list[Word]) -> int:
    """64 bits that two texts share only if they are the same words: among millions, 32 would soon meet by chance."""
    text = " ".join(word.text.lower() for word in found)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def _shingles(found: list[Word]) -> list[str]:
    """Neighbouring pairs of the words that carry meaning, each once: those of more than three letters, and figures."""
    kept = [word.text.lower() for word in found if len(word.text) > 3 or word.text[0].isdigit()]
    return list(dict.fromkeys(f"{first} {second}" for first, second in pairwise(kept)))


def _signature(shingles: list[str], slots: int) -> tuple[int, ...]:
    minhash = RMinHash(num_perm=slots, seed=_SEED)
    minhash.update(shingles)
    return tuple(minhash.digest())


def _bands(exact: int, signature: tuple[int, ...], lede: list[str]) -> tuple[int, ...]:
    """Numbers of which two copies share at least one, very likely: of the whole text, and of its opening."""
    if not signature:
        return _hashed_rows((exact,), "<BxQ", rows=1, first=0)
    opening = _signature(lede, _LEDE_BANDS * _LEDE_ROWS) if lede else ()
    return (
        *_hashed_rows(signature[: _BANDS * _ROWS], f"<B{_ROWS}I", rows=_ROWS, first=1),
        *_hashed_rows(opening, f"<B{_LEDE_ROWS}I", rows=_LEDE_ROWS, first=1 + _BANDS),
    )


def _hashed_rows(slots: tuple[int, ...], form: str, *, rows: int, first: int) -> tuple[int, ...]:
    """One number for each so many slots and their place, as PostgreSQL's integer: 32 bits with a sign."""
    places = range(0, len(slots), rows)
    values = (crc32(pack(form, first + n // rows, *slots[n : n + rows])) for n in places)
    return tuple(value - (1 << 32) if value >> 31 else value for value in values)


def _shared(one: Fingerprint, other: Fingerprint) -> float:
    """Which part of the shorter text stands in the longer one, as far as the slots tell."""
    alike: float = sum(map(eq, one.signature, other.signature)) / SLOTS
    both = alike / (1 + alike) * (one.shingles + other.shingles)
    return both / min(one.shingles, other.shingles)


def _least_shared(one: Fingerprint, other: Fingerprint) -> float:
    """The shorter a text, the more of it has to be there: a few common phrases are soon half of it."""
    shorter = min(one.shingles, other.shingles)
    return 0.5 if shorter >= 60 else 0.55 if shorter >= 25 else 0.65


def _opens_alike(one: Fingerprint, other: Fingerprint) -> bool:
    """Cuts come from the end; an update writes a new beginning over the old story."""
    return _begins_in(one.lede, other.lede) and _begins_in(other.lede, one.lede)


def _begins_in(lede: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether half of the first words of one opening stand in the other."""
    first = lede[:_FIRST]
    return len(set(first) & set(other)) >= 0.5 * len(first)


def _differ(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether each names what the other does not: another country, weapon or number stands in its place."""
    return (
        _replaced(one.named.numbers, other.named.numbers) > 0.1
        or _replaced(one.named.names, other.named.names) > 0.1
        or _replaced(one.named.kinds, other.named.kinds) > 0
        or _opens_with_other(one, other)
    )


def _replaced(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter list has another in its place; what only one of them adds is no replacement."""
    changed = min(len(one - other), len(other - one))
    return changed / min(len(one), len(other)) if changed else 0


def _opens_with_other(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether each opens with what the other has nowhere, or one of them with much of that."""
    new, gone = _only_opening(one, other), _only_opening(other, one)
    return bool(new and gone) or max(len(new), len(gone)) > _ADDED


def _only_opening(one: Fingerprint, other: Fingerprint) -> frozenset[int]:
    """What one opens with that the other has nowhere; nothing where the other is cut before that."""
    return frozenset() if other.words < _LEDE_WORDS <= one.words else one.lede_named.every - other.named.every


def packed(fingerprint: Fingerprint) -> bytes:
    """As bytes to store, without the bands."""
    named = [fingerprint.named, fingerprint.lede_named]
    lists: list[Collection[int]] = [fingerprint.signature, fingerprint.lede]
    lists += [sorted(values) for one in named for values in _lists(one)]
    numbers = [SCHEME, fingerprint.exact & _LOW, fingerprint.exact >> 32, fingerprint.words, fingerprint.shingles]
    for values in lists:
        numbers += [len(values), *values]
    return pack(f"<{len(numbers)}I", *numbers)


def _lists(named: Facts) -> tuple[frozenset[int], ...]:
    return named.numbers, named.names, named.kinds


def unpacked(stored: bytes) -> Fingerprint:
    """The fingerprint that was stored so. Raises ValueError for another scheme's."""
    numbers = unpack(f"<{len(stored) // 4}I", stored)
    scheme, low, high, count, shingles = numbers[:5]
    if scheme != SCHEME:
        raise ValueError(f"a fingerprint of scheme {scheme}, not {SCHEME}")
    lists, at = [], 5
    while at < len(numbers):
        end = at + 1 + numbers[at]
        lists.append(numbers[at + 1 : end])
        at = end
    signature, lede, *named = lists
    whole, opening = (Facts(*map(frozenset, part)) for part in (named[:3], named[3:]))
    return Fingerprint(high << 32 | low, count, shingles, signature, lede, whole, opening)
