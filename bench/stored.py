"""What a bench stores before it measures: stories of a newsroom, and a record of many dispatches."""

import random
from typing import Any

_LEXICON = 40_000
_WORDS_EACH = 180

_DISPATCHES = """
    INSERT INTO restrictions_dispatch (id, publisher, state, outcome, attempts, synthetic, coded_by)
    SELECT n, 'An agency', 'coded', '', 0, true, 'bench' FROM generate_series(%(first)s::bigint, %(last)s) n
"""
_VERSIONS = """
    INSERT INTO restrictions_dispatchversion
        (dispatch_id, number, title, body, language, publisher, content_hash)
    SELECT n, 1, 'Dispatch ' || n, repeat(md5(n::text) || ' ', 9), 'en', 'An agency', md5(n::text) || md5('x' || n)
    FROM generate_series(%(first)s::bigint, %(last)s) n
"""
# Stories that share a band by chance alone are as rare as among written ones: 16 numbers out of all. Sketches are those
# of the stories that are held already, in turn.
_PRINTS = """
    WITH held AS MATERIALIZED (SELECT sketch, row_number() OVER () - 1 AS place FROM restrictions_fingerprint)
    INSERT INTO restrictions_fingerprint (dispatch_id, sketch, bands)
    SELECT n, held.sketch, array(
        SELECT (random() * 4294967295 - 2147483648)::bigint::int FROM generate_series(1, 16) WHERE n > 0
    )
    FROM generate_series(%(first)s::bigint, %(last)s) n
    JOIN held ON held.place = n %% (SELECT count(*) FROM held)
"""
_INDEX = "CREATE INDEX fingerprint_bands ON restrictions_fingerprint USING gin (bands) WITH (fastupdate = off)"


def fill_up(cursor: Any, *, first: int, last: int) -> None:
    """Dispatches of these numbers with text and fingerprint; the index of the fingerprints is built after them."""
    numbers = {"first": first, "last": last}
    cursor.execute("SELECT setseed(0.5)")
    cursor.execute(_DISPATCHES, numbers)
    cursor.execute(_VERSIONS, numbers)
    cursor.execute("DROP INDEX fingerprint_bands")
    cursor.execute(_PRINTS, numbers)
    cursor.execute(_INDEX)
    cursor.execute("SELECT setval(pg_get_serial_sequence('restrictions_dispatch', 'id'), %(last)s)", numbers)
    cursor.execute("VACUUM ANALYZE restrictions_fingerprint")
    cursor.execute("VACUUM ANALYZE restrictions_dispatchversion")


class Newsroom:
    """Stories of words as unevenly used as a language's, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = [self._word() for _ in range(_LEXICON)]
        weights = [1 / (rank + 3) for rank in range(_LEXICON)]
        self._totals = [sum(weights[:1])]
        for weight in weights[1:]:
            self._totals.append(self._totals[-1] + weight)

    def story(self) -> str:
        words = self._chance.choices(self._words, cum_weights=self._totals, k=_WORDS_EACH)
        return " ".join(word.title() if self._chance.random() < 0.08 else word for word in words)

    def edited(self, story: str) -> str:
        """A copy with some words changed and its end cut off."""
        words = story.split(" ")[: self._chance.randrange(100, _WORDS_EACH)]
        return " ".join(self._chance.choice(self._words) if self._chance.random() < 0.03 else word for word in words)

    def _word(self) -> str:
        return "".join(self._chance.choices("aeiounrtslkdmpv", k=self._chance.randrange(2, 11)))
