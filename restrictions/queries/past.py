"""Rows of a table as they stood at some moment, read from what the audit trail kept of each change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from restrictions.models import Dispatch


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

    What is kept has the columns ``address``, ``publisher``, ``published_edtf`` and ``synthetic``, by the same names.
    One query; none without an instant.
    """
    if instant is None:
        return {}
    events: Any = Dispatch.pgh_event_model.objects  # type: ignore[attr-defined]  # put there by pghistory
    later = events.filter(pgh_obj_id__in=list(dispatches), pgh_created_at__gt=instant)
    return {event.pgh_obj_id: event for event in later.order_by("pgh_obj_id", "pgh_id").distinct("pgh_obj_id")}
