"""The weapon tree: which rule of use a weapon falls back on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from restrictions.domain.vocabulary import WeaponKind

ANY = "any"
LONG_RANGE = "long_range"


@dataclass(frozen=True, slots=True)
class WeaponNode:
    """One weapon code: its class, and whether the rule for long-range weapons covers it besides its class's."""

    code: str
    kind: WeaponKind
    parent: str | None = None
    long_range: bool = False


@dataclass(frozen=True)
class WeaponTree:
    """All weapon codes. ``path(code)`` is the order in which rules answer for a weapon."""

    nodes: dict[str, WeaponNode] = field(hash=False)
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, nodes: Iterable[WeaponNode]) -> "WeaponTree":
        return cls({node.code: node for node in nodes})

    def path(self, code: str) -> tuple[str, ...]:
        """The weapon, then its classes from narrow to wide, ``any`` last. Raises KeyError for an unknown code."""
        if code not in self._paths:
            self._paths[code] = tuple(self._climb(code))
        return self._paths[code]

    def _climb(self, code: str) -> list[str]:
        path: list[str] = []
        at: str | None = code
        by_range = False
        while at is not None and at != ANY and at not in path:
            node = self.nodes[at]
            path.append(at)
            by_range = by_range or node.long_range
            at = node.parent
        if by_range and LONG_RANGE not in path:
            path.append(LONG_RANGE)
        return [*path, ANY]

    def wider(self, code: str) -> tuple[str, ...]:
        """The codes whose rules also cover this weapon, narrow to wide."""
        return self.path(code)[1:]

    def covers(self, wide: str, narrow: str) -> bool:
        """Whether a rule on ``wide`` covers ``narrow`` (a weapon does not cover itself)."""
        return wide in self.wider(narrow)

    def is_asked(self, weapon: str, asked: Collection[str]) -> bool:
        """Whether a weapon is asked for, or its class is; ``any`` is the general rule, not every weapon."""
        return weapon in asked or any(one != ANY and self.covers(one, weapon) for one in asked)

    def known(self, code: str) -> bool:
        return code in self.nodes
