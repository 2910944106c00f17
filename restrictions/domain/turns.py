"""One line's claims, folded in the order of rule 1 into spells and disputes (rules 2, 4, 7, 8, 10, 13, 14)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from restrictions.domain.claims import Claim
from restrictions.domain.days import ONE_DAY, Day, between, exact
from restrictions.domain.ordering import is_exception
from restrictions.domain.positions import Outcome
from restrictions.domain.rules import Rule
from restrictions.domain.spells import Dispute, Spell, is_temporary_refusal
from restrictions.domain.vocabulary import Act, Status
from restrictions.domain.weighing import (
    GeneralTurn,
    agrees,
    as_limit_on_supply,
    changes_limits,
    earliest_successor,
    has_prior_of_its_track,
    is_upheld_since,
    opened_by_sets,
    said_the_same_day,
    withdraws,
)


class Bearing(StrEnum):
    """How a claim bears on a line: by its own words, or by what follows from them (rule 5)."""

    OWN = "own"
    RESUMES = "resumes"
    CONFIRMS = "confirms"


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as heard on one line."""

    claim: Claim
    bearing: Bearing = Bearing.OWN


class Fold:
    """The spells and disputes of one line after the claims taken so far. Spells are in the order of time."""

    def __init__(self, general_turns: Iterable[GeneralTurn] = ()) -> None:
        self.spells: list[Spell] = []
        self.disputes: list[Dispute] = []
        self._general = sorted(general_turns, key=lambda turn: turn.starts.latest)

    def run(self, heard: list[Heard]) -> "Fold":
        """Take claims that are already in the order of rule 1."""
        claims = [item.claim for item in heard]
        for item in heard:
            self._follow_general_rule(claims, before=item.claim)
            self._take(item)
        self._follow_general_rule(claims)
        return self

    @property
    def current(self) -> Spell | None:
        """The spell in force, if any."""
        return self.spells[-1] if self.spells and self.spells[-1].ended is None else None

    def _take(self, item: Heard) -> None:
        claim, current = item.claim, self.current
        if item.bearing is Bearing.CONFIRMS:
            self._confirm_supply(claim)
        elif item.bearing is Bearing.RESUMES:
            self._resume(claim)
        elif current is None:
            self._open_first(claim)
        elif is_exception(claim) and current.status in (Status.CONDITIONAL, Status.ALLOWED):
            self._except_areas(claim, current)
        else:
            self._weigh(as_limit_on_supply(claim, current), current)

    def _weigh(self, claim: Claim, current: Spell) -> None:
        """Weigh a claim against the spell in force: same turn, agreement, turn or contradiction."""
        same_turn = self._same_turn(claim) if claim.act is Act.SETS else None
        if same_turn:
            self._join_turn(claim, same_turn)
        elif agrees(claim, current):
            self._agree(claim, current)
        elif claim.act is Act.SETS:
            self._turn(claim, current)
        else:
            self._contradict(claim, current)

    # Rule 3 and what an agreeing claim does to limits, starts and disputes

    def _agree(self, claim: Claim, current: Spell) -> None:
        if claim.act is Act.SETS and changes_limits(claim, current):
            self._turn_to(claim, current)
        elif claim.act is Act.DENIES and self._denies_limits(claim, current):
            self._dispute(current, claim, rule=Rule.PROVISIONAL, limits_only=True)
        else:
            current.join(claim, Rule.AGREES, confirms_until=claim.said_on)
            self._move_start(claim, current)
            self._uphold(claim, current)

    def _denies_limits(self, claim: Claim, current: Spell) -> bool:
        """Whether a denial is of a turn in limits alone, which contests them and withdraws nothing (rule 7)."""
        former = self._before(current)
        return former is not None and former.status is current.status and current.fresh_on(claim.said_on)

    def _uphold(self, claim: Claim, current: Spell) -> None:
        """The next claim for the standing side ends what was contested (rule 8)."""
        for dispute in self._open_disputes(current):
            dispute.close(Outcome.UPHELD, claim.said_on)
            dispute.standing_claims.append(claim)

    def _move_start(self, claim: Claim, spell: Spell) -> None:
        """Let a claim for earlier days move a start, not before the former status was last upheld (rule 2)."""
        loose = spell.open_start or spell.unseen
        if spell.open_start and claim.act is Act.SETS and claim.starts.latest <= spell.first_day:
            spell.open_start = False
        if claim.starts.latest >= (spell.starts.latest if loose else spell.starts.earliest):
            return
        self._dispute_late_report(claim, self._before(spell))
        start = self._after_former(claim.starts, spell)
        if start.latest < spell.first_day:
            spell.starts = between(min(spell.starts.earliest, start.latest), start.latest) if spell.unseen else start
            spell.rules.add(Rule.SPEAKS_FOR)

    def _after_former(self, starts: Day, spell: Spell) -> Day:
        """A start clipped so that the spell before keeps the days on which it was upheld, and one day at least."""
        former = self._before(spell)
        if former is None:
            return starts
        if former.ended:
            return starts.not_before(former.ended.latest)
        return starts.not_before(earliest_successor(former))

    # Rule 4: turns

    def _same_turn(self, claim: Claim) -> Spell | None:
        """The spell of the same status whose possible start overlaps the claim's; the latest such."""
        for spell in reversed(self.spells):
            if spell.status is claim.status and not spell.open_start and spell.starts.overlaps(claim.starts):
                return spell
        return None

    def _join_turn(self, claim: Claim, spell: Spell) -> None:
        """Take a claim about the same turn; the narrower window wins."""
        in_force = spell is self.current
        spell.join(claim, Rule.TURN, confirms_until=claim.said_on if in_force else None)
        narrower = self._after_former(claim.starts, spell)
        if claim.starts.width < spell.starts.width and narrower.latest < self._last_possible_start(spell):
            spell.starts, spell.unseen = narrower, False
        if in_force:
            self._uphold(claim, spell)

    def _last_possible_start(self, spell: Spell) -> date:
        """The day before which a spell must begin, so that it lasts at least one day."""
        at = self.spells.index(spell) + 1
        if spell.ended:
            return spell.ended.latest
        return self.spells[at].first_day if at < len(self.spells) else date.max

    def _turn(self, claim: Claim, current: Spell) -> None:
        """A `sets` of another status than the one in force."""
        start = claim.starts.not_before(current.upheld)
        if opened_by_sets(current) and start.latest <= current.first_day:
            self._starts_coincide(claim, current)
        elif said_the_same_day(claim, current):
            self._dispute(current, claim, rule=Rule.ONE_DAY)
        else:
            self._turn_to(claim, current)

    def _turn_to(self, claim: Claim, current: Spell) -> None:
        if current.provisional and claim.attribution.is_official and claim.prior is current.status:
            current.provisional = False
            current.rules.add(Rule.PROVISIONAL)
        start = claim.starts.not_before(earliest_successor(current))
        self._dispute_late_report(claim, current)
        self._close(current, start)
        self._open(claim, start, Rule.TURN)

    def _starts_coincide(self, claim: Claim, current: Spell) -> None:
        """Two decisions of one start that disagree: contested on the one published later; neither is dropped."""
        former = self._before(current)
        if former and former.ended is None and former.status is claim.status:
            self._give_way(current, former, [claim], Rule.TURN)
            former.join(claim, Rule.TURN, confirms_until=claim.said_on)
            return
        later = self._open(claim, current.starts, Rule.TURN)
        self._give_way(current, later, [claim], Rule.TURN)

    # Rules 7 and 8: contradictions

    def _contradict(self, claim: Claim, current: Spell) -> None:
        former = self._before(current)
        if former and withdraws(claim, current, former):
            dispute = self._give_way(current, former, [claim], Rule.PROVISIONAL)
            dispute.close(Outcome.WITHDRAWN, claim.said_on + ONE_DAY)
            former.join(claim, Rule.PROVISIONAL, confirms_until=claim.said_on)
        elif current.fresh_on(claim.said_on):
            self._challenge(claim, current)
        else:
            self._turn_unseen(claim, current)

    def _give_way(self, current: Spell, other: Spell, claims: list[Claim], rule: Rule) -> Dispute:
        """Drop a spell for another; its claims become the challenging side of a stretch of the other."""
        self.spells.remove(current)
        self._hand_disputes(current, other)
        first = max(current.first_day, other.first_day)
        dispute = Dispute(other, first, current.status, claims, list(current.claims), rule)
        self.disputes.append(dispute)
        return dispute

    def _hand_disputes(self, old: Spell, new: Spell) -> None:
        """Carry the disputes of a dropped spell over; who challenged it for the other's status now supports that."""
        for item in [item for item in self.disputes if item.spell is old]:
            if item.challenger is new.status:
                self.disputes.remove(item)
                for claim in item.challenger_claims:
                    new.join(claim, item.rule)
            else:
                item.spell, item.limits_only = new, False

    def _challenge(self, claim: Claim, current: Spell) -> None:
        """A contradiction while the last confirmation is fresh: contested; the second of a kind turns the position."""
        running = [item for item in self._open_disputes(current) if item.challenger is claim.status]
        if not running:
            same_day = said_the_same_day(claim, current)
            self._dispute(current, claim, rule=Rule.ONE_DAY if same_day else Rule.CONTRADICTION)
        elif claim.said_on == running[0].challenger_claims[0].said_on:
            running[0].challenger_claims.append(claim)
        else:
            self._turn_by_second_word(claim, current, running[0].challenger_claims)

    def _turn_by_second_word(self, claim: Claim, current: Spell, earlier: list[Claim]) -> None:
        start = claim.published.not_before(earliest_successor(current))
        self._close(current, start)
        turned = self._open(claim, start, Rule.CONTRADICTION)
        turned.rest_on([*earlier, claim])
        turned.provisional = not any(item.attribution.is_official for item in turned.claims)

    def _turn_unseen(self, claim: Claim, current: Spell) -> None:
        """A late contradiction shows a turn that nobody saw, somewhere since the last confirmation (rule 8)."""
        earliest = earliest_successor(current)
        start = between(earliest, max(claim.starts.latest, earliest))
        self._dispute_late_report(claim, current)
        self._close(current, start)
        spell = self._open(claim, start, Rule.CONTRADICTION)
        spell.provisional, spell.unseen = True, True

    def _dispute(self, current: Spell, claim: Claim, *, rule: Rule, limits_only: bool = False) -> None:
        first = max(claim.starts.latest, current.first_day)
        self.disputes.append(
            Dispute(current, first, claim.status, list(current.claims), [claim], rule, limits_only=limits_only)
        )

    def _dispute_late_report(self, claim: Claim, former: Spell | None) -> None:
        """Days that a later report claims back, on which the former status was still upheld (rule 2)."""
        if former is None or former.ended or claim.starts.latest >= former.upheld:
            return
        first = max(claim.starts.latest, former.first_day)
        for item in self.disputes:
            if item.spell is former and item.outcome is Outcome.LATE_REPORT and item.challenger is claim.status:
                item.first = min(item.first, first)
                item.challenger_claims.append(claim)
                return
        dispute = Dispute(former, first, claim.status, list(former.claims), [claim], Rule.SPEAKS_FOR)
        dispute.close(Outcome.LATE_REPORT, former.upheld)
        self.disputes.append(dispute)

    # Rule 10: nothing in force

    def _open_first(self, claim: Claim) -> None:
        starts = claim.starts
        if self.spells and self.spells[-1].ended:
            starts = starts.not_before(self.spells[-1].ended.latest)
        if has_prior_of_its_track(claim):
            self._show_prior(claim, starts)
        if self.current:
            claim = as_limit_on_supply(claim, self.current)
        known = claim.act is Act.SETS or self.current is not None
        self._open(claim, starts, Rule.NOTHING_IN_FORCE).open_start = not known

    def _show_prior(self, claim: Claim, starts: Day) -> None:
        """The status that the text says held until then, on the day before and no more."""
        day_before = starts.latest - ONE_DAY
        if self.spells and self.spells[-1].ended and day_before < self.spells[-1].ended.latest:
            return
        prior = replace(claim, status=claim.prior or claim.status, conditions=frozenset(), areas=(), depth_km=None)
        spell = self._open(prior, exact(day_before), Rule.NOTHING_IN_FORCE)
        spell.upheld, spell.open_start = day_before, True

    # Rule 14

    def _except_areas(self, claim: Claim, current: Spell) -> None:
        current.exceptions.append(claim)
        current.join(claim, Rule.EXCEPTION)

    # Rule 5: what a rule of use, or a resumed class, says of supply

    def _confirm_supply(self, claim: Claim) -> None:
        current = self.current
        if current and current.status is Status.SUPPLIED:
            current.join(claim, Rule.SUPPLY, confirms_until=claim.said_on)
            current.provisional = False

    def _resume(self, claim: Claim) -> None:
        current = self.current
        if current and is_temporary_refusal(current) and claim.starts.latest > current.first_day:
            start = claim.starts.not_before(earliest_successor(current))
            self._close(current, start)
            self._open(claim, start, Rule.SUPPLY)

    # Rule 9

    def _follow_general_rule(self, claims: list[Claim], before: Claim | None = None) -> None:
        """End the spell in force where a wider rule of the same former status turned and no claim upholds it since."""
        while self._general and (before is None or self._general[0].starts.latest <= before.starts.latest):
            turn = self._general.pop(0)
            current = self.current
            if current is None or current.status is not turn.former or current.first_day >= turn.starts.latest:
                continue
            if not is_upheld_since(turn, claims):
                current.ended = turn.starts
                current.rules.add(Rule.GENERAL_RULE)
                self._close(current, turn.starts)

    # The lists

    def _open(self, claim: Claim, starts: Day, rule: Rule) -> Spell:
        provisional = not claim.attribution.is_official
        rules = {rule, Rule.PROVISIONAL} if provisional else {rule}
        spell = Spell(claim.status, starts, [claim], claim.said_on, provisional=provisional, rules=rules)
        self.spells.append(spell)
        return spell

    def _before(self, spell: Spell) -> Spell | None:
        at = self.spells.index(spell)
        return self.spells[at - 1] if at else None

    def _open_disputes(self, spell: Spell) -> list[Dispute]:
        return [item for item in self.disputes if item.spell is spell and item.is_open]

    def _close(self, current: Spell, start: Day) -> None:
        """End what is contested about a spell where its successor starts."""
        for dispute in self._open_disputes(current):
            dispute.close(Outcome.TURNED, start.latest)
