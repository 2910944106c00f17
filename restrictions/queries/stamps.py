"""Which record a page was made from: the last revision, which every change of the record leaves."""

from dataclasses import dataclass
from datetime import datetime

from restrictions.models import Position, Revision


@dataclass(frozen=True, slots=True)
class RecordStamp:
    """The number of the last revision and its instant; 0 and none where the record has not begun.

    Revisions are strictly in order (each waits for the one before), so a record that has changed has another stamp.
    """

    revision: int = 0
    instant: datetime | None = None


def record_stamp() -> RecordStamp:
    """The record as committed now: one look at an index.

    Asked for before a page's rows: what is then read may be newer than its stamp, never older.
    """
    last = Revision.objects.order_by("-instant").values_list("pk", "instant").first()
    return RecordStamp(*last) if last else RecordStamp()


def position_numbers() -> list[int]:
    """The number of every position that stands: one query."""
    return list(Position.objects.order_by("pk").values_list("pk", flat=True))
