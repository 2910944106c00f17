"""From accepted claims to positions: the codebook's numbered rules, one step after the other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from restrictions.domain.claims import Claim, FirstUse, Line, Settlement
from restrictions.domain.days import ONE_DAY
from restrictions.domain.limits import unite
from restrictions.domain.ordering import in_order
from restrictions.domain.positions import Position, Record, Silence, Stretch
from restrictions.domain.settling import settle
from restrictions.domain.silence import hear_silence
from restrictions.domain.spells import Dispute, Spell
from restrictions.domain.supply import hear, unstated_uses
from restrictions.domain.turns import Fold, Heard
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.weapons import WeaponTree
from restrictions.domain.weighing import GeneralTurn


def derive(
    claims: Iterable[Claim],
    settlements: Iterable[Settlement] = (),
    *,
    weapons: WeaponTree,
    uses: Sequence[FirstUse] = (),
) -> Record:
    """The positions, contested stretches and silence marks of one supplier and recipient.

    A pure function of its arguments: the order of the claims does not matter, retracted ones count for nothing.
    Raises KeyError for a weapon that the tree does not know. Source: codebook, "From claims to positions".
    """
    taken = in_order(claims)
    heard = hear(taken, weapons)
    folds = _fold_lines(heard, weapons)
    positions: list[Position] = []
    stretches: list[Stretch] = []
    silences: list[Silence] = []
    for line, fold in folds.items():
        levelled = _positions_of(line, fold)
        undisclosed, marks = hear_silence(line, _undisclosed(heard[line]), levelled)
        positions += [*levelled, *undisclosed]
        stretches += _stretches_of(line, fold, levelled)
        silences += marks
    positions += unstated_uses(positions)
    positions, stretches = settle(positions, stretches, settlements, {claim.key: claim for claim in taken})
    return Record(
        tuple(sorted((_first_used(position, uses) for position in positions), key=lambda p: (p.line, p.first_day))),
        tuple(sorted(stretches, key=lambda s: (s.line, s.first, s.challenger, s.challenger_claims))),
        tuple(sorted(silences, key=lambda s: (s.line, s.day, s.claim))),
    )


def _undisclosed(heard: list[Heard]) -> list[Claim]:
    return [item.claim for item in heard if item.claim.status is Status.UNDISCLOSED]


def _fold_lines(heard: dict[Line, list[Heard]], weapons: WeaponTree) -> dict[Line, Fold]:
    """Fold the widest lines first, since their turns end narrower rules (rule 9)."""
    folds: dict[Line, Fold] = {}
    for line in sorted(heard, key=lambda line: (len(weapons.path(line.weapon)), line)):
        levelled = [item for item in heard[line] if item.claim.status is not Status.UNDISCLOSED]
        folds[line] = Fold(_general_turns(line, folds, weapons)).run(levelled)
    return folds


def _general_turns(line: Line, folds: dict[Line, Fold], weapons: WeaponTree) -> list[GeneralTurn]:
    if line.track is Track.SUPPLY:
        return []
    wider = weapons.wider(line.weapon)
    return [
        turn
        for other, fold in folds.items()
        if other.track is Track.USE and other.territory == line.territory and other.weapon in wider
        for turn in _turns_of(fold)
    ]


def _turns_of(fold: Fold) -> list[GeneralTurn]:
    pairs = zip(fold.spells, fold.spells[1:], strict=False)
    return [
        GeneralTurn(former.status, spell.starts)
        for former, spell in pairs
        if former.status is not spell.status and former.ended is None
    ]


def _positions_of(line: Line, fold: Fold) -> list[Position]:
    successors = [*fold.spells[1:], None]
    return [_position(line, spell, after) for spell, after in zip(fold.spells, successors, strict=False)]


def _position(line: Line, spell: Spell, after: Spell | None) -> Position:
    ends = spell.ended or (after.starts if after else None)
    keys = dict.fromkeys(claim.key for claim in spell.claims)
    return Position(
        line=line,
        status=spell.status,
        starts=spell.starts,
        ends=ends,
        open_start=spell.open_start,
        limits=unite(spell.stating_limits, spell.exceptions, spell.first_day, ends.latest if ends else None),
        evidence=tuple(keys),
        announced=min((claim.published for claim in spell.claims), key=lambda day: (day.latest, day.earliest)),
        last_confirmed=min(spell.upheld, ends.latest) if ends else spell.upheld,
        provisional=spell.provisional,
        rules=tuple(sorted(spell.rules, key=int)),
    )


def _stretches_of(line: Line, fold: Fold, positions: list[Position]) -> list[Stretch]:
    by_spell = {id(spell): position for spell, position in zip(fold.spells, positions, strict=True)}
    return [_stretch(line, dispute, by_spell[id(dispute.spell)]) for dispute in fold.disputes]


def _stretch(line: Line, dispute: Dispute, position: Position) -> Stretch:
    """A dispute as a stretch, clipped to its position; it keeps one day at least, so that no claim is lost."""
    last = position.until or date.max
    first = min(max(dispute.first, position.first_day), last - ONE_DAY)
    until = position.until if dispute.until is None else max(first + ONE_DAY, min(dispute.until, last))
    return Stretch(
        line=line,
        first=first,
        until=until,
        standing=position.status,
        challenger=dispute.challenger,
        standing_claims=tuple(dict.fromkeys(claim.key for claim in dispute.standing_claims)),
        challenger_claims=tuple(dict.fromkeys(claim.key for claim in dispute.challenger_claims)),
        outcome=dispute.outcome,
        rule=dispute.rule,
        limits_only=dispute.limits_only,
    )


def _first_used(position: Position, uses: Sequence[FirstUse]) -> Position:
    if position.line.track is Track.SUPPLY:
        return position
    seen = [
        use.day
        for use in uses
        if (use.weapon, use.territory) == (position.line.weapon, position.line.territory)
        and position.covers(use.day.latest)
    ]
    return replace(position, first_used=min(seen, key=lambda day: day.latest)) if seen else position
