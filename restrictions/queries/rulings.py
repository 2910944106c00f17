"""A ruling that an editor thinks of, checked before anything is written."""

from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from restrictions.domain.claims import Line
from restrictions.domain.vocabulary import Status
from restrictions.models import Settlement
from restrictions.queries.edits import Faults, FaultyFields

_FIELD_OF_CONSTRAINT = {
    "settlement_status_fits_track": "status",
    "settlement_has_reason": "reason",
    "settlement_covers_days": "until",
}


def proposed_ruling(
    *, line: Line, first: date, until: date, status: Status, practice: Status | None, reason: str, by: User
) -> Settlement:
    """The settlement of these days of a line, not saved. Raises FaultyFields for what the record would refuse."""
    row = Settlement(
        supplier_id=line.supplier,
        role=line.role.value,
        recipient_id=line.recipient,
        weapon_id=line.weapon,
        track=line.track.value,
        territory=line.territory,
        first=first,
        until=until,
        status=status.value,
        reason=reason,
        author=by,
    )
    if practice:
        row.practice = practice.value
    if faults := _refused(row):
        raise FaultyFields(faults)
    return row


def _refused(row: Settlement) -> Faults:
    faults = {}
    for constraint in Settlement._meta.constraints:
        try:
            constraint.validate(Settlement, row)
        except ValidationError as refused:
            faults[_FIELD_OF_CONSTRAINT.get(constraint.name, "")] = refused.messages[0]
    return faults
