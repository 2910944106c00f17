"""Which of the coder's languages a text is in, by counting small words; none where it is in no one of them."""

import re
from collections import Counter
from collections.abc import Mapping

from restrictions.extraction.lexicon import LANGUAGES

_WORDS = re.compile(r"[^\W\d_]+")
_READ = 700  # signs read: enough for a hundred words
_LEAST_SHARE = 0.12
_SHORT = 25  # words below which the publisher's word decides where none scores enough


def language_of(lower: str, stated: str | None, small: Mapping[str, frozenset[str]]) -> str | None:
    """The language with the largest share of small words, if that is large enough; it may be one without a lexicon."""
    words = _WORDS.findall(lower[:_READ])
    counts = Counter(words)
    total = max(1, len(words))
    shares = {code: _share(counts, total, stopwords) for code, stopwords in small.items()}
    best = max(shares, key=lambda code: (shares[code], code == stated))
    if shares[best] >= _LEAST_SHARE:
        return best
    return stated if stated in LANGUAGES and len(words) < _SHORT else None


def _share(counts: Counter[str], total: int, stopwords: frozenset[str]) -> float:
    return sum([counts[word] for word in stopwords & counts.keys()]) / total
