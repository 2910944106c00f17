"""What follows from the claims: positions, contested stretches, silence marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from restrictions.domain.claims import Line
from restrictions.domain.days import Day
from restrictions.domain.vocabulary import AreaRole, Role, Status


class LimitKind(StrEnum):
    """What a limit confines."""

    AREA = "area"
    EXCEPT_AREA = "except_area"
    CONDITION = "condition"
    DEPTH = "depth"


Confines = tuple[LimitKind, str, AreaRole | None]


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """One stated limit of a position: since when it holds, and the keys of the claims that state it.

    ``value`` is an ISO 3166-2 code, a condition's code, or whole kilometres as text, by ``kind``.
    """

    kind: LimitKind
    value: str
    holds_from: date
    claims: tuple[str, ...]
    area_role: AreaRole | None = None

    @property
    def confines(self) -> Confines:
        """What it says, whoever states it and since when."""
        return self.kind, self.value, self.area_role


@dataclass(frozen=True, slots=True)
class Position:
    """One status of one line during one stretch of time, with its evidence.

    ``starts`` and ``ends`` are half-open: a position ends on the day the next one starts. No ``ends``: nothing
    later is known. With ``open_start`` the true start is unknown and ``starts`` is the first day known to hold.
    ``evidence`` and the claims of the limits are claim keys, in the order of rule 1.
    """

    line: Line
    status: Status
    starts: Day
    evidence: tuple[str, ...]
    announced: Day
    last_confirmed: date
    ends: Day | None = None
    open_start: bool = False
    limits: tuple[Limit, ...] = ()
    provisional: bool = False
    contested: bool = False
    practice: Status | None = None
    first_used: Day | None = None
    rules: tuple[str, ...] = ()

    @property
    def first_day(self) -> date:
        """The day from which reads answer with this position (rule 11: the last day of the window)."""
        return self.starts.latest

    @property
    def until(self) -> date | None:
        """The first day that it no longer answers for; none where nothing later is known."""
        return self.ends.latest if self.ends else None

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.until is None or day < self.until)


def of_suppliers(positions: Iterable[Position]) -> dict[str, list[Position]]:
    """The positions of each supplier, in the order given; those of states whose consent counts are left out."""
    found: dict[str, list[Position]] = {}
    for position in positions:
        if position.line.role is Role.SUPPLIER:
            found.setdefault(position.line.supplier, []).append(position)
    return found


class Outcome(StrEnum):
    """How a contested stretch ended."""

    OPEN = "open"
    UPHELD = "upheld"
    TURNED = "turned"
    WITHDRAWN = "withdrawn"
    LATE_REPORT = "late_report"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Contested days of a line, inside one position: both sides with their claims, and how it was settled.

    ``until`` is the first day no longer contested; none while it goes on. ``rule`` names the codebook's rule.
    """

    line: Line
    first: date
    until: date | None
    standing: Status
    challenger: Status
    standing_claims: tuple[str, ...]
    challenger_claims: tuple[str, ...]
    outcome: Outcome
    rule: str
    settlement: str = ""
    limits_only: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """A refusal to say, on a day inside a position that goes on all the same (rule 6)."""

    line: Line
    claim: str
    day: date


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the claims and settlements of one supplier and recipient give, in the order of lines and days."""

    positions: tuple[Position, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    silences: tuple[Silence, ...] = ()


def together(records: Iterable[Record]) -> Record:
    """The records of several pairs as one."""
    found = tuple(records)
    return Record(
        tuple(position for record in found for position in record.positions),
        tuple(stretch for record in found for stretch in record.stretches),
        tuple(silence for record in found for silence in record.silences),
    )
