"""The matrix of a day: for each supplier and weapon the rule that answers, or which kind of nothing."""

from collections.abc import Iterable, Mapping
from datetime import date

from restrictions.domain.cells import ANSWERS, Cell, Cells
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.positions import Position, of_suppliers
from restrictions.domain.vocabulary import Role, Status
from restrictions.queries.bars import OWN
from restrictions.queries.cells import UNKNOWN, Matrix, MatrixCell, MatrixColumn, MatrixRow
from restrictions.queries.codes import Codes
from restrictions.queries.day import Around, OnDay, around
from restrictions.queries.phrases import conditions_of, said_limits
from restrictions.words import status_label, unaccented, unchecked_label


def matrix(*, recipient: str, territory: str, on: date, today: date, codes: Codes, clock: Clock = NOW) -> Matrix:
    """Every supplier that the record knows towards this recipient, by weapon, on a day: two queries beside the codes,
    and one more where the record has changed since it was last asked.

    Weapons are those that any position names; a supplier has a row once anything is recorded of it, on whatever day.
    """
    found = around(recipient=recipient, territory=territory, on=on, clock=clock)
    columns = _columns(found.recorded.weapons, codes)
    day = _Day(found, columns, codes, territory=territory, on=on)
    rows = sorted((day.row(supplier) for supplier in found.recorded.lines), key=_rank)
    turns = tuple(turn for turn in found.recorded.turns if turn <= today)
    return Matrix(columns=columns, rows=tuple(rows), turns=turns)


def _columns(weapons: Iterable[str], codes: Codes) -> tuple[MatrixColumn, ...]:
    """The weapons in the order of the tree."""
    return tuple(MatrixColumn(weapon, codes.weapons[weapon], depth) for weapon, depth in codes.in_tree_order(weapons))


class _Day:
    """The cells of a day. A state that only gives its consent to others' weapons supplies nothing, and has no row."""

    def __init__(
        self, found: Around, columns: tuple[MatrixColumn, ...], codes: Codes, *, territory: str, on: date
    ) -> None:
        self._lines, self._columns, self._codes = found.recorded.lines, columns, codes
        self._territory, self._on = territory, on
        self._nothing = {one.weapon: MatrixCell(one.weapon, one.name, unchecked_label()) for one in columns}
        self._consents = [one.position for one in found.near.values() if one.position.line.role is Role.CONSENT]
        self._number_of = {id(one.position): number for number, one in found.near.items()}
        self._near: Mapping[int, OnDay] = found.near
        self._own = of_suppliers(one.position for one in found.near.values())
        self._said: dict[object, tuple[str, str]] = {}

    def row(self, supplier: str) -> MatrixRow:
        """One supplier by weapon."""
        consents = [consent for consent in self._consents if consent.line.supplier != supplier]
        tree, lines = self._codes.tree, self._lines[supplier]
        cells = Cells(self._own.get(supplier, ()), consents, tree, territory=self._territory, lines=lines)
        told = (
            # No rule of any width answers for a weapon that none of the supplier's lines names.
            self._cell(column, cells.at(column.weapon, self._on))
            if column.weapon in lines.named
            else self._nothing[column.weapon]
            for column in self._columns
        )
        return MatrixRow(supplier, self._codes.countries.get(supplier, supplier), tuple(told))

    def _cell(self, column: MatrixColumn, cell: Cell) -> MatrixCell:
        position, status = cell.answer.position, cell.status
        if position is None or status is None:
            return self._nothing[column.weapon]
        number, level, codes = self._number_of[id(position)], cell.answer.level, self._codes
        label, limits = self._words(position, status)
        binding, binding_label = _binding(cell)
        return MatrixCell(
            weapon=column.weapon,
            weapon_name=column.name,
            label=label,
            status=status,
            position=number,
            answered_by=OWN if level == column.weapon else level,
            answered_by_name=codes.weapons[level],
            limits=limits,
            supply=cell.supply,
            binding=binding,
            binding_label=binding_label,
            consents=tuple(codes.countries.get(one.line.supplier, one.line.supplier) for one in cell.binding.consents),
            possible=tuple(status_label(status) for status in cell.possible),
            provisional=position.provisional,
            disputed=self._near[number].disputed,
        )

    def _words(self, position: Position, status: Status) -> tuple[str, str]:
        """The label and the limits, put into words once for all positions that say the same."""
        limits = tuple(limit.confines for limit in position.limits)
        said = (status, position.status, limits)
        if said not in self._said:
            self._said[said] = status_label(status, conditions_of(position)), said_limits(position, self._codes)
        return self._said[said]


def _binding(cell: Cell) -> tuple[str, str]:
    """What binds where a consent lowers the rule: its code and label."""
    bound = cell.binding
    if not bound.consents or bound.status is cell.status:
        return "", ""
    return (UNKNOWN, "") if bound.status is None else (bound.status.value, status_label(bound.status))


def _rank(row: MatrixRow) -> tuple[int, str]:
    """By the general rule, what permits most first; then by name."""
    general = row.cells[0].status
    return (ANSWERS.index(general) if general in ANSWERS else len(ANSWERS), unaccented(row.supplier_name))
