"""The codebook as files: one row a code. Pure."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from dashboard.exports.rows import line
from restrictions.queries.foreign_names import NamedCode
from restrictions.words.definitions import Vocabulary

COLUMNS = ("field", "code", "label", "meaning")


def codebook_csv(vocabularies: Iterable[Vocabulary]) -> Iterator[str]:
    """One line a code, with the field that it belongs to."""
    yield line(COLUMNS)
    for vocabulary in vocabularies:
        for one in vocabulary.definitions:
            yield line((vocabulary.field, one.code, one.label, one.meaning))


def codebook_json(vocabularies: Iterable[Vocabulary]) -> str:
    """An object with one list of codes for each field."""
    found = {one.field: [asdict(code) for code in one.definitions] for one in vocabularies}
    return json.dumps(found, ensure_ascii=False)


def names_csv(languages: Sequence[str], rows: Iterable[NamedCode]) -> Iterator[str]:
    """One line a state, region or weapon: its code, and its name in each of these languages."""
    yield line(("kind", "code", *(f"name_{language}" for language in languages)))
    for row in rows:
        yield line((row.kind, row.code, *(row.names[language] for language in languages)))
