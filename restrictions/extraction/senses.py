"""What single words speak of, whatever a sentence makes of it: leave, refusal, limits, silence, doubt and so on.

Broader than the rules and less exact: no rule fires on them. They are what the second reader knows of words that its
examples never showed.
"""

from collections.abc import Mapping
from functools import lru_cache

from restrictions.extraction.text import fold

_WHOLE = "="  # ends an entry that is the whole word, not its beginning
_MOST_KNOWN = 50_000  # words of one language kept in mind


class Senses:
    """One language's senses by how their words begin."""

    def __init__(self, listed: Mapping[str, list[str]]) -> None:
        self.names = tuple(listed)
        self._begins: dict[str, list[str]] = {}
        for name, entries in listed.items():
            for entry in dict.fromkeys(fold(entry).lower for entry in entries):
                self._begins.setdefault(entry, []).append(name)
        self.of = lru_cache(_MOST_KNOWN)(self._found)
        """What a folded word in lower case speaks of; nothing for most words."""

    def _found(self, word: str) -> tuple[str, ...]:
        entries = [word + _WHOLE, *(word[:end] for end in range(1, len(word) + 1))]
        return tuple(dict.fromkeys(name for entry in entries for name in self._begins.get(entry, ())))
