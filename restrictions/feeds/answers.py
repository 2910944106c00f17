"""What came of a request, without what asks: a page that tells of a feed loads no client."""

from dataclasses import dataclass
from enum import StrEnum


class AnswerKind(StrEnum):
    """What came of a request; whoever asked chooses by it whether and when to ask again."""

    TEXT = "text"
    UNCHANGED = "unchanged"
    GONE = "gone"
    TURNED_AWAY = "turned away"
    BUSY = "busy"
    SERVER_FAULT = "server fault"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    TOO_LARGE = "too large"
    NOT_TEXT = "not text"
    BROKEN = "broken"
    TOO_MANY_REDIRECTS = "too many redirects"
    NOT_PUBLIC = "not public"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from an address.

    ``address`` is where the text was found. ``moved_to`` is the address that the server asks to remember, where it
    does. ``reason`` is a sentence where no text came. ``retry_after`` is in seconds, where the server named a time.
    ``led`` is how many redirects led to an address elsewhere.
    """

    kind: AnswerKind
    address: str
    body: bytes = b""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    moved_to: str = ""
    reason: str = ""
    retry_after: float | None = None
    led: int = 0
