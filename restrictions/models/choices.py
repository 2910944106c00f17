"""The codebook's vocabularies as choices of a column."""

from collections.abc import Iterable
from enum import StrEnum


def codes(vocabulary: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Each code once, as value and as label: words for people live apart from the columns."""
    return [(member.value, member.value) for member in vocabulary]
