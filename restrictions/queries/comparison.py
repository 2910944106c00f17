"""Two days, two suppliers or two states of knowledge side by side: what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.comparing import Key, Pair, answers, differing, of_supplier
from restrictions.domain.resolution import Answer
from restrictions.domain.vocabulary import Track
from restrictions.domain.weapons import ANY
from restrictions.queries.codes import Codes
from restrictions.queries.compared import Comparison, DifferenceRow, Stated
from restrictions.queries.held import Held
from restrictions.queries.phrases import conditions_of, days_words, said_limits
from restrictions.queries.shown import positions_towards
from restrictions.words import status_label, unaccented


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a day, a state of knowledge, and a supplier where two of them are compared."""

    on: date
    clock: Clock = NOW
    supplier: str = ""


def comparison(first: Side, second: Side, *, recipient: str, territory: str, codes: Codes) -> Comparison:
    """What the second side says otherwise than the first: one query, or one for each state of knowledge."""
    held = {clock: positions_towards(recipient, clock=clock) for clock in {first.clock, second.clock}}
    said = [_said(side, held[side.clock], codes, territory) for side in (first, second)]
    pairs = differing(*said)
    rows = _Rows([held[side.clock] for side in (first, second)], codes)
    own = {key for answered in said for key, answer in answered.items() if answer.level == key[1]}
    return Comparison(rows=rows.of(pairs), alike=len(own) - len(pairs))


def _said(side: Side, held: Mapping[int, Held], codes: Codes, territory: str) -> dict[Key, Answer]:
    found = answers((item.position for item in held.values()), codes.tree, territory=territory, on=side.on)
    return of_supplier(found, side.supplier) if side.supplier else found


class _Rows:
    """Pairs as rows, with names and the numbers of the stored positions of either side."""

    def __init__(self, held: list[Mapping[int, Held]], codes: Codes) -> None:
        self._held, self._codes = held, codes
        self._number_of = [{id(item.position): number for number, item in some.items()} for some in held]

    def of(self, pairs: list[Pair]) -> tuple[DifferenceRow, ...]:
        """Use before supply; suppliers of whom both sides speak before those of whom one does; general rules first."""
        rows = [self._row(pair) for pair in pairs]
        spoken_of = {(row.supplier, row.track) for row in rows if not row.one_sided}
        return tuple(sorted(rows, key=lambda row: _place(row, (row.supplier, row.track) in spoken_of)))

    def _row(self, pair: Pair) -> DifferenceRow:
        codes = self._codes
        return DifferenceRow(
            supplier=pair.supplier,
            supplier_name=codes.countries.get(pair.supplier, pair.supplier),
            weapon=pair.weapon,
            weapon_name=codes.weapons.get(pair.weapon, pair.weapon),
            track=pair.track,
            difference=pair.difference,
            first=self._stated(0, pair.first, pair.weapon),
            second=self._stated(1, pair.second, pair.weapon),
        )

    def _stated(self, side: int, answer: Answer, weapon: str) -> Stated | None:
        position = answer.position
        if position is None:
            return None
        number = self._number_of[side][id(position)]
        return Stated(
            status=position.status,
            label=status_label(position.status, conditions_of(position)),
            limits=said_limits(position, self._codes),
            position=number,
            days=days_words(position.starts, position.ends, open_start=position.open_start),
            wider="" if answer.level == weapon else self._codes.weapons.get(answer.level, answer.level),
            provisional=position.provisional,
            disputed=bool(self._held[side][number].shown["stretches"]),
        )


def _place(row: DifferenceRow, spoken_of: bool) -> tuple[bool, bool, str, bool, str]:
    return (
        row.track is Track.SUPPLY,
        not spoken_of,
        unaccented(row.supplier_name),
        row.weapon != ANY,
        unaccented(row.weapon_name),
    )
