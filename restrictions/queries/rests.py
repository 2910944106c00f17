"""What rests on a row, and keeps it from being deleted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from restrictions.models import Claim, Country, Mark, Position, PositionVersion, Region, Settlement, Weapon

_SHOWN = 5

# Codes that columns hold as text, where the database knows no foreign key.
_NAMED_BY_CODE: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
    Country: (
        *((model, "territory") for model in (Claim, Mark, Settlement, Position, PositionVersion)),
        (Weapon, "makers__contains"),
    ),
    Region: ((Claim, "areas__contains"), (Mark, "areas__contains"), (PositionVersion, "limits__contains")),
}


@dataclass(frozen=True, slots=True)
class Rest:
    """Rows of one model that rest on another row: how many, and the first of them."""

    label: str
    count: int
    examples: tuple[models.Model, ...]


def what_rests_on(row: models.Model) -> tuple[Rest, ...]:
    """All that would lose its footing with this row, by model. Two queries for each model that could."""
    return tuple(rest for rows in _resting(row) if (rest := _rest(rows)))


def _resting(row: models.Model) -> Iterator["models.QuerySet[Any]"]:
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.PROTECT:
            yield relation.related_model._default_manager.filter(**{relation.field.name: row})
    for model, column in _NAMED_BY_CODE.get(type(row), ()):
        yield model._default_manager.filter(**{column: _as_held(column, str(row.pk))})


def _as_held(column: str, code: str) -> Any:
    """The code as the column holds it: alone, in a list, or in a limit."""
    if column == "limits__contains":
        return [{"value": code}]
    return [code] if column.endswith("__contains") else code


def _rest(rows: "models.QuerySet[Any]") -> Rest | None:
    count = rows.count()
    if not count:
        return None
    options = rows.model._meta
    label = options.verbose_name if count == 1 else options.verbose_name_plural
    return Rest(str(label), count, tuple(rows[:_SHOWN]))
