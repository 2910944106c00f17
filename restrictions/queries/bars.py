"""The rows of the reading room, frozen: what a bar, its table row and its hover say. Pure: no Django, no clock."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from restrictions.domain.days import Day
from restrictions.domain.rules import CONFIRMED_FOR
from restrictions.domain.vocabulary import Act, AreaRole, Role, Status, Track

OWN = "own"
"""``answered_by`` of a bar whose weapon has a rule of its own on these days."""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One stated limit: its codes for exports, its words for people, and who states it."""

    kind: str
    value: str
    words: str
    holds_from: date
    claims: tuple[str, ...] = ()
    area_role: AreaRole | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a claim can be read: publisher, day and link, never the text itself."""

    publisher: str
    url: str
    title: str = ""
    published: str = ""
    day_words: str = ""
    language: str = ""
    stored_copy: bool = False
    weak: bool = False
    synthetic: bool = False

    @property
    def name(self) -> str:
        """Who published it: the host of the address where no name is given."""
        return self.publisher or urlsplit(self.url).netloc.removeprefix("www.") or self.title


@dataclass(frozen=True, slots=True)
class ContestedRow:
    """Days on which sources disagree: both sides, and how it was settled. ``until`` is the first day after them."""

    first: date
    until: date | None
    standing: Status
    challenger: Status
    sentence: str
    standing_claims: tuple[str, ...] = ()
    challenger_claims: tuple[str, ...] = ()
    outcome: str = ""
    limits_only: bool = False


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A context act on a day: urged, signalled, responded, used. Never a position."""

    act: Act
    day: Day
    words: str
    supplier: str = ""
    weapon: str = ""


@dataclass(frozen=True, slots=True)
class BarWords:
    """What people read of a bar: no code in it. ``role`` is empty for a supplier's own rule.

    ``labels`` are what may stand inside the bar, the longest first: a page writes the first that fits.
    """

    label: str
    sentence: str
    status: str = ""
    role: str = ""
    limits: str = ""
    labels: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    days: str = ""
    announced: str = ""
    last_confirmed: str = ""
    first_used: str = ""
    attribution: str = ""
    sources: str = ""
    notes: tuple[str, ...] = ()


class Bare(Protocol):
    """What of a bar puts it in its place: its status, since when it answers, and for which days."""

    @property
    def status(self) -> Status: ...

    @property
    def first_day(self) -> date: ...

    def covers(self, day: date) -> bool: ...


B = TypeVar("B", bound=Bare)


@dataclass(frozen=True, slots=True)
class BarLine(Generic[B]):
    """The bars of one supplier and weapon, in one role, in the order of days; their names."""

    supplier: str
    supplier_name: str
    weapon: str
    weapon_name: str
    role: Role
    track: Track
    territory_name: str
    bars: tuple[B, ...]

    def on(self, day: date) -> B | None:
        """The bar that answers for the day."""
        return next((bar for bar in self.bars if bar.covers(day)), None)


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """One stretch of one row of the timeline: which rule answered for the weapon, from which day to which.

    ``weapon`` is the weapon of the row. ``answered_by`` is ``own``, or the wider weapon whose rule answers here; then
    ``position`` is that rule's and ``starts`` and ``ends`` are the days for which it answers in this row.
    """

    position: int
    supplier: str
    supplier_name: str
    recipient: str
    recipient_name: str
    weapon: str
    weapon_name: str
    track: Track
    territory: str
    territory_name: str
    status: Status
    starts: Day
    words: BarWords
    ends: Day | None = None
    role: Role = Role.SUPPLIER
    answered_by: str = OWN
    answered_by_name: str = ""
    open_start: bool = False
    limits: tuple[LimitRow, ...] = ()
    attributions: tuple[str, ...] = ()
    provisional: bool = False
    contested: tuple[ContestedRow, ...] = ()
    announced: Day | None = None
    last_confirmed: date | None = None
    first_used: Day | None = None
    practice: Status | None = None
    evidence: int = 0
    weak_sources: int = 0
    sources: tuple[SourceRow, ...] = field(default=())

    @property
    def inherited(self) -> bool:
        """Whether a wider rule answers here, for want of one for the weapon itself."""
        return self.answered_by != OWN

    @property
    def spoken(self) -> str:
        """What is said of the bar aloud: “United States, ATACMS, Not allowed, from 30 May to 17 November 2024, …”."""
        words = self.words
        rule = next(iter(words.labels), words.label)
        days = words.days[:1].lower() + words.days[1:]
        said = (self.supplier_name, self.weapon_name, words.role, rule, days, words.sources)
        return f"{', '.join(filter(None, said))}."

    @property
    def first_day(self) -> date:
        """The day from which reads answer with this bar (rule 11)."""
        return self.starts.latest

    @property
    def until(self) -> date | None:
        """The first day that it no longer answers for; none where nothing later is known."""
        return self.ends.latest if self.ends else None

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.until is None or day < self.until)

    def quiet_since(self, today: date) -> date | None:
        """The last confirmation, where twelve months have passed since without a word (rule 12)."""
        if self.ends is not None or self.last_confirmed is None:
            return None
        return self.last_confirmed if today - self.last_confirmed > CONFIRMED_FOR else None
