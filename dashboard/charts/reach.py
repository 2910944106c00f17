"""The map of where weapons may be fired: shapes of Ukraine and the Russian regions near it, for an SVG. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from restrictions.queries.reach import RegionRow

_BORDERS = Path(__file__).with_name("borders.json")
_DRAWN = "RU"
"""The land whose regions the drawing has; beside it always Ukraine."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A region: its outline as the `d` of an SVG path, and what is said of it (none: nothing)."""

    region: str
    path: str
    row: RegionRow | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """Where the name of a region stands, by its middle."""

    region: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map, in units of its own. ``band`` is twice the depth, a stroke along ``frontier``; 0 without one."""

    width: int
    height: int
    targets: tuple[Shape, ...]
    others: tuple[Shape, ...]
    labels: tuple[Label, ...]
    frontier: str
    band: float = 0


def drawing(rows: Sequence[RegionRow], *, territory: str, depth_km: int | None) -> Drawing | None:
    """The drawing of these rows; none for a land whose borders it does not have."""
    if territory != _DRAWN:
        return None
    borders, said = _borders(), {row.region: row for row in rows}
    shapes = [Shape(code, path, said.get(code)) for code, path in borders["regions"].items()]
    return Drawing(
        width=borders["width"],
        height=borders["height"],
        targets=tuple(shape for shape in shapes if shape.region.startswith(f"{_DRAWN}-")),
        others=tuple(shape for shape in shapes if not shape.region.startswith(f"{_DRAWN}-")),
        labels=tuple(Label(code, x, y) for code, (x, y) in borders["labels"].items()),
        frontier=borders["frontier"],
        band=round(2 * depth_km * borders["kilometre"], 1) if depth_km else 0,
    )


@cache
def _borders() -> dict[str, Any]:
    """Natural Earth's borders, as ``scripts/convert_borders.py`` wrote them."""
    found: dict[str, Any] = json.loads(_BORDERS.read_text(encoding="utf-8"))
    return found
