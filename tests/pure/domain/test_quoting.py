"""Where selected or pasted words stand in a text."""

import pytest

from restrictions.domain.quoting import LONGEST, NotQuoted, find_quote

TEXT = "𝔘𝔨𝔯𝔞𝔦𝔫𝔢 may fire.\r\n\r\nIt may  fire, they said. It may fire (again)."


@pytest.mark.parametrize(
    ("words", "near", "expected"),
    [
        ("they said", None, "they said"),
        ("may fire.", None, "may fire."),
        (" may fire.\n\nIt ", None, "may fire.\r\n\r\nIt"),
        ("fire (again).", None, "fire (again)."),
        ("It may fire", 0, "It may  fire"),
        ("It may fire", 60, "It may fire"),
    ],
)
def test_words_are_found_as_they_stand(words: str, near: int | None, expected: str) -> None:
    start, end = find_quote(TEXT, words, near=near)
    assert TEXT[start:end] == expected


def test_offsets_count_code_points() -> None:
    assert find_quote(TEXT, "may fire.") == (8, 17)


@pytest.mark.parametrize(
    ("words", "near", "times"),
    [("It may fire", None, 2), ("it may not fire", 3, 0), (" \n", None, 0), ("x" * (LONGEST + 1), None, 0)],
)
def test_what_is_said_nowhere_or_more_than_once_is_refused(words: str, near: int | None, times: int) -> None:
    with pytest.raises(NotQuoted) as refused:
        find_quote(TEXT, words, near=near)
    assert refused.value.times == times
