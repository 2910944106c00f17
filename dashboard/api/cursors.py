"""Where to read on: after which row, in the record of which revision, on which day. Pure."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

_LONGEST = 600


class NotACursor(ValueError):
    """The text is no cursor of ours, or one that an answer to another question gave."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after which a list goes on, and the state of the record that it began in.

    ``day`` is what that answer called today, ``after`` the key of its last row as the endpoint sorts them, ``about``
    a digest of what was asked: another question's rows have other keys.
    """

    revision: int
    day: date
    after: str
    about: str

    def written(self) -> str:
        """The cursor as it stands in an address."""
        said = json.dumps([self.revision, self.day.isoformat(), self.after, self.about], separators=(",", ":"))
        return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(text: str, *, about: str) -> Cursor:
    """The cursor that stands in an address. Raises NotACursor."""
    try:
        # Padding beyond what is needed is overlooked.
        said = json.loads(urlsafe_b64decode(text[:_LONGEST].encode("ascii") + b"=="))
        revision, day, after, of = said
        cursor = Cursor(_number(revision), date.fromisoformat(day), str(after), str(of))
    except (ValueError, TypeError, RecursionError) as error:
        raise NotACursor(text) from error
    if cursor.about != about or cursor.written() != text:
        raise NotACursor(text)
    return cursor


def digest(question: str) -> str:
    """What tells one question from another."""
    return sha256(question.encode()).hexdigest()[:12]


def _number(said: object) -> int:
    if type(said) is not int or not 0 <= said < 2**62:
        raise ValueError(said)
    return said
