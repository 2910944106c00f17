"""A turn as the log of changes shows it, frozen. Pure: no Django, no clock."""

from dataclasses import dataclass, field
from datetime import date

from restrictions.domain.changes import Kind
from restrictions.domain.days import Day
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.queries.bars import LimitRow, SourceRow


@dataclass(frozen=True, slots=True)
class SaidSo:
    """The claim that made the turn: its quote, or our summary where none is held, and where it can be read."""

    key: str
    attribution: str
    attribution_words: str
    quote: str = ""
    quote_language: str = ""
    summary: str = ""
    speaker: str = ""
    weak: bool = False
    synthetic: bool = False
    sources: tuple[SourceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Former:
    """What answered before the turn. ``weapon`` is the wider one whose rule it was; empty where it was of the line."""

    status: Status
    label: str
    limits: str = ""
    weapon: str = ""
    weapon_name: str = ""


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn: who, what about, from what to what, since when, on whose word. ``former`` is none where nothing is
    recorded before; ``disputed`` says in sentences what is contested about the turn itself."""

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
    kind: Kind
    kind_words: str
    status: Status
    label: str
    starts: Day
    starts_words: str
    announced: Day
    announced_words: str
    sentence: str
    said_so: SaidSo
    former: Former | None = None
    role: Role = Role.SUPPLIER
    role_words: str = ""
    limits: tuple[LimitRow, ...] = ()
    limits_words: str = ""
    attributions: tuple[str, ...] = ()
    provisional: bool = False
    disputed: tuple[str, ...] = ()
    evidence: int = 0
    independent: int = 0
    sources: tuple[SourceRow, ...] = field(default=())

    @property
    def day(self) -> date:
        """The day from which reads answer with what was turned to (rule 11)."""
        return self.starts.latest
