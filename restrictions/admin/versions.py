"""The versions of a position, and any two of them side by side; which two stands in the address."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from restrictions.models import PositionVersion
from restrictions.queries.version_changes import version_changes


def versions_context(position_id: int, asked: Mapping[str, str]) -> dict[str, Any]:
    """All versions, the oldest first, and what differs between the two that are asked for; the last two otherwise."""
    rows = PositionVersion.objects.filter(position_id=position_id)
    versions = list(rows.select_related("opened_by__actor").order_by("recorded"))
    if len(versions) < 2:
        return {"versions": versions}
    before, after = _chosen(versions, asked.get("from")), _chosen(versions, asked.get("to"))
    wrong = (asked.get("from") and not before) or (asked.get("to") and not after)
    before, after = before or versions[-2], after or versions[-1]
    return {
        "versions": versions,
        "before": before,
        "after": after,
        "differences": () if wrong else version_changes(before, after),
        "wrong": gettext("This position has no such version. Choose two of the list.") if wrong else "",
    }


def _chosen(versions: list[PositionVersion], said: str | None) -> PositionVersion | None:
    return next((version for version in versions if str(version.pk) == said), None)
