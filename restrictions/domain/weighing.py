"""What a claim is to the spell in force: the questions that the codebook's rules ask of the two."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.days import ONE_DAY, Day
from restrictions.domain.spells import Spell, is_partial, is_partial_refusal, limits_key
from restrictions.domain.vocabulary import Act, Status, track_of


@dataclass(frozen=True, slots=True)
class GeneralTurn:
    """A change of status of a wider rule, which ends narrower rules of the same former status (rule 9)."""

    former: Status
    starts: Day


def earliest_successor(spell: Spell) -> date:
    """The first day on which another spell may start: it keeps the days on which it was upheld, and one at least."""
    return max(spell.upheld, spell.first_day + ONE_DAY)


def opened_by_sets(spell: Spell) -> bool:
    """Whether a decision opened it: not a report of a standing rule, nor what a text gives as past."""
    return spell.claims[0].act is Act.SETS and not spell.open_start


def said_the_same_day(claim: Claim, current: Spell) -> bool:
    """Whether a claim came out on the day of the one that opened the spell, and does not describe a turn from it."""
    same_day = claim.said_on == current.claims[0].said_on
    return same_day and (claim.prior is not current.status or claim.said_on <= current.first_day)


def agrees(claim: Claim, current: Spell) -> bool:
    """Rule 3; and a refusal in part agrees with a word that deliveries go on (rule 5)."""
    if claim.status is current.status:
        return True
    goes_on = claim.status is Status.SUPPLIED and claim.act is not Act.SETS
    return goes_on and current.status is Status.WITHHELD and is_partial(current)


def changes_limits(claim: Claim, current: Spell) -> bool:
    """Whether a claim widens or narrows: its `prior` is its own status, or the refusal in part that it ends."""
    # The spell's claims are gone through last: a decision that is told a thousand times joins as often.
    ends_part = claim.status is Status.SUPPLIED and claim.prior is Status.WITHHELD and is_partial(current)
    repeats = claim.prior is claim.status or ends_part
    return repeats and limits_key([claim]) != limits_key(current.stating_limits)


def withdraws(claim: Claim, current: Spell, former: Spell) -> bool:
    """Rule 7: a denial, or an official word for the former status, while the provisional one is fresh."""
    says_so = claim.act is Act.DENIES or claim.attribution.is_official
    goes_on = former.ended is None and former.status is claim.status
    return current.provisional and says_so and goes_on and current.fresh_on(claim.said_on)


def is_upheld_since(turn: GeneralTurn, claims: Iterable[Claim]) -> bool:
    """Whether a claim of that day or later upholds the former status against the general rule.

    A claim that comes after another decision on the line upholds what was decided then, not the former rule.
    """
    for claim in claims:
        if claim.said_on < turn.starts.latest:
            continue
        if claim.status is turn.former and (claim.act is not Act.SETS or claim.prior is turn.former):
            return True
        if claim.act is Act.SETS and claim.status is not turn.former:
            return False
    return False


def as_limit_on_supply(claim: Claim, current: Spell) -> Claim:
    """A partial refusal beside `supplied` is a limit on it (rule 5)."""
    if is_partial_refusal(claim) and current.status is Status.SUPPLIED:
        return replace(claim, status=Status.SUPPLIED)
    return claim


def has_prior_of_its_track(claim: Claim) -> bool:
    if claim.prior is None or claim.prior is claim.status or claim.prior is Status.UNDISCLOSED:
        return False
    return track_of(claim.prior) is claim.line.track
