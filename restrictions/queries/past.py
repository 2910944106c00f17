"""Rows of a table as they stood at some moment, read from what the audit trail kept of each change."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Subquery, When

from restrictions.models import Dispatch, DispatchVersion
from restrictions.models.dispatch import CORRECTED


def rows_known_at(model: type[models.Model], instant: datetime | None) -> "models.QuerySet[Any]":
    """The rows of an audited table as they stood then, with their columns by the same names; now without an instant.

    Of rows of the past the key is ``pgh_obj_id``. What was removed since is there, what came since is not.
    """
    if instant is None:
        return model._default_manager.all()
    events: Any = model.pgh_event_model.objects  # type: ignore[attr-defined]  # put there by pghistory
    later = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_created_at__lte=instant, pgh_id__gt=OuterRef("pgh_id"))
    found: models.QuerySet[Any] = events.filter(pgh_created_at__lte=instant).exclude(pgh_label="delete")
    return found.filter(~Exists(later))


def corrected_since(dispatches: Iterable[int], instant: datetime | None) -> dict[int, Dispatch]:
    """Of those among these dispatches that were corrected after a moment, what stood of them then; by number.

    What is kept has the columns ``CORRECTED``, by the same names. One query; none without an instant.
    """
    if instant is None:
        return {}
    events: Any = Dispatch.pgh_event_model.objects  # type: ignore[attr-defined]  # put there by pghistory
    later = events.filter(pgh_obj_id__in=list(dispatches), pgh_created_at__gt=instant)
    return {event.pgh_obj_id: event for event in later.order_by("pgh_obj_id", "pgh_id").distinct("pgh_obj_id")}


def dispatches_held_at(instant: datetime | None) -> "models.QuerySet[Any]":
    """The dispatches that had come in by then, or are held now: ``was_publisher`` and so on are what stood of each.

    How far each has been read is that of now: of its states no past is kept. One query of its own for a past moment.
    """
    if instant is None:
        return Dispatch.objects.annotate(**{f"was_{column}": F(column) for column in CORRECTED})
    events: Any = Dispatch.pgh_event_model.objects  # type: ignore[attr-defined]  # put there by pghistory
    came = Dispatch.objects.filter(received_at__lte=instant)
    later = events.filter(pgh_created_at__gt=instant, pgh_obj__received_at__lte=instant)
    corrected = set(later.order_by().values_list("pgh_obj_id", flat=True))
    first = later.filter(pgh_obj_id=OuterRef("pk")).order_by("pgh_id")
    return came.annotate(**{f"was_{column}": _stood(column, corrected, first) for column in CORRECTED})


def _stood(column: str, corrected: Collection[int], first: "models.QuerySet[Any]") -> Any:
    """What stood in a column of a dispatch before its first correction; what stands, where nothing was corrected."""
    if not corrected:
        return F(column)
    field: Any = Dispatch._meta.get_field(column)
    then = When(pk__in=corrected, then=Subquery(first.values(column)[:1]))
    return Case(then, default=F(column), output_field=getattr(field, "target_field", field))


def versions_held_at(instant: datetime | None) -> "models.QuerySet[DispatchVersion]":
    """The versions of texts that had come in by then, or are held now. A version never changes."""
    return (
        DispatchVersion.objects.all() if instant is None else DispatchVersion.objects.filter(recorded_at__lte=instant)
    )
