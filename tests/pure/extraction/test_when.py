"""Days in a text, resolved against the day of publication."""

import pytest

from restrictions.domain.days import parse_day
from restrictions.extraction.lexicon import lexicons
from restrictions.extraction.when import days_in


@pytest.mark.parametrize(
    ("language", "text", "published", "found"),
    [
        ("en", "he said on thursday", "2024-05-31", ["2024-05-30"]),
        ("en", "he said on friday", "2024-05-31", ["2024-05-31"]),
        ("en", "he said on saturday", "2024-05-31", ["2024-05-25"]),
        ("en", "yesterday", "2024-03-01", ["2024-02-29"]),
        ("en", "today", "2024-03-01", ["2024-03-01"]),
        ("en", "last week", "2024-05-08", ["2024-05-01~"]),
        ("en", "on nov. 17 he", "2024-11-26", ["2024-11-17"]),
        ("en", "on 3 december", "2024-11-26", ["2023-12-03"]),
        ("en", "on may 35", "2024-11-26", []),
        ("en", "in mid-february", "2024-04-25", ["2024-02~"]),
        ("en", "since may", "2024-08-16", ["2024-05"]),
        ("en", "this spring", "2025-08-24", ["2025-21"]),
        ("en", "in 2022", "2025-08-24", ["2022"]),
        ("en", "on thursday", "2024-05", []),
        ("en", "on thursday", None, []),
        ("en", "since may", None, []),
        ("en", "this spring", None, []),
        ("en", "on may 3, 2024", None, ["2024-05-03"]),
        ("fr", "mardi soir", "2022-06-01", ["2022-05-31"]),
        ("fr", "hier", "2022-06-01", ["2022-05-31"]),
        ("fr", "le 3 mai", "2024-05-30", ["2024-05-03"]),
        ("fr", "le 1er mai", "2024-05-30", ["2024-05-01"]),
        ("fr", "en aout 2023", "2024-05-30", ["2023-08"]),
        ("fr", "debut mai", "2024-05-30", ["2024-05~"]),
        ("fr", "la semaine derniere", "2024-05-30", ["2024-05-23~"]),
        ("fr", "cet ete", "2024-09-30", ["2024-22"]),
        ("fr", "mardi et le 3 mai", "2024-05-30", ["2024-05-28", "2024-05-03"]),
        ("fr", "mardigras", "2024-05-30", []),
    ],
)
def test_days_are_resolved_as_precisely_as_text_and_publication_allow(
    language: str, text: str, published: str | None, found: list[str]
) -> None:
    day = parse_day(published) if published else None
    assert [one.edtf for one in days_in(text, day, lexicons()[language])] == found
