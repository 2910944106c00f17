"""Cursors come back as they were given, and nothing else is one."""

from base64 import urlsafe_b64encode
from datetime import date

import pytest

from dashboard.api.cursors import Cursor, NotACursor, digest, read_cursor

CURSOR = Cursor(12, date(2026, 11, 22), "2024-05-31 7", digest("/api/v1/claims"))


def packed(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_cursor_comes_back_as_it_was_given() -> None:
    assert read_cursor(CURSOR.written(), about=CURSOR.about) == CURSOR
    assert CURSOR.written().replace("-", "").replace("_", "").isalnum()


def test_another_questions_cursor_is_none_of_this_one() -> None:
    with pytest.raises(NotACursor):
        read_cursor(CURSOR.written(), about=digest("/api/v1/marks"))


@pytest.mark.parametrize(
    "text",
    [
        *("x", "é", "====", CURSOR.written() + "A", CURSOR.written()[:-2], "A" * 5000),
        *(packed(said) for said in ("", "null", "{}", "[1,2,3,4]", "[1]", "[" * 5000, '["1","2026-11-22","","a"]')),
        *(packed(f'[{number},"2026-11-22","","a"]') for number in ("-1", "true", "1.0", str(2**70))),
        packed('[1, "2026-11-22", "", "a"]'),
        packed('[1,"2026-13-22","","a"]'),
    ],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(NotACursor):
        read_cursor(text, about="a")
