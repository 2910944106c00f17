"""What follows from the record, as tables to take away: nothing comes in by them."""

import json
from typing import Any

from django.db.models import QuerySet

from restrictions.models import Position, PositionVersion, Revision
from restrictions.queries.tables.cells import Column, Flag, Instant, Names, Text
from restrictions.queries.tables.table import Table


class Json(Text):
    """A structure as JSON."""

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return json.dumps(value, ensure_ascii=False, default=str)


class Range(Text):
    """A range of days or instants as ``from/until``, half-open; an open end is “..”."""

    def render(self, value: Any, *_obj: Any, **_named: Any) -> str:
        return "/".join(".." if end is None else end.isoformat() for end in (value.lower, value.upper))


def _shown(attribute: str, widget: Text | None = None) -> Column:
    return Column(attribute, widget, shown_only=True)


_LINE = ("supplier", "role", "recipient", "weapon", "track", "territory")
_SAID = (
    *("status", "starts", "open_start", "ends", "validity", "limits", "announced", "last_confirmed", "first_used"),
    *("provisional", "contested", "practice", "rules"),
)


class PositionColumns(Table):
    """What a position, and each version of it, says."""

    takes_in = False

    supplier = _shown("supplier_id")
    recipient = _shown("recipient_id")
    weapon = _shown("weapon_id")
    starts = _shown("starts_edtf")
    open_start = _shown("open_start", Flag())
    ends = _shown("ends_edtf")
    validity = _shown("validity", Range())
    limits = _shown("limits", Json())
    announced = _shown("announced_edtf")
    first_used = _shown("first_used_edtf")
    provisional = _shown("provisional", Flag())
    contested = _shown("contested", Flag())
    rules = _shown("rules", Names())


class PositionTable(PositionColumns):
    """Positions as they stand, with the claims that they rest on."""

    evidence = _shown("shown__evidence", Names())

    class Meta:
        model = Position
        fields = ("id", *_LINE, *_SAID, "evidence")
        export_order = fields
        import_id_fields = ("id",)


class PositionVersionTable(PositionColumns):
    """Every state that a position was in, and when the record said so."""

    position = _shown("position_id")
    recorded = _shown("recorded", Range())
    evidence = _shown("shown__evidence", Names())

    class Meta:
        model = PositionVersion
        fields = ("id", "position", "recorded", *_LINE, *_SAID, "evidence")
        export_order = fields
        import_id_fields = ("id",)


class RevisionTable(Table):
    """Every change of the record."""

    takes_in = False

    instant = _shown("instant", Instant())
    actor = _shown("actor__username")

    class Meta:
        model = Revision
        fields = ("id", "instant", "actor", "reason", "rules_version")
        export_order = fields
        import_id_fields = ("id",)

    def rows(self) -> "QuerySet[Any]":
        return Revision.objects.select_related("actor")
