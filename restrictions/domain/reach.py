"""Where a rule of use reaches: what it says of each region of the land on which the targets lie, on a day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from restrictions.domain.positions import Limit, LimitKind, Position
from restrictions.domain.vocabulary import AreaRole, Condition, Status

BORDERING: Mapping[tuple[str, str], frozenset[str]] = {
    ("UA", "RU"): frozenset({"RU-BEL", "RU-BRY", "RU-KRS", "RU-ROS", "RU-VOR"}),
}
"""Regions of the land where the targets lie that have a land border with the recipient, by recipient and land."""
_NEAR = frozenset({Condition.BORDER_ZONE, Condition.NO_DEEP_STRIKE})


@dataclass(frozen=True, slots=True)
class Reach:
    """What a rule says of each region, by ISO 3166-2 code; none where the rule says nothing of the region.

    ``defended`` are the regions that fire is allowed to protect, wherever it falls. ``far`` are regions away from the
    border, of which a rule that excludes deep strikes says nothing more exact. ``depth_km`` is how far beyond the
    border fire may fall; none where no depth is stated.
    """

    regions: Mapping[str, Status | None] = field(default_factory=dict)
    defended: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()
    depth_km: int | None = None


def reach(position: Position, regions: Collection[str], *, on: date) -> Reach:
    """What the position says of these regions on a day, by the limits that hold then.

    A rule for named target regions says nothing of the others. A region that a permission leaves out is ``banned``.
    """
    holding = [limit for limit in position.limits if limit.holds_from <= on]
    left_out = _values(holding, LimitKind.EXCEPT_AREA)
    targets = _values(holding, LimitKind.AREA, AreaRole.TARGET)
    near_only = any(limit.kind is LimitKind.CONDITION and limit.value in _NEAR for limit in holding)
    bordering = BORDERING.get((position.line.recipient, position.line.territory))
    depths = [int(limit.value) for limit in holding if limit.kind is LimitKind.DEPTH]
    return Reach(
        regions={region: _says_of(region, position.status, targets, left_out) for region in regions},
        defended=_values(holding, LimitKind.AREA, AreaRole.DEFENDED),
        far=frozenset(regions) - bordering - targets if near_only and bordering else frozenset(),
        depth_km=min(depths, default=None),
    )


def _says_of(region: str, status: Status, targets: frozenset[str], left_out: frozenset[str]) -> Status | None:
    if region in left_out:
        return Status.BANNED
    return status if not targets or region in targets else None


def _values(limits: Iterable[Limit], kind: LimitKind, role: AreaRole | None = None) -> frozenset[str]:
    return frozenset(limit.value for limit in limits if limit.kind is kind and limit.area_role is role)
