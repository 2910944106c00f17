"""The codebook's weapons, read from ``weapons.toml`` and checked."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import ANY, WeaponNode, WeaponTree
from restrictions.reference.rows import ReferenceFileError

WEAPONS_FILE = Path(__file__).with_name("weapons.toml")

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FIELDS = frozenset({"code", "name", "name_fr", "kind", "parent", "long_range", "range_km", "aliases", "makers"})


@dataclass(frozen=True, slots=True)
class WeaponRow:
    """One weapon code of the codebook. Only ``any`` has no parent; ``name_fr`` equals ``name`` where French does.

    ``long_range``: the rule for long-range weapons covers it besides its class's. ``makers``: ISO 3166-1 alpha-2.
    """

    code: str
    name: str
    name_fr: str
    kind: WeaponKind
    parent: str | None
    long_range: bool
    range_km: int | None
    aliases: tuple[str, ...]
    makers: tuple[str, ...]

    @property
    def node(self) -> WeaponNode:
        return WeaponNode(self.code, self.kind, self.parent, self.long_range)


@cache
def load_weapons(path: Path = WEAPONS_FILE) -> tuple[WeaponRow, ...]:
    """All weapons, each after its class. ReferenceFileError says in a sentence what is wrong, and where."""
    with path.open("rb") as file:
        tables = tomllib.load(file).get("weapon", [])
    rows = tuple(_weapon(path.name, number, table) for number, table in enumerate(tables, start=1))
    by_code = _by_code(path.name, rows)
    _check_parents(path.name, by_code)
    _check_spellings(path.name, rows)
    return tuple(sorted(rows, key=lambda row: len(_ancestors(path.name, row, by_code))))


def weapon_tree() -> WeaponTree:
    """The tree that resolution and derivation climb."""
    return WeaponTree.of(row.node for row in load_weapons())


def _weapon(file: str, number: int, table: Mapping[str, Any]) -> WeaponRow:
    """One checked row; ``number`` counts the tables of the file, for a row that has no code yet."""
    place = f"{file}, weapon {number} ({table.get('code', 'no code')})"
    _check_shape(place, table)
    return WeaponRow(
        code=table["code"],
        name=table["name"],
        name_fr=table.get("name_fr", table["name"]),
        kind=WeaponKind(table["kind"]),
        parent=table.get("parent"),
        long_range=table.get("long_range", False),
        range_km=table.get("range_km"),
        aliases=tuple(table.get("aliases", ())),
        makers=tuple(table.get("makers", ())),
    )


def _check_shape(place: str, table: Mapping[str, Any]) -> None:
    """Refuses a table whose fields are missing, unknown or ill-formed."""
    if unknown := sorted(set(table) - _FIELDS):
        raise ReferenceFileError(f"{place}: unknown field “{unknown[0]}”.")
    for required in ("code", "name", "kind"):
        if not table.get(required):
            raise ReferenceFileError(f"{place}: “{required}” is missing.")
    if not _CODE.fullmatch(table["code"]):
        raise ReferenceFileError(f"{place}: a code is small letters, digits and underscores.")
    if table["kind"] not in list(WeaponKind):
        raise ReferenceFileError(f"{place}: “{table['kind']}” is no kind of weapon.")
    if table.get("range_km", 1) <= 0:
        raise ReferenceFileError(f"{place}: a range is a whole number of kilometres above 0.")
    for maker in table.get("makers", ()):
        if not _COUNTRY.fullmatch(maker):
            raise ReferenceFileError(f"{place}: maker “{maker}” is no ISO 3166-1 alpha-2 code.")


def _by_code(file: str, rows: Iterable[WeaponRow]) -> dict[str, WeaponRow]:
    by_code: dict[str, WeaponRow] = {}
    for row in rows:
        if row.code in by_code:
            raise ReferenceFileError(f"{file}, {row.code}: the code stands twice.")
        by_code[row.code] = row
    return by_code


def _check_parents(file: str, by_code: Mapping[str, WeaponRow]) -> None:
    """Each weapon but ``any`` climbs to ``any``, through classes only."""
    for row in by_code.values():
        if (row.code == ANY) != (row.kind is WeaponKind.ANY) or (row.code == ANY) != (row.parent is None):
            raise ReferenceFileError(f"{file}, {row.code}: “{ANY}” alone is of kind “any” and alone has no parent.")
        for ancestor in _ancestors(file, row, by_code):
            if by_code[ancestor].kind is WeaponKind.SYSTEM:
                raise ReferenceFileError(f"{file}, {row.code}: its parent “{ancestor}” is a system, not a class.")


def _ancestors(file: str, row: WeaponRow, by_code: Mapping[str, WeaponRow]) -> list[str]:
    """The codes above a weapon, narrow to wide."""
    above: list[str] = []
    parent = row.parent
    while parent is not None:
        if parent not in by_code:
            raise ReferenceFileError(
                f"{file}, {[row.code, *above][-1]}: the parent “{parent}” is no weapon of this file."
            )
        if parent in above or parent == row.code:
            raise ReferenceFileError(
                f"{file}, {row.code}: its parents go in a circle ({' → '.join([*above, parent])})."
            )
        above.append(parent)
        parent = by_code[parent].parent
    return above


def _check_spellings(file: str, rows: Iterable[WeaponRow]) -> None:
    """No spelling, small or capital, stands for two weapons."""
    owner: dict[str, str] = {}
    for row in rows:
        for spelling in (row.name, row.name_fr, *row.aliases):
            first = owner.setdefault(spelling.casefold(), row.code)
            if first != row.code:
                raise ReferenceFileError(f"{file}, {row.code}: the spelling “{spelling}” already stands for “{first}”.")
