"""What the record has changed since a past day: positions that are new, read otherwise, or stand no longer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from restrictions.domain.clock import Clock
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.weapons import ANY
from restrictions.models import PositionVersion
from restrictions.queries.codes import Codes
from restrictions.queries.phrases import sentence
from restrictions.queries.stored import as_derived
from restrictions.queries.version_changes import FieldChange, version_changes
from restrictions.words import track_label

MOST = 200
"""Changes that are told in full; beyond them only their number is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One position then and now. ``was`` is empty for a new one, ``says`` for one that stands no longer."""

    position: int
    title: str
    was: str = ""
    was_status: Status | None = None
    says: str = ""
    says_status: Status | None = None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """How many positions towards a recipient are new, changed and gone since then, and the first of them in full."""

    new: int
    changed: int
    gone: int
    differences: tuple[Difference, ...]

    @property
    def count(self) -> int:
        return self.new + self.changed + self.gone

    @property
    def untold(self) -> int:
        return self.count - len(self.differences)


def changed_since(*, recipient: str, known: date, codes: Codes) -> Since:
    """The positions towards this recipient whose present version is another than at the end of that day: two queries
    beside the codes, and the names for each that reads otherwise."""
    instant = Clock(known=known).instant
    kept = PositionVersion.objects.filter(recipient_id=recipient)
    before = _numbered(kept.filter(recorded__contains=instant, recorded__upper_inf=False))
    after = _numbered(kept.filter(recorded__startswith__gt=instant, recorded__upper_inf=True))
    told = [_difference(number, before.get(number), after.get(number), codes) for number in _in_order(before, after)]
    return Since(
        new=len(after.keys() - before.keys()),
        changed=len(after.keys() & before.keys()),
        gone=len(before.keys() - after.keys()),
        differences=tuple(told),
    )


def _numbered(rows: "QuerySet[PositionVersion]") -> dict[int, PositionVersion]:
    in_order = rows.order_by("supplier_id", "weapon_id", "track", "starts_latest", "position_id")
    return {row.position_id: row for row in in_order}


def _in_order(before: Mapping[int, PositionVersion], after: Mapping[int, PositionVersion]) -> Iterable[int]:
    """What is new first, then what reads otherwise, then what is gone; no more than are told."""
    new = [number for number in after if number not in before]
    changed = [number for number in after if number in before]
    gone = [number for number in before if number not in after]
    return [*new, *changed, *gone][:MOST]


def _difference(number: int, before: PositionVersion | None, after: PositionVersion | None, codes: Codes) -> Difference:
    fields = version_changes(before, after, codes) if before and after else ()
    return Difference(
        position=number,
        title=_title(after or before, codes),
        was=_says(before, codes),
        was_status=Status(before.status) if before else None,
        says=_says(after, codes),
        says_status=Status(after.status) if after else None,
        fields=tuple(one for one in fields if not one.same),
    )


def _title(row: PositionVersion | None, codes: Codes) -> str:
    if row is None:
        return ""
    supplier = codes.countries.get(row.supplier_id, row.supplier_id)
    parts = [supplier, codes.weapons.get(row.weapon_id, row.weapon_id)] if row.weapon_id != ANY else [supplier]
    return " · ".join([*parts, track_label(Track(row.track))])


def _says(row: PositionVersion | None, codes: Codes) -> str:
    """The sentence of a version, in the names of today."""
    if row is None:
        return ""
    position = as_derived(row)
    return sentence(position, codes, starts=position.starts, ends=position.ends, weapon=position.line.weapon)
