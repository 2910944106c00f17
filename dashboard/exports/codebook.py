"""The codebook as files: one row a code. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from dashboard.exports.rows import line
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
