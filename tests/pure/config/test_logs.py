"""Log lines."""

import logging
import sys

from config.logs import LineFormatter


def record(message: str, *, failed: bool = False) -> logging.LogRecord:
    try:
        _ = 1 // (0 if failed else 1)
        cause = None
    except ZeroDivisionError:
        cause = sys.exc_info()
    event = logging.LogRecord("caveat", logging.WARNING, __file__, 1, message, None, cause)
    event.created = 0.0
    return event


def test_a_line_says_when_how_grave_where_and_what() -> None:
    assert LineFormatter().format(record("stored")) == "1970-01-01T00:00:00Z WARNING caveat stored"


def test_a_title_cannot_forge_a_second_line() -> None:
    assert "\n" not in LineFormatter().format(record("title\r\n1970-01-01T00:00:00Z ERROR caveat forged"))


def test_a_traceback_stays_on_the_line() -> None:
    line = LineFormatter().format(record("failed", failed=True))
    assert "ZeroDivisionError" in line
    assert "\n" not in line
