"""What a revision did to a position, as far as it is news: new, corrected, withdrawn."""

from enum import StrEnum

from restrictions.domain.positions import Position


class News(StrEnum):
    """What became of a position in the record."""

    NEW = "new"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


def news_of(before: Position | None, after: Position | None) -> News | None:
    """What happened between the two states of one position; none where what it says has not changed.

    An end that a later turn sets, one more confirmation or one more source say nothing else than before.
    """
    if before is None:
        return News.NEW if after else None
    if after is None:
        return News.WITHDRAWN
    return News.CORRECTED if _says(before) != _says(after) else None


def _says(position: Position) -> tuple[object, ...]:
    limits = frozenset(limit.confines for limit in position.limits)
    day = None if position.open_start else position.starts
    return position.status, limits, position.practice, position.provisional, position.contested, day
