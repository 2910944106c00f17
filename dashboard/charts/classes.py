"""The matrix of a day in small: what suppliers let a recipient do, by class of weapon. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from restrictions.domain.cells import ANSWERS
from restrictions.domain.weapons import ANY, WeaponTree
from restrictions.queries.cells import Matrix, MatrixCell


@dataclass(frozen=True, slots=True)
class ClassCell:
    """What holds of a class: each status that it or one of its systems has, what permits most first, with its words.

    ``inherited``: a wider rule answers for all of them.
    """

    answers: tuple[tuple[str, str], ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class ClassGrid:
    """The names of the classes that something is known of, and each supplier's name with its cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ClassCell, ...]], ...]


def by_class(shown: Matrix, *, tree: WeaponTree, names: Mapping[str, str]) -> ClassGrid:
    """The matrix with one column for weapons in general and one for each class, its systems in it."""
    classes = dict.fromkeys(_class_of(column.weapon, tree) for column in shown.columns)
    rows = [(row.supplier_name, _cells(row.cells, classes, tree)) for row in shown.rows]
    known = [at for at, _ in enumerate(classes) if any(cells[at].answers for _, cells in rows)]
    columns = tuple(names[one] for at, one in enumerate(classes) if at in known)
    return ClassGrid(columns, tuple((name, tuple(cells[at] for at in known)) for name, cells in rows))


def _class_of(weapon: str, tree: WeaponTree) -> str:
    """The widest class that the weapon stands in, short of weapons in general."""
    parent = tree.nodes[weapon].parent
    return weapon if parent is None or parent == ANY else _class_of(parent, tree)


def _cells(cells: Iterable[MatrixCell], classes: Iterable[str], tree: WeaponTree) -> list[ClassCell]:
    within: dict[str, list[MatrixCell]] = {one: [] for one in classes}
    for cell in cells:
        if cell.status:
            within[_class_of(cell.weapon, tree)].append(cell)
    return [_summed(found) for found in within.values()]


def _summed(cells: list[MatrixCell]) -> ClassCell:
    words = {cell.status: cell.label for cell in cells}
    answers = tuple((status.value, words[status]) for status in ANSWERS if status in words)
    return ClassCell(answers, inherited=bool(cells) and all(cell.inherited for cell in cells))
