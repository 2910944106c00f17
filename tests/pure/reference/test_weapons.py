"""The codebook's weapons: the tree that rules climb, and what the file refuses."""

from pathlib import Path

import pytest

from restrictions.domain.vocabulary import WeaponKind
from restrictions.reference.countries import country_codes
from restrictions.reference.rows import ReferenceFileError
from restrictions.reference.weapons import load_weapons, weapon_tree

CODEBOOK = {
    "long_range": "",
    "ballistic_missile": "atacms",
    "cruise_missile": "storm_shadow scalp taurus tomahawk jassm eram",
    "rocket_artillery": "himars gmlrs mars2 glsdb m270 lru",
    "artillery": "caesar pzh2000 m777 archer d30",
    "combat_aircraft": "f16 mirage2000 gripen mig29 f35 eurofighter",
    "guided_bomb": "jdam aasm",
    "air_defence": "patriot nasams irist sampt s300 iron_dome gepard",
    "armour": "leopard2 leopard1 abrams challenger2 marder cv90 piranha3",
    "drone": "tb2 switchblade mq1c",
    "bomb": "mk82 mk84",
    "cluster_munition": "",
    "landmine": "",
    "anti_tank": "javelin nlaw panzerfaust3",
    "ammunition": "gepard_ammunition aaa_35mm gunpowder",
    "component": "f35_parts drone_sensor",
    "engineering": "d9_bulldozer",
}


@pytest.mark.parametrize(("weapon_class", "systems"), CODEBOOK.items())
def test_each_class_of_the_codebook_has_its_systems(weapon_class: str, systems: str) -> None:
    members = {row.code for row in load_weapons() if row.parent == weapon_class and row.kind is WeaponKind.SYSTEM}
    assert members == set(systems.split())


def test_the_file_holds_nothing_beside_the_codebook() -> None:
    known = {"any", *CODEBOOK, *" ".join(CODEBOOK.values()).split()}
    assert {row.code for row in load_weapons()} == known


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("any", ("any",)),
        ("long_range", ("long_range", "any")),
        ("atacms", ("atacms", "ballistic_missile", "long_range", "any")),
        ("taurus", ("taurus", "cruise_missile", "long_range", "any")),
        ("glsdb", ("glsdb", "rocket_artillery", "long_range", "any")),
        ("himars", ("himars", "rocket_artillery", "any")),
        ("f35_parts", ("f35_parts", "component", "any")),
    ],
)
def test_a_rule_is_looked_up_from_the_system_to_its_class_to_any(code: str, path: tuple[str, ...]) -> None:
    assert weapon_tree().path(code) == path


def test_a_weapon_stands_after_its_class() -> None:
    seen: set[str | None] = {None}
    for row in load_weapons():
        assert row.parent in seen, f"{row.code} stands before its class"
        seen.add(row.code)


def test_makers_are_states() -> None:
    assert {maker for row in load_weapons() for maker in row.makers} <= country_codes()


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("atacms", "ATACMS", "ATACMS"),
        ("iron_dome", "Iron Dome", "Dôme de fer"),
        ("cruise_missile", "Cruise missiles", "Missiles de croisière"),
    ],
)
def test_a_weapon_is_named_as_people_write_it(code: str, english: str, french: str) -> None:
    row = next(row for row in load_weapons() if row.code == code)
    assert (row.name, row.name_fr) == (english, french)


ANY = 'code = "any"\nkind = "any"\nname = "All"'
MISSILE = 'code = "missile"\nkind = "class"\nparent = "any"\nname = "Missiles"'
SYSTEM = 'code = "arrow"\nkind = "system"\nparent = "missile"\nname = "Arrow"\naliases = ["Chetz"]'

FAULTS = [
    ("an unknown parent", [ANY, SYSTEM], "arrow: the parent “missile” is no weapon of this file"),
    (
        "an unknown grandparent",
        [ANY, MISSILE.replace('"any"', '"sky"'), SYSTEM],
        "missile: the parent “sky” is no weapon of this file",
    ),
    (
        "a circle of two",
        [ANY, MISSILE.replace('"any"', '"rocket"'), MISSILE.replace("missile", "rocket").replace('"any"', '"missile"')],
        "its parents go in a circle",
    ),
    ("its own parent", [ANY, MISSILE.replace('"any"', '"missile"')], "missile: its parents go in a circle"),
    ("a double code", [ANY, MISSILE, MISSILE], "missile: the code stands twice"),
    (
        "an alias of two",
        [ANY, MISSILE, SYSTEM, 'code = "bow"\nkind = "system"\nparent = "missile"\nname = "Bow"\naliases = ["CHETZ"]'],
        "bow: the spelling “CHETZ” already stands for “arrow”",
    ),
    (
        "an alias that is another's name",
        [ANY, MISSILE, SYSTEM, 'code = "bow"\nkind = "system"\nparent = "missile"\nname = "arrow"'],
        "bow: the spelling “arrow” already stands for “arrow”",
    ),
    (
        "a system inside a system",
        [ANY, MISSILE, SYSTEM, 'code = "tip"\nkind = "system"\nparent = "arrow"\nname = "Tip"'],
        "tip: its parent “arrow” is a system, not a class",
    ),
    ("a class without a parent", [ANY, 'code = "missile"\nkind = "class"\nname = "M"'], "alone has no parent"),
    ("a second any", [ANY, 'code = "all"\nkind = "any"\nparent = "any"\nname = "M"'], "alone is of kind “any”"),
    ("an unknown field", [ANY + '\ncolour = "red"'], "weapon 1 (any): unknown field “colour”"),
    ("no code", ['kind = "any"\nname = "All"'], "weapon 1 (no code): “code” is missing"),
    ("no name", [ANY, 'code = "missile"\nkind = "class"'], "weapon 2 (missile): “name” is missing"),
    ("a capital in a code", [ANY.replace('"any"', '"Any"', 1)], "a code is small letters, digits and underscores"),
    ("an unknown kind", [ANY.replace('kind = "any"', 'kind = "thing"')], "“thing” is no kind of weapon"),
    ("a range of nothing", [ANY + "\nrange_km = 0"], "a range is a whole number of kilometres above 0"),
    ("a maker that is no code", [ANY + '\nmakers = ["USA"]'], "maker “USA” is no ISO 3166-1 alpha-2 code"),
]


@pytest.mark.parametrize(("tables", "sentence"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_told_with_its_place(tmp_path: Path, tables: list[str], sentence: str) -> None:
    file = tmp_path / "weapons.toml"
    file.write_text("".join(f"[[weapon]]\n{table}\n" for table in tables), encoding="utf-8")
    with pytest.raises(ReferenceFileError) as refusal:
        load_weapons(file)
    assert str(refusal.value).startswith("weapons.toml, ")
    assert sentence in str(refusal.value)


def test_one_spelling_may_be_both_name_and_alias_of_one_weapon(tmp_path: Path) -> None:
    file = tmp_path / "weapons.toml"
    tables = [SYSTEM.replace("Chetz", "ARROW"), MISSILE, ANY]
    file.write_text("".join(f"[[weapon]]\n{table}\n" for table in tables), encoding="utf-8")
    assert [row.code for row in load_weapons(file)] == ["any", "missile", "arrow"]
