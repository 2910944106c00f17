"""The derivation's working state: spells of one status on one line, and the disputes about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.days import Day
from restrictions.domain.positions import Outcome
from restrictions.domain.rules import WORD_LASTS, Rule
from restrictions.domain.vocabulary import Condition, Status


@dataclass(eq=False, slots=True)
class Spell:
    """A position in the making. Compared by identity: two spells of one status are still two."""

    status: Status
    starts: Day
    claims: list[Claim]
    upheld: date
    """The last day on which a claim upheld it."""
    provisional: bool
    rules: set[Rule]
    open_start: bool = False
    unseen: bool = False
    """Whether it began without being seen, so that an earlier sighting moves its start (rule 8)."""
    exceptions: list[Claim] = field(default_factory=list)
    ended: Day | None = None
    """Where it ends by the general rule rather than by a successor (rule 9)."""
    _held: set[Claim] = field(default_factory=set, init=False, repr=False)
    """Its claims again, to be looked up: a spell can rest on thousands."""

    def __post_init__(self) -> None:
        self._held.update(self.claims)

    @property
    def first_day(self) -> date:
        return self.starts.latest

    @property
    def stating_limits(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.status is self.status or is_partial_refusal(claim)]

    def fresh_on(self, day: date) -> bool:
        """Whether the last confirmation is recent enough to answer a contradiction of ``day``."""
        return (day - self.upheld).days <= WORD_LASTS

    def rest_on(self, claims: list[Claim]) -> None:
        """Take these claims as all of its evidence."""
        self.claims, self._held = claims, set(claims)

    def join(self, claim: Claim, rule: Rule, *, confirms_until: date | None = None) -> None:
        """Take a claim as evidence; an official one ends being provisional (rule 7)."""
        if claim not in self._held:
            self._held.add(claim)
            self.claims.append(claim)
        self.rules.add(rule)
        if confirms_until:
            self.upheld = max(self.upheld, confirms_until)
        if self.provisional and claim.attribution.is_official and claim.status is self.status:
            self.provisional = False
            self.rules.add(Rule.PROVISIONAL)


@dataclass(eq=False, slots=True)
class Dispute:
    """A contested stretch in the making: whose days they are, and what each side says."""

    spell: Spell
    first: date
    challenger: Status
    standing_claims: list[Claim]
    challenger_claims: list[Claim]
    rule: Rule
    until: date | None = None
    outcome: Outcome = Outcome.OPEN
    limits_only: bool = False

    @property
    def is_open(self) -> bool:
        return self.outcome is Outcome.OPEN

    def close(self, outcome: Outcome, until: date) -> None:
        self.outcome, self.until = outcome, until


def is_partial_refusal(claim: Claim) -> bool:
    """Whether a refusal covers a part only, so that it limits what is supplied and does not contest it (rule 5)."""
    return claim.status is Status.WITHHELD and Condition.PARTIAL in claim.conditions


def is_partial(spell: Spell) -> bool:
    """Whether a spell of the supply track is limited to, or refused in, a part of the deliveries."""
    return any(Condition.PARTIAL in claim.conditions for claim in spell.claims)


def is_temporary_refusal(spell: Spell) -> bool:
    """Whether a spell of the supply track is a pause, or carries one as a limit."""
    return any(Condition.TEMPORARY in claim.conditions for claim in spell.stating_limits)


def limits_key(claims: Sequence[Claim]) -> tuple[frozenset[object], ...]:
    """What the claims limit, for telling a widening or narrowing from a repetition."""
    return (
        frozenset((area, claim.area_role) for claim in claims for area in claim.areas),
        frozenset(condition for claim in claims for condition in claim.conditions),
        frozenset(claim.depth_km for claim in claims if claim.depth_km is not None),
    )
