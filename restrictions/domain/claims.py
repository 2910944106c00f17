"""A coded claim, as the derivation sees it: an accepted assertion about one supplier's position."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from restrictions.domain.days import Day
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track


class Line(NamedTuple):
    """One thing that has one position at a time. ``territory`` is empty on the supply track."""

    supplier: str
    role: Role
    recipient: str
    weapon: str
    track: Track
    territory: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One accepted claim. ``key`` is stable: the starter id, else address, version and quote offset.

    ``published`` is when the source came out; ``effective`` since when the position holds, as the text says it.
    """

    key: str
    line: Line
    status: Status
    act: Act
    attribution: Attribution
    effective: Day
    published: Day
    areas: tuple[str, ...] = ()
    area_role: AreaRole | None = None
    conditions: frozenset[Condition] = frozenset()
    depth_km: int | None = None
    prior: Status | None = None
    retracted: bool = False

    @property
    def said_on(self) -> date:
        """The day by which a claim is ordered: the last of its publication window (rule 1)."""
        return self.published.latest

    @property
    def starts(self) -> Day:
        """``effective``, its window never past publication (rule 4); a decision may be announced ahead of its day."""
        announced_ahead = self.act is Act.SETS and self.effective.earliest > self.said_on
        return self.effective if announced_ahead else self.effective.not_after(self.said_on)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A curator's ruling on contested or doubtful days of a line: which status holds, and why.

    Days are half-open: ``first`` is the first day ruled on, ``until`` the first day no longer ruled on.
    """

    key: str
    line: Line
    first: date
    until: date
    status: Status
    practice: Status | None = None


@dataclass(frozen=True, slots=True)
class FirstUse:
    """A weapon seen used on a territory: what a `used` mark, once accepted, says."""

    weapon: str
    territory: str
    day: Day
    key: str = field(default="")
