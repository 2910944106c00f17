"""The matrix in small: classes sum up what is said of their systems."""

from dashboard.charts.classes import ClassCell, by_class
from restrictions.domain.vocabulary import Status, WeaponKind
from restrictions.domain.weapons import WeaponNode, WeaponTree
from restrictions.queries.cells import Matrix, MatrixCell, MatrixColumn, MatrixRow

NAMES = {"any": "All weapons", "missile": "Missiles", "atacms": "ATACMS", "scalp": "SCALP", "mine": "Mines"}
TREE = WeaponTree.of(
    [
        WeaponNode("any", WeaponKind.ANY),
        WeaponNode("missile", WeaponKind.CLASS, "any"),
        WeaponNode("atacms", WeaponKind.SYSTEM, "missile"),
        WeaponNode("scalp", WeaponKind.SYSTEM, "missile"),
        WeaponNode("mine", WeaponKind.CLASS, "any"),
    ]
)


def cell(weapon: str, status: Status | None = None, answered_by: str = "own") -> MatrixCell:
    return MatrixCell(weapon, NAMES[weapon], str(status), status, answered_by=answered_by if status else "")


def grid(*cells: MatrixCell) -> tuple[tuple[str, ...], tuple[ClassCell, ...]]:
    columns = tuple(MatrixColumn(weapon, NAMES[weapon], 0) for weapon in ("any", "atacms", "scalp", "mine"))
    told = by_class(Matrix(columns, (MatrixRow("US", "United States", cells),), ()), tree=TREE, names=NAMES)
    ((name, found),) = told.rows
    assert name == "United States"
    return told.columns, found


def test_a_class_says_all_that_its_systems_say_what_permits_most_first() -> None:
    columns, found = grid(
        cell("any", Status.BANNED), cell("atacms", Status.BANNED), cell("scalp", Status.ALLOWED), cell("mine")
    )
    assert columns == ("All weapons", "Missiles")
    assert [[status for status, _ in one.answers] for one in found] == [["banned"], ["allowed", "banned"]]
    assert found[1].answers[0] == ("allowed", str(Status.ALLOWED))


def test_a_class_is_inherited_where_all_of_it_is() -> None:
    wider, own = cell("atacms", Status.BANNED, "any"), cell("scalp", Status.BANNED)
    assert [one.inherited for one in grid(wider, cell("scalp"))[1]] == [True]
    assert [one.inherited for one in grid(wider, own)[1]] == [False]


def test_what_nothing_is_known_of_has_no_column() -> None:
    assert grid(cell("any"), cell("mine")) == ((), ())
