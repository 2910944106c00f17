"""What is asked of a dataset: the state of knowledge, and one day of it."""

from dataclasses import dataclass
from datetime import date

from restrictions.domain.clock import NOW, Clock


@dataclass(frozen=True, slots=True)
class Wanted:
    """By which clock a dataset is read, and up to which day it reaches; with ``on``, what held on that day alone."""

    today: date
    clock: Clock = NOW
    on: date | None = None
