"""What goes into the coder and what comes out: frozen values, every one with its place in the text."""

from dataclasses import dataclass
from typing import Literal

from restrictions.domain.days import Day
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track
from restrictions.extraction.values import value

CODER = "rules"
VERSION = "5"

Field = Literal["title", "body"]


@dataclass(frozen=True, slots=True)
class Document:
    """One dispatch as it is held. ``language`` is its publisher's word; ``published`` may be imprecise or unknown."""

    id: str
    title: str
    body: str
    language: str | None = None
    published: Day | None = None


@value
class Span:
    """Where a rule fired, in code points of the title or the body, half-open."""

    rule_id: str
    where: Field
    start: int
    end: int


@value
class Quote:
    """The words that carry a claim or a mark: exactly ``text[start:end]`` of the title or the body."""

    text: str
    where: Field
    start: int
    end: int


@value
class CodedClaim:
    """One proposed claim with every field of the codebook.

    ``effective`` is an EDTF string; none where the text gives no day and the dispatch is undated.
    ``role`` is the default; the record decides where a state only consents to another's weapon.
    """

    supplier: str
    recipient: str
    weapon: str
    status: Status
    track: Track
    territory: str
    act: Act
    attribution: Attribution
    effective: str | None
    quote: str
    quote_in: Field
    quote_start: int
    quote_end: int
    areas: tuple[str, ...] = ()
    area_role: AreaRole | None = None
    conditions: tuple[Condition, ...] = ()
    depth_km: int | None = None
    prior: Status | None = None
    role: Role = Role.SUPPLIER
    rule_ids: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    confidence: float = 0.0


@value
class CodedMark:
    """One proposed context act: drawn on the timeline, never a position."""

    act: Act
    actor: str
    quote: str
    quote_in: Field
    quote_start: int
    quote_end: int
    supplier: str | None = None
    weapon: str | None = None
    rule_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """What the coder makes of one dispatch. ``reason`` says why it is irrelevant; empty where it is relevant.

    ``coder`` and ``version`` say who coded it. ``dropped``: why each statement of a model was not taken; ``note``: why
    another coder than the one that was asked did it.
    """

    claims: tuple[CodedClaim, ...] = ()
    marks: tuple[CodedMark, ...] = ()
    relevant: bool = False
    language: str | None = None
    reason: str = ""
    version: str = VERSION
    coder: str = CODER
    dropped: tuple[str, ...] = ()
    note: str = ""
