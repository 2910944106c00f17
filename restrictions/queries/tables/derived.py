"""What follows from the record, as tables to take away: nothing comes in by them."""

import json
from typing import Any

from django.db.models import QuerySet

from restrictions.models import Position, PositionVersion, Revision
from restrictions.queries.tables.cells import Flag, Instant, Names, Text, shown
from restrictions.queries.tables.table import Table


class Json(Text):
    """A structure as JSON."""

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return json.dumps(value, ensure_ascii=False, default=str)


class Range(Text):
    """A range of days or instants as ``from/until``, half-open; an open end is “..”."""

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return "/".join(".." if end is None else end.isoformat() for end in (value.lower, value.upper))


_LINE = ("supplier", "role", "recipient", "weapon", "track", "territory")
_SAID = (
    *("status", "starts", "open_start", "ends", "validity", "limits", "announced", "last_confirmed", "first_used"),
    *("provisional", "contested", "practice", "rules"),
)


class PositionColumns(Table):
    """What a position, and each version of it, says."""

    takes_in = False

    supplier = shown("supplier_id")
    recipient = shown("recipient_id")
    weapon = shown("weapon_id")
    starts = shown("starts_edtf")
    open_start = shown("open_start", Flag())
    ends = shown("ends_edtf")
    validity = shown("validity", Range())
    limits = shown("limits", Json())
    announced = shown("announced_edtf")
    first_used = shown("first_used_edtf")
    provisional = shown("provisional", Flag())
    contested = shown("contested", Flag())
    rules = shown("rules", Names())


class PositionTable(PositionColumns):
    """Positions as they stand, with the claims that they rest on."""

    evidence = shown("shown__evidence", Names())

    class Meta:
        model = Position
        fields = ("id", *_LINE, *_SAID, "evidence")
        export_order = fields
        import_id_fields = ("id",)


class PositionVersionTable(PositionColumns):
    """Every state that a position was in, and when the record said so."""

    position = shown("position_id")
    recorded = shown("recorded", Range())
    evidence = shown("shown__evidence", Names())

    class Meta:
        model = PositionVersion
        fields = ("id", "position", "recorded", *_LINE, *_SAID, "evidence")
        export_order = fields
        import_id_fields = ("id",)


class RevisionTable(Table):
    """Every change of the record."""

    takes_in = False

    instant = shown("instant", Instant())
    actor = shown("actor__username")

    class Meta:
        model = Revision
        fields = ("id", "instant", "actor", "reason", "rules_version")
        export_order = fields
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        return Revision.objects.select_related("actor")
