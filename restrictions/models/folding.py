"""Text as it is searched: without accents and in lower case, by a function that an index may rest on."""

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat

FOLDED = """
CREATE FUNCTION caveat_folded(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1));
"""
"""`unaccent` alone is not immutable: it looks its dictionary up by the search path."""
NOT_FOLDED = "DROP FUNCTION caveat_folded(text);"


class Folded(Func):
    """The text without accents, in lower case."""

    function = "caveat_folded"
    output_field = TextField()


SAID = Folded(Concat(F("quote"), Value(" "), F("summary"), output_field=TextField()))
"""What a claim says, to be searched: its quote, or our summary."""
TITLED = Folded(F("title"))


def has_near(text: Folded, word: str) -> TrigramWordSimilar:
    """Whether the text has a word like this one, which is folded itself; an index on the text answers."""
    return TrigramWordSimilar(text, Value(word, output_field=TextField()))
