"""Where one supplier's weapons may be fired on a day: the rule that answers, region by region."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from restrictions.domain.cells import Cell, Cells, turning_days
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.positions import Position
from restrictions.domain.reach import Reach, reach
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.queries.bare import towards
from restrictions.queries.bars import OWN, TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.phrases import conditions_of
from restrictions.queries.told import bar_of
from restrictions.words import status_label, unaccented


@dataclass(frozen=True, slots=True)
class RegionRow:
    """What the rule says of one region; no ``status`` where it says nothing of it.

    ``far`` is a region away from the border, where the rule excludes deep strikes and does not say how far that is.
    """

    region: str
    name: str
    status: Status | None = None
    label: str = ""
    defended: bool = False
    far: bool = False


@dataclass(frozen=True, slots=True)
class SupplierReach:
    """One supplier's answer for a weapon on a day, and the days on which anything of the supplier's turns.

    ``bar`` is the position that answers; none where nothing is recorded. ``regions`` are those of the land where the
    targets lie, then those that fire may protect. ``answered_by`` is ``own`` or the name of the wider weapon.
    """

    turns: tuple[date, ...]
    bar: TimelineBar | None = None
    status: Status | None = None
    label: str = ""
    answered_by: str = OWN
    regions: tuple[RegionRow, ...] = ()
    depth_km: int | None = None
    binding: str = ""
    consents: tuple[str, ...] = ()

    @property
    def inherited(self) -> bool:
        return self.answered_by != OWN


def supplier_reach(
    *,
    supplier: str,
    recipient: str,
    territory: str,
    weapon: str,
    on: date,
    today: date,
    codes: Codes,
    clock: Clock = NOW,
) -> SupplierReach:
    """What holds for this supplier's weapon on the day: three queries at most, beside the codes."""
    known = towards(recipient, clock=clock)
    positions = [position for position in known.bare.values() if _supplies(position, supplier)]
    turns = turning_days(positions, territory=territory, until=today)
    consents = [position for position in known.bare.values() if _consents(position, supplier)]
    cell = Cells(positions, consents, codes.tree, territory=territory).at(weapon, on)
    position = cell.answer.position
    if position is None or cell.status is None:
        return SupplierReach(turns)
    number = known.number_of[id(position)]
    bar = bar_of(number, known.held([number])[number], codes, today=today)
    regions = [code for code in codes.regions if code.startswith(f"{territory}-")]
    found = _reach(position, cell.status, regions, on)
    return _answered(cell, position, found, bar, codes, turns=turns, weapon=weapon)


def _supplies(position: Position, supplier: str) -> bool:
    return position.line.supplier == supplier and position.line.role is Role.SUPPLIER


def _consents(position: Position, supplier: str) -> bool:
    return position.line.supplier != supplier and position.line.role is Role.CONSENT


def _answered(
    cell: Cell,
    position: Position,
    found: Reach,
    bar: TimelineBar,
    codes: Codes,
    *,
    turns: tuple[date, ...],
    weapon: str,
) -> SupplierReach:
    level = cell.answer.level
    return SupplierReach(
        turns,
        bar=bar,
        status=cell.status,
        label=status_label(cell.status, conditions_of(position)) if cell.status else "",
        answered_by=OWN if level == weapon else codes.weapons[level],
        regions=tuple(_rows(found, codes)),
        depth_km=found.depth_km,
        binding=_binding(cell),
        consents=tuple(codes.countries.get(one.line.supplier, one.line.supplier) for one in cell.binding.consents),
    )


def _reach(position: Position, status: Status | None, regions: Collection[str], on: date) -> Reach:
    """A rule of use by its limits; a refusal, or a delivery on which nothing is said, is the same everywhere."""
    if position.line.track is Track.USE:
        return reach(position, regions, on=on)
    return Reach(regions=dict.fromkeys(regions, status))


def _rows(found: Reach, codes: Codes) -> Iterable[RegionRow]:
    in_order = sorted(found.regions, key=lambda code: unaccented(codes.regions[code]))
    for code in in_order:
        status = found.regions[code]
        yield RegionRow(
            code, codes.regions[code], status, status_label(status) if status else "", far=code in found.far
        )
    for code in sorted(found.defended):
        yield RegionRow(code, codes.regions.get(code, code), defended=True)


def _binding(cell: Cell) -> str:
    """What binds in words, where a consent lowers the rule and its state has said so."""
    bound = cell.binding
    return status_label(bound.status) if bound.consents and bound.status and bound.status is not cell.status else ""
