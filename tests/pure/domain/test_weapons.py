"""The order in which rules answer for a weapon."""

import pytest

from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import WeaponNode, WeaponTree
from tests.pure.domain.claims import TREE


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("any", ["any"]),
        ("long_range", ["long_range", "any"]),
        ("ballistic_missile", ["ballistic_missile", "long_range", "any"]),
        ("atacms", ["atacms", "ballistic_missile", "long_range", "any"]),
        ("himars", ["himars", "rocket_artillery", "any"]),
        ("glsdb", ["glsdb", "rocket_artillery", "long_range", "any"]),
    ],
)
def test_rules_answer_from_narrow_to_wide(code: str, path: list[str]) -> None:
    assert list(TREE.path(code)) == path
    assert list(TREE.wider(code)) == path[1:]
    assert TREE.path(code) is TREE.path(code)


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("any", "atacms", True),
        ("long_range", "atacms", True),
        ("long_range", "glsdb", True),
        ("long_range", "himars", False),
        ("atacms", "ballistic_missile", False),
        ("atacms", "atacms", False),
    ],
)
def test_what_a_rule_covers(wide: str, narrow: str, covers: bool) -> None:
    assert TREE.covers(wide, narrow) is covers


@pytest.mark.parametrize(
    ("weapon", "asked", "is_asked"),
    [
        ("atacms", ["atacms"], True),
        ("atacms", ["himars", "ballistic_missile"], True),
        ("ballistic_missile", ["atacms"], False),
        ("any", ["any"], True),
        ("atacms", ["any"], False),
        ("atacms", [], False),
    ],
)
def test_a_class_asks_for_its_systems_and_the_general_rule_for_itself(
    weapon: str, asked: list[str], is_asked: bool
) -> None:
    assert TREE.is_asked(weapon, asked) is is_asked


def test_a_weapon_that_is_not_in_the_tree() -> None:
    assert TREE.known("atacms")
    assert not TREE.known("trebuchet")
    with pytest.raises(KeyError):
        TREE.path("trebuchet")


def test_a_circle_in_a_tree_that_was_never_checked_ends() -> None:
    tree = WeaponTree.of(
        [WeaponNode("a", WeaponKind.CLASS, "b"), WeaponNode("b", WeaponKind.CLASS, "a", long_range=True)]
    )
    assert tree.path("a") == ("a", "b", "long_range", "any")
