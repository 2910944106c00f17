"""What the record holds, small enough to compare: its positions, its history, the rows that a change would add."""

from typing import Any

from django.apps import apps

from restrictions.domain.positions import Position as Derived
from restrictions.models import Claim, Mark, Position, PositionVersion, Revision, Source
from restrictions.queries.stored import as_derived

_IN_ORDER = ("supplier", "recipient", "weapon", "track", "territory", "role", "starts_latest")
EVENTS = ("ClaimEvent", "MarkEvent", "SettlementEvent", "WeaponEvent")


def standing() -> list[str]:
    """Each position in a line of words: weapon, track, status, from when, until when."""
    return [_in_a_line(row) for row in Position.objects.order_by(*_IN_ORDER)]


def _in_a_line(row: Position) -> str:
    since = f"known from {row.starts_edtf}" if row.open_start else f"from {row.starts_edtf}"
    until = f" until {row.ends_edtf}" if row.ends_edtf else ""
    return f"{row.weapon_id} {row.track}: {row.status} {since}{until}"


def stored_positions() -> list[Derived]:
    """All positions with everything that they say."""
    return sorted(map(as_derived, Position.objects.all()), key=lambda position: (position.line, position.first_day))


def history() -> dict[str, int]:
    """How many rows of history there are: whatever is written adds to one of them."""
    models: list[Any] = [Claim, Mark, Position, PositionVersion, Revision, Source]
    return {model.__name__: model.objects.count() for model in (*models, *map(_event, EVENTS))}


def trail(row: Claim | Mark) -> list[tuple[str, str]]:
    """What the audit trail says of a row: what happened, and the decision that it left."""
    events = _event(f"{type(row).__name__}Event").objects.filter(pgh_obj=row).order_by("pgh_id")
    return list(events.values_list("pgh_label", "decision"))


def _event(name: str) -> Any:
    return apps.get_model("restrictions", name)
