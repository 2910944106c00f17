"""The matrix of a day: for each supplier and weapon the rule that answers, or which kind of nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from restrictions.domain.cells import ANSWERS, Cell, Cells, turning_days
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Role
from restrictions.queries.bars import OWN
from restrictions.queries.cells import UNKNOWN, Matrix, MatrixCell, MatrixColumn, MatrixRow
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held
from restrictions.queries.phrases import conditions_of, said_limits
from restrictions.queries.shown import positions_towards
from restrictions.words import status_label, unaccented, unchecked_label


def matrix(*, recipient: str, territory: str, on: date, today: date, codes: Codes, clock: Clock = NOW) -> Matrix:
    """Every supplier that the record knows towards this recipient, by weapon, on a day: one query beside the codes.

    Weapons are those that any position names; a supplier has a row once anything is recorded of it, on whatever day.
    """
    held = positions_towards(recipient, clock=clock)
    positions = [item.position for item in held.values()]
    columns = _columns({position.line.weapon for position in positions}, codes)
    rows = [
        _row(supplier, numbered, positions, columns, codes, territory=territory, on=on)
        for supplier, numbered in _by_supplier(held).items()
    ]
    turns = turning_days(positions, territory=territory, until=today)
    return Matrix(columns=columns, rows=tuple(sorted(rows, key=_rank)), turns=turns)


def _columns(weapons: Iterable[str], codes: Codes) -> tuple[MatrixColumn, ...]:
    """The weapons in the order of the tree."""
    return tuple(MatrixColumn(weapon, codes.weapons[weapon], depth) for weapon, depth in codes.in_tree_order(weapons))


def _by_supplier(held: Mapping[int, Held]) -> dict[str, dict[int, Held]]:
    """Positions of each supplier; a state that only gives its consent to others' weapons supplies nothing."""
    found: dict[str, dict[int, Held]] = {}
    for number, item in held.items():
        if item.position.line.role is Role.SUPPLIER:
            found.setdefault(item.position.line.supplier, {})[number] = item
    return found


def _row(
    supplier: str,
    numbered: Mapping[int, Held],
    everything: Sequence[Position],
    columns: Sequence[MatrixColumn],
    codes: Codes,
    *,
    territory: str,
    on: date,
) -> MatrixRow:
    consents = [position for position in everything if position.line.supplier != supplier]
    cells = Cells([item.position for item in numbered.values()], consents, codes.tree, territory=territory)
    number_of = {id(item.position): number for number, item in numbered.items()}
    return MatrixRow(
        supplier,
        codes.countries.get(supplier, supplier),
        tuple(_cell(column, cells.at(column.weapon, on), number_of, numbered, codes, on=on) for column in columns),
    )


def _cell(
    column: MatrixColumn,
    cell: Cell,
    number_of: Mapping[int, int],
    numbered: Mapping[int, Held],
    codes: Codes,
    *,
    on: date,
) -> MatrixCell:
    position = cell.answer.position
    if position is None or cell.status is None:
        return MatrixCell(column.weapon, column.name, unchecked_label())
    number = number_of[id(position)]
    conditions = conditions_of(position)
    binding, binding_label = _binding(cell)
    level = cell.answer.level
    return MatrixCell(
        weapon=column.weapon,
        weapon_name=column.name,
        label=status_label(cell.status, conditions),
        status=cell.status,
        position=number,
        answered_by=OWN if level == column.weapon else level,
        answered_by_name=codes.weapons[level],
        limits=said_limits(position, codes),
        supply=cell.supply,
        binding=binding,
        binding_label=binding_label,
        consents=tuple(codes.countries.get(one.line.supplier, one.line.supplier) for one in cell.binding.consents),
        possible=tuple(status_label(status) for status in cell.possible),
        provisional=position.provisional,
        disputed=_is_disputed(numbered[number], on),
    )


def _binding(cell: Cell) -> tuple[str, str]:
    """What binds where a consent lowers the rule: its code and label."""
    bound = cell.binding
    if not bound.consents or bound.status is cell.status:
        return "", ""
    return (UNKNOWN, "") if bound.status is None else (bound.status.value, status_label(bound.status))


def _is_disputed(held: Held, on: date) -> bool:
    return any(
        date.fromisoformat(stretch["first"]) <= on
        and (stretch["until"] is None or on < date.fromisoformat(stretch["until"]))
        for stretch in held.shown["stretches"]
    )


def _rank(row: MatrixRow) -> tuple[int, str]:
    """By the general rule, what permits most first; then by name."""
    general = row.cells[0].status
    return (ANSWERS.index(general) if general in ANSWERS else len(ANSWERS), unaccented(row.supplier_name))
