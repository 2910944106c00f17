"""Deriving again, and writing what differs: the only writer of positions."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.backends.postgresql.psycopg_any import DateRange

from restrictions.domain.derivation import derive
from restrictions.domain.matching import match
from restrictions.domain.positions import Limit, Position, Record
from restrictions.domain.rules import RULES_VERSION
from restrictions.models import Claim, PositionEvidence, Revision, Settlement, Silence, Stretch
from restrictions.models import Position as StoredPosition
from restrictions.queries.claims import Pair, claims_of_pair, settlements_of_pair, uses_of_pair
from restrictions.queries.evidence import Showcase, Shown, showcase_of
from restrictions.queries.stored import as_derived
from restrictions.queries.weapons import recorded_tree


def open_revision(*, by: User, reason: str) -> Revision:
    """Take the record's turn for this transaction; read claims after it, never before."""
    return Revision.objects.open(actor=by, reason=reason, rules_version=RULES_VERSION)


def pair_of(row: Claim | Settlement) -> Pair:
    """The supplier and the recipient, which are derived together."""
    return row.supplier_id, row.recipient_id


def derive_again(pairs: Iterable[Pair]) -> None:
    """Derive the positions of these (supplier, recipient) pairs and write what differs, inside the open revision."""
    weapons = recorded_tree()
    for supplier, recipient in sorted(set(pairs)):
        record = derive(
            claims_of_pair(supplier, recipient),
            settlements_of_pair(supplier, recipient),
            weapons=weapons,
            uses=uses_of_pair(supplier, recipient),
        )
        _Difference(record, showcase_of(record, weapons)).write(supplier, recipient)


class _Difference:
    """What a newly derived record of one pair changes in the stored one."""

    def __init__(self, record: Record, showcase: Showcase) -> None:
        self._record = record
        self._showcase = showcase
        self._claim_ids = showcase.claim_ids()

    def write(self, supplier: str, recipient: str) -> None:
        stored = list(StoredPosition.objects.of_pair(supplier, recipient))
        lines = {row.line for row in stored} | {position.line for position in self._record.positions}
        for line in sorted(lines):
            rows = [row for row in stored if row.line == line]
            derived = [position for position in self._record.positions if position.line == line]
            self._write_line(rows, derived)

    def _write_line(self, rows: list[StoredPosition], derived: list[Position]) -> None:
        before = [as_derived(row) for row in rows]
        row_of = {id(position): row for position, row in zip(before, rows, strict=True)}
        for old, new in match(before, derived):
            if new is None:
                row_of[id(old)].delete()
            else:
                self._write_position(row_of[id(old)] if old else StoredPosition(), new)

    def _write_position(self, row: StoredPosition, position: Position) -> None:
        """Write a position and what hangs on it; one that shows the same as before is left alone."""
        shown = self._showcase.shown(position)
        columns = {**position_columns(position), "shown": shown}
        if row.pk and all(getattr(row, name) == value for name, value in columns.items()):
            return
        is_new = row.pk is None
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()
        if not is_new:
            self._drop_former(row, position)
        self._write_evidence(row, position)
        self._write_disputes(row, shown)

    def _drop_former(self, row: StoredPosition, position: Position) -> None:
        """Remove what a changed position no longer rests on, and its disputes, which are written anew."""
        row.evidence.exclude(claim_id__in=[self._claim_ids[key] for key in position.evidence]).delete()
        row.stretches.all().delete()
        row.silences.all().delete()

    def _write_evidence(self, row: StoredPosition, position: Position) -> None:
        rows = [
            PositionEvidence(position=row, claim_id=self._claim_ids[key], ordinal=at)
            for at, key in enumerate(position.evidence)
        ]
        PositionEvidence.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["position", "claim"], update_fields=["ordinal"]
        )

    def _write_disputes(self, row: StoredPosition, shown: Shown) -> None:
        rulings = Settlement.objects.in_bulk([item["settlement"] for item in shown["stretches"]], field_name="key")
        for stretch in shown["stretches"]:
            Stretch.objects.create(position=row, **{**stretch, "settlement": rulings.get(stretch["settlement"])})
        for silence in shown["silences"]:
            Silence.objects.create(position=row, claim_id=self._claim_ids[silence["claim"]], day=silence["day"])


def position_columns(position: Position) -> dict[str, Any]:
    """A derived position as the columns of its row."""
    line, ends = position.line, position.ends
    return {
        "supplier_id": line.supplier,
        "role": line.role.value,
        "recipient_id": line.recipient,
        "weapon_id": line.weapon,
        "track": line.track.value,
        "territory": line.territory,
        "status": position.status.value,
        "starts_edtf": position.starts.edtf,
        "starts_earliest": position.starts.earliest,
        "starts_latest": position.starts.latest,
        "open_start": position.open_start,
        "ends_edtf": ends.edtf if ends else None,
        "ends_earliest": ends.earliest if ends else None,
        "ends_latest": ends.latest if ends else None,
        "validity": _validity(position),
        "limits": [_limit(limit) for limit in position.limits],
        "announced_edtf": position.announced.edtf,
        "announced_earliest": position.announced.earliest,
        "announced_latest": position.announced.latest,
        "last_confirmed": position.last_confirmed,
        "first_used_edtf": position.first_used.edtf if position.first_used else None,
        "provisional": position.provisional,
        "contested": position.contested,
        "practice": position.practice.value if position.practice else None,
        "rules": [str(rule) for rule in position.rules],
    }


def _validity(position: Position) -> DateRange:
    return DateRange(position.first_day, position.until, bounds="[)")


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "kind": limit.kind.value,
        "value": str(limit.value),
        "holds_from": limit.holds_from.isoformat(),
        "claims": list(limit.claims),
        "area_role": limit.area_role.value if limit.area_role else None,
    }
