"""What a decision would change: the difference between two derivations, in words a curator understands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from restrictions.domain.claims import Claim, Line, Settlement
from restrictions.domain.days import Day, exact
from restrictions.domain.derivation import derive
from restrictions.domain.matching import match
from restrictions.domain.positions import Limit, Outcome, Position, Record, Silence, Stretch
from restrictions.domain.vocabulary import Status
from restrictions.domain.weapons import WeaponTree


class ChangeKind(StrEnum):
    """One kind of difference between two derivations of a line."""

    STARTS = "starts"
    TURNS = "turns"
    GOES = "goes"
    ENDS = "ends"
    GOES_ON = "goes_on"
    STATUS = "status"
    MOVES_START = "moves_start"
    LIMITS = "limits"
    CONFIRMED = "confirmed"
    DOUBTED = "doubted"
    JOINS = "joins"
    LEAVES = "leaves"
    PRACTICE = "practice"
    CONTESTED = "contested"
    DISPUTE = "dispute"
    RESOLVED = "resolved"
    SILENCE = "silence"
    SILENCE_GONE = "silence_gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the position before and after where there is one, and the stretch or mark it is about."""

    kind: ChangeKind
    line: Line
    before: Position | None = None
    after: Position | None = None
    stretch: Stretch | None = None
    silence: Silence | None = None


class Words(Protocol):
    """How codes and days are said to people; ``restrictions.words`` has it in the reader's language."""

    def status(self, status: Status, limits: Sequence[Limit]) -> str: ...
    def limits(self, limits: Sequence[Limit]) -> str: ...
    def day(self, day: Day) -> str: ...
    def when(self, day: Day) -> str: ...
    def say(self, sentence: str, **parts: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """All differences that a decision makes, and the two records that differ."""

    changes: tuple[Change, ...]
    before: Record
    after: Record


def plan(claim: Claim, claims: Iterable[Claim], settlements: Iterable[Settlement] = (), *, weapons: WeaponTree) -> Plan:
    """What accepting ``claim`` beside the ``claims`` already accepted would change.

    ``claims`` may hold the claim itself; it is left out of the record before.
    """
    others = [item for item in claims if item.key != claim.key]
    rulings = list(settlements)
    before = derive(others, rulings, weapons=weapons)
    after = derive([*others, claim], rulings, weapons=weapons)
    return Plan(tuple(difference(before, after)), before, after)


def difference(before: Record, after: Record) -> list[Change]:
    """All changes from one record to another, line by line, in the order of days."""
    lines = {item.line for record in (before, after) for item in record.positions}
    changes: list[Change] = []
    for line in sorted(lines):
        old = [position for position in before.positions if position.line == line]
        new = [position for position in after.positions if position.line == line]
        changes += _line_changes(line, old, new)
    changes += _stretch_changes(before.stretches, after.stretches)
    changes += _silence_changes(before.silences, after.silences)
    return changes


def _line_changes(line: Line, old: list[Position], new: list[Position]) -> Iterator[Change]:
    pairs = match(old, new)
    became = {id(after): before for before, after in pairs if before and after}
    turned_away = set()
    for at, after in enumerate(new):
        if id(after) in became:
            continue
        former = new[at - 1] if at else None
        if former and id(former) in became and former.until == after.first_day != became[id(former)].until:
            turned_away.add(id(former))
            yield Change(ChangeKind.TURNS, line, former, after)
        else:
            yield Change(ChangeKind.STARTS, line, None, after)
    for before, became_of in pairs:
        if before and became_of is None:
            yield Change(ChangeKind.GOES, line, before, None)
        elif before and became_of:
            for kind in _differences(before, became_of, said_end=id(became_of) in turned_away):
                yield Change(kind, line, before, became_of)


def _differences(before: Position, after: Position, *, said_end: bool) -> Iterator[ChangeKind]:
    if before.status is not after.status:
        yield ChangeKind.STATUS
    if (before.starts, before.open_start) != (after.starts, after.open_start):
        yield ChangeKind.MOVES_START
    if before.ends != after.ends and not said_end:
        yield ChangeKind.ENDS if after.ends else ChangeKind.GOES_ON
    if _stated(before) != _stated(after):
        yield ChangeKind.LIMITS
    if before.provisional != after.provisional:
        yield ChangeKind.DOUBTED if after.provisional else ChangeKind.CONFIRMED
    if before.practice != after.practice:
        yield ChangeKind.PRACTICE
    if set(after.evidence) - set(before.evidence):
        yield ChangeKind.JOINS
    elif set(before.evidence) - set(after.evidence):
        yield ChangeKind.LEAVES


def _stated(position: Position) -> set[tuple[str, str, date]]:
    return {(limit.kind, limit.value, limit.holds_from) for limit in position.limits}


def _stretch_changes(old: Sequence[Stretch], new: Sequence[Stretch]) -> Iterator[Change]:
    gone = [stretch for stretch in old if stretch not in new]
    for stretch in new:
        if stretch in old:
            continue
        before = next((item for item in gone if _same_dispute(item, stretch)), None)
        if before:
            gone.remove(before)
        yield Change(_stretch_change(before, stretch), stretch.line, stretch=stretch)
    for stretch in gone:
        yield Change(ChangeKind.RESOLVED, stretch.line, stretch=stretch)


def _same_dispute(before: Stretch, after: Stretch) -> bool:
    same_side = (before.line, before.challenger) == (after.line, after.challenger)
    return same_side and not set(before.challenger_claims).isdisjoint(after.challenger_claims)


def _stretch_change(before: Stretch | None, after: Stretch) -> ChangeKind:
    if before is None:
        return ChangeKind.CONTESTED
    ends = before.outcome is Outcome.OPEN and after.outcome is not Outcome.OPEN
    return ChangeKind.RESOLVED if ends else ChangeKind.DISPUTE


def _silence_changes(old: Sequence[Silence], new: Sequence[Silence]) -> Iterator[Change]:
    for silence in new:
        if silence not in old:
            yield Change(ChangeKind.SILENCE, silence.line, silence=silence)
    for silence in old:
        if silence not in new:
            yield Change(ChangeKind.SILENCE_GONE, silence.line, silence=silence)


_SENTENCES = {
    ChangeKind.STARTS: "starts *{after}* {since}",
    ChangeKind.TURNS: "ends *{before}*, starts *{after}* {since}",
    ChangeKind.GOES: "removes the position *{before}* that starts {from_}",
    ChangeKind.ENDS: "ends *{after}* {end}",
    ChangeKind.GOES_ON: "lets *{after}* go on with no end known",
    ChangeKind.STATUS: "turns *{before}* into *{after}* {since}",
    ChangeKind.MOVES_START: "moves the start of *{after}*: before {from_}, now {since}",
    ChangeKind.LIMITS: "changes the limits of the position that starts {since}: now {limits}",
    ChangeKind.CONFIRMED: "confirms the position that starts {since}, provisional until now",
    ChangeKind.DOUBTED: "makes the position that starts {since} provisional",
    ChangeKind.JOINS: "joins the evidence of the position that starts {since}",
    ChangeKind.LEAVES: "leaves the evidence of the position that starts {since}",
    ChangeKind.PRACTICE: "notes *{practice}* as the practice in the position that starts {since}",
    ChangeKind.CONTESTED: "makes *{standing}* contested by *{challenger}* {stretch}",
    ChangeKind.RESOLVED: "ends the dispute of *{standing}* with *{challenger}* {stretch}",
    ChangeKind.DISPUTE: "changes the dispute of *{standing}* with *{challenger}*: now {stretch}",
    ChangeKind.SILENCE: "marks a refusal to say {silence}",
    ChangeKind.SILENCE_GONE: "removes the mark of a refusal to say {silence}",
}
# A day on which a position is first known to hold is not the day on which it starts (rule 10).
_OPEN_STARTS = {
    ChangeKind.STARTS: "starts *{after}*: start not known, first known to hold {since}",
    ChangeKind.TURNS: "ends *{before}*, starts *{after}*: start not known, first known to hold {since}",
}
SENTENCES = (*_SENTENCES.values(), *_OPEN_STARTS.values())
"""All sentences, so that the catalogue of translations can be checked to hold them."""


def describe(change: Change, words: Words) -> str:
    """One change as a sentence without a subject; what stands between asterisks is a status in words."""
    parts = {**_position_parts(change, words), **_other_parts(change, words)}
    sentences = _SENTENCES | _OPEN_STARTS if change.after and change.after.open_start else _SENTENCES
    return words.say(sentences[change.kind], **parts)


def _position_parts(change: Change, words: Words) -> dict[str, str]:
    parts: dict[str, str] = {}
    if change.before:
        parts["before"] = words.status(change.before.status, change.before.limits)
        parts["from_"] = words.when(change.before.starts)
    if change.after:
        parts["after"] = words.status(change.after.status, change.after.limits)
        parts["since"] = words.when(change.after.starts)
        parts["limits"] = words.limits(change.after.limits) or words.say("none")
        parts["end"] = words.when(change.after.ends) if change.after.ends else ""
        practice = change.after.practice or change.after.status
        parts["practice"] = words.status(practice, ())
    return parts


def _other_parts(change: Change, words: Words) -> dict[str, str]:
    parts: dict[str, str] = {}
    if change.stretch:
        parts["standing"] = words.status(change.stretch.standing, ())
        parts["challenger"] = words.status(change.stretch.challenger, ())
        parts["stretch"] = _contested_days(change.stretch, words)
    if change.silence:
        parts["silence"] = words.when(exact(change.silence.day))
    return parts


def _contested_days(stretch: Stretch, words: Words) -> str:
    first = words.day(exact(stretch.first))
    if stretch.until is None:
        return words.say("from {first} on", first=first)
    return words.say("from {first} until {until}", first=first, until=words.day(exact(stretch.until)))
