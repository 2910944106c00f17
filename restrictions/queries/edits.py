"""A claim as a curator would leave it: the fields of the codebook, checked against its codes and the record's rules."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from restrictions.domain.days import NotADay, parse_day
from restrictions.domain.vocabulary import Condition, Status
from restrictions.models import Claim, Country, Region

FIELDS = (
    "supplier",
    "recipient",
    "role",
    "weapon",
    "status",
    "track",
    "territory",
    "areas",
    "area_role",
    "conditions",
    "depth_km",
    "act",
    "attribution",
    "effective",
    "prior",
)
"""The codebook's fields that a curator may change. The quote and what the machine said stay as they are."""

_COLUMNS = {
    "supplier": ("supplier_id",),
    "recipient": ("recipient_id",),
    "weapon": ("weapon_id",),
    "effective": ("effective_edtf", "effective_earliest", "effective_latest"),
}
_MAY_BE_UNKNOWN = frozenset({"area_role", "depth_km", "prior"})
_FIELD_OF_COLUMN = {"effective_edtf": "effective"}
# Where a curator looks for the mistake that the database would name by its constraint.
_FIELD_OF_CONSTRAINT = {
    "claim_status_fits_track": "track",
    "claim_use_has_territory": "territory",
    "claim_areas_have_role": "area_role",
    "claim_accepted_has_effective": "effective",
}

Faults = dict[str, str]


class FaultyFields(ValueError):
    """The claim cannot stand so: a sentence for each field at fault, the empty name for the claim as a whole."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


def columns_of(fields: Iterable[str]) -> list[str]:
    """The columns that hold these fields."""
    return [column for field in fields for column in _COLUMNS.get(field, (field,))]


def field_values(row: Claim) -> dict[str, Any]:
    """The claim's fields by the codebook's names, as plain codes and numbers; ``effective`` is its EDTF text."""
    return {field: getattr(row, columns_of([field])[0]) for field in FIELDS}


def changed_fields(before: Claim, after: Claim) -> tuple[str, ...]:
    """The fields in which two states of a claim differ, in the codebook's order."""
    old, new = field_values(before), field_values(after)
    return tuple(field for field in FIELDS if old[field] != new[field])


def edited(row: Claim, changes: Mapping[str, Any]) -> Claim:
    """A copy of the claim with these fields changed, nothing of it saved. Raises FaultyFields.

    ``changes``: values by the codebook's names: codes as text, ``areas`` and ``conditions`` as lists of them.
    """
    after = copy(row)
    faults = {name: gettext("A claim has no such field.") for name in changes if name not in FIELDS}
    for name in FIELDS:
        if name in changes:
            faults |= _set(after, name, changes[name])
    if changes:
        faults = {**_refused_by_columns(after), **_refused_by_codebook(after), **faults}
        faults = faults or _refused_by_constraints(after)
    if faults:
        raise FaultyFields(faults)
    return after


def _set(row: Claim, name: str, value: Any) -> Faults:
    if name == "effective":
        return _set_effective(row, value)
    if name == "conditions":
        value = [code.value for code in Condition if code in value] + [code for code in value if code not in _CODES]
    elif name == "areas":
        value = list(dict.fromkeys(value))
    elif name in _MAY_BE_UNKNOWN and value == "":
        value = None
    setattr(row, columns_of([name])[0], value)
    return {}


_CODES = frozenset(code.value for code in Condition)


def _set_effective(row: Claim, text: str | None) -> Faults:
    try:
        day = parse_day(text) if text else None
    except NotADay as wrong:
        return {"effective": str(wrong)}
    values = (day.edtf, day.earliest, day.latest) if day else (None, None, None)
    for column, value in zip(columns_of(["effective"]), values, strict=True):
        setattr(row, column, value)
    return {}


def _refused_by_columns(row: Claim) -> Faults:
    """What a column cannot hold: an unknown code, a country or weapon that is not there."""
    kept = {"effective_edtf", *FIELDS}
    try:
        row.clean_fields(exclude={field.name for field in Claim._meta.fields} - kept)
    except ValidationError as refused:
        return {_FIELD_OF_COLUMN.get(name, name): says[0] for name, says in refused.message_dict.items()}
    return {}


def _refused_by_codebook(row: Claim) -> Faults:
    """What the columns could hold and the codebook does not know."""
    faults = {}
    if row.territory and not Country.objects.filter(code=row.territory).exists():
        faults["territory"] = gettext("“%(code)s” is no country that the record knows.") % {"code": row.territory}
    known = set(Region.objects.filter(code__in=row.areas).values_list("code", flat=True))
    if unknown := [code for code in row.areas if code not in known]:
        faults["areas"] = gettext("The record knows no region %(codes)s. Write codes such as UA-63, or names.") % {
            "codes": ", ".join(f"“{code}”" for code in unknown)
        }
    if row.depth_km is not None and Condition.DEPTH_LIMIT not in row.conditions:
        faults["depth_km"] = gettext("A depth goes with the condition of a stated depth: tick it, or empty the depth.")
    if row.dispatch_version_id and row.status in (Status.SUPPLIED, Status.UNSTATED):
        faults["status"] = gettext("No claim of a dispatch carries this status: it stands on positions only.")
    return faults


def _refused_by_constraints(row: Claim) -> Faults:
    """What the database would refuse, said beside the field before it is asked."""
    faults = {}
    for constraint in Claim._meta.constraints:
        try:
            constraint.validate(Claim, row)
        except ValidationError as refused:
            faults[_FIELD_OF_CONSTRAINT.get(constraint.name, "")] = refused.messages[0]
    return faults


def regions_named(pieces: Iterable[str], near: Iterable[str]) -> list[str]:
    """Region codes for what a curator wrote: codes in any case, or names of regions in the countries ``near``.

    What names no region stays as it was written. One query.
    """
    named: dict[str, str] = {}
    for code, *names in Region.objects.filter(country_id__in=list(near)).values_list("code", "name_en", "name_fr"):
        named |= {name.casefold(): code for name in (code, *names)}
    return [named.get(piece.casefold(), piece) for piece in pieces]
