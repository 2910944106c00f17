"""One line an event: the instant, the level, the logger, the request or task, what happened, and a folded traceback."""

import logging
from datetime import UTC, datetime

from config.tracing import at_work


class LineFormatter(logging.Formatter):
    """`2026-01-31T09:30:00Z WARNING restrictions.tasks task=3f… what happened`, whatever the event holds."""

    def format(self, record: logging.LogRecord) -> str:
        instant = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        text = record.getMessage()
        if record.exc_info:
            text = f"{text} {self.formatException(record.exc_info)}"
        # A dispatch's title may reach a log line: its line breaks must not start a forged one.
        whence = f"{record.name} {at_work()}".rstrip()
        return f"{instant} {record.levelname} {whence} {text}".replace("\r", "\\r").replace("\n", "\\n")
