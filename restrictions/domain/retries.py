"""When what failed is tried again: by the kind of failure, later each time, and not all at the same moment."""

from datetime import timedelta
from enum import StrEnum


class Failure(StrEnum):
    """Whose fault it is that a dispatch was not coded."""

    OWN = "own"
    """The dispatch's: the coder fails at its text. Another try seldom helps, and a person should look."""
    PASSING = "passing"
    """Something around it, such as a database that is busy: another try will help."""


_TRIES = {Failure.OWN: 3, Failure.PASSING: 8}
_FIRST = {Failure.OWN: timedelta(minutes=1), Failure.PASSING: timedelta(seconds=15)}
_LONGEST = timedelta(minutes=30)
_SPREAD = 0.25


def wait_before_retry(kind: Failure, *, tries: int, chance: float) -> timedelta | None:
    """How long to wait after this many tries; none where it is to be set aside.

    Twice as long each time, up to half an hour, and up to a quarter longer by ``chance`` (0 to 1).
    """
    if tries >= _TRIES[kind]:
        return None
    doubled: timedelta = min(_FIRST[kind] * 2 ** (tries - 1), _LONGEST)
    return doubled * (1 + _SPREAD * chance)
