"""Two days, two suppliers or two states of knowledge side by side: what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.comparing import Key, Pair, answers, differing, of_supplier
from restrictions.domain.resolution import Answer
from restrictions.domain.vocabulary import Track
from restrictions.domain.weapons import ANY
from restrictions.queries.bare import Towards, towards
from restrictions.queries.codes import Codes
from restrictions.queries.compared import Comparison, DifferenceRow, Stated
from restrictions.queries.held import Shown
from restrictions.queries.phrases import conditions_of, days_words, said_limits
from restrictions.words import status_label, unaccented


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a day, a state of knowledge, and a supplier where two of them are compared."""

    on: date
    clock: Clock = NOW
    supplier: str = ""


def comparison(first: Side, second: Side, *, recipient: str, territory: str, codes: Codes) -> Comparison:
    """What the second side says otherwise than the first: three queries at most for each state of knowledge, and
    one for each side."""
    known = {clock: towards(recipient, clock=clock) for clock in {first.clock, second.clock}}
    said = [_said(side, known[side.clock], codes, territory) for side in (first, second)]
    pairs = differing(*said)
    rows = _Rows([known[side.clock] for side in (first, second)], codes)
    own = {key for answered in said for key, answer in answered.items() if answer.level == key[1]}
    return Comparison(rows=rows.of(pairs), alike=len(own) - len(pairs))


def _said(side: Side, known: Towards, codes: Codes, territory: str) -> dict[Key, Answer]:
    found = answers(known.bare.values(), codes.tree, territory=territory, on=side.on)
    return of_supplier(found, side.supplier) if side.supplier else found


class _Rows:
    """Pairs as rows, with names and the numbers of the stored positions of either side."""

    def __init__(self, known: list[Towards], codes: Codes) -> None:
        self._known, self._codes = known, codes
        self._shown: list[Mapping[int, Shown]] = []

    def of(self, pairs: list[Pair]) -> tuple[DifferenceRow, ...]:
        """Use before supply; suppliers of whom both sides speak before those of whom one does; general rules first."""
        answered = ([pair.first for pair in pairs], [pair.second for pair in pairs])
        self._shown = [self._of_side(known, side) for known, side in zip(self._known, answered, strict=True)]
        rows = [self._row(pair) for pair in pairs]
        spoken_of = {(row.supplier, row.track) for row in rows if not row.one_sided}
        return tuple(sorted(rows, key=lambda row: _place(row, (row.supplier, row.track) in spoken_of)))

    @staticmethod
    def _of_side(known: Towards, answers: list[Answer]) -> Mapping[int, Shown]:
        positions = [answer.position for answer in answers if answer.position]
        return known.shown([known.number_of[id(position)] for position in positions])

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
        number = self._known[side].number_of[id(position)]
        return Stated(
            status=position.status,
            label=status_label(position.status, conditions_of(position)),
            limits=said_limits(position, self._codes),
            position=number,
            days=days_words(position.starts, position.ends, open_start=position.open_start),
            wider="" if answer.level == weapon else self._codes.weapons.get(answer.level, answer.level),
            provisional=position.provisional,
            disputed=bool(self._shown[side][number]["stretches"]),
        )


def _place(row: DifferenceRow, spoken_of: bool) -> tuple[bool, bool, str, bool, str]:
    return (
        row.track is Track.SUPPLY,
        not spoken_of,
        unaccented(row.supplier_name),
        row.weapon != ANY,
        unaccented(row.weapon_name),
    )
