"""Which record a page was made from: the last revision, which every change of the record leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from restrictions.models import Position, Revision


@dataclass(frozen=True, slots=True)
class RecordStamp:
    """The number of the last revision and its instant; 0 and none where the record has not begun.

    Revisions are strictly in order (each waits for the one before), so a record that has changed has another stamp.
    """

    revision: int = 0
    instant: datetime | None = None


@contextmanager
def one_revision() -> Iterator[None]:
    """While it lasts the stamp is asked for once: all that a page says rests on the same revision."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


_asked: ContextVar[dict[datetime | None, RecordStamp] | None] = ContextVar("asked", default=None)


def record_stamp(instant: datetime | None = None) -> RecordStamp:
    """The record as committed now, or as it stood at a moment that is over: one look at an index.

    Asked for before a page's rows: what is then read may be newer than its stamp, never older. What was read from a
    moment that is over stays true of its stamp for ever, and may be remembered under its number.
    """
    asked = _asked.get()
    if asked is None:
        return _stamp(instant)
    if instant not in asked:
        asked[instant] = _stamp(instant)
    return asked[instant]


def stamp_of_the_page() -> RecordStamp | None:
    """The record as it stands, where this page rests on one revision of it and has asked which: no query."""
    asked = _asked.get()
    return asked.get(None) if asked else None


def _stamp(instant: datetime | None) -> RecordStamp:
    found = Revision.objects.all() if instant is None else Revision.objects.filter(instant__lte=instant)
    last = found.order_by("-instant").values_list("pk", "instant").first()
    return RecordStamp(*last) if last else RecordStamp()


def stood_until(revision: int) -> datetime | None:
    """The last moment at which the record stood as this revision left it; none where it still does: one query.

    Each revision's instant is read while it holds the lock that the one before has let go: what that one wrote is
    older, and what it writes itself is not.
    """
    after = Revision.objects.filter(pk__gt=revision).order_by("pk").values_list("instant", flat=True).first()
    return after - timedelta(microseconds=1) if after else None


def position_numbers() -> list[int]:
    """The number of every position that stands: one query."""
    return list(Position.objects.order_by("pk").values_list("pk", flat=True))
