"""Versions of positions on two clocks: when a rule held in the world, and when the record said so."""

from datetime import date, datetime

import pgtrigger
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from restrictions.models.position import PositionColumns, imprecise_starts, one_at_a_time
from restrictions.models.triggers import Refuses


class PositionVersionQuerySet(models.QuerySet["PositionVersion"]):
    def known_at(self, instant: datetime) -> "PositionVersionQuerySet":
        """Those that the record held at this instant."""
        return self.filter(recorded__contains=instant)

    def in_force_on(self, day: date) -> "PositionVersionQuerySet":
        """Those that answer for this day."""
        return self.filter(validity__contains=day)


class PositionVersion(PositionColumns):
    """What the record said of a position from one revision to another. Kept by the database, never written by hand."""

    # No foreign key: the version outlives the position.
    position_id = models.BigIntegerField(_("position"), db_index=True)
    recorded = DateTimeRangeField(
        _("recorded"), help_text=_("From the revision that wrote it to the one that replaced it.")
    )
    opened_by = models.ForeignKey(
        "restrictions.Revision", models.PROTECT, related_name="opened_versions", verbose_name=_("opened by")
    )
    closed_by = models.ForeignKey(
        "restrictions.Revision",
        models.PROTECT,
        related_name="closed_versions",
        null=True,
        blank=True,
        verbose_name=_("closed by"),
    )

    objects = PositionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a position")
        verbose_name_plural = _("versions of positions")
        ordering = ["position_id", "recorded"]
        indexes = [
            GistIndex(name="position_version_day", fields=["recipient", "validity", "recorded"]),
            imprecise_starts(name="position_version_may_be", also=("recorded",)),
        ]
        constraints = [
            one_at_a_time(name="position_version_one_at_a_time", ranges=("validity", "recorded")),
            models.CheckConstraint(
                name="position_version_recorded_is_real",
                condition=Q(recorded__isempty=False, recorded__lower_inf=False),
                violation_error_message=_("A version stood in the record for some time."),
            ),
            models.CheckConstraint(
                name="position_version_closed_by_revision",
                condition=Q(closed_by__isnull=True, recorded__upper_inf=True)
                | Q(closed_by__isnull=False, recorded__upper_inf=False),
                violation_error_message=_("A closed version names the revision that closed it."),
            ),
        ]
        triggers = [
            Refuses(
                name="kept_by_the_database",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                # Writes of the trigger on positions arrive at depth 1.
                condition=pgtrigger.Condition("(pg_trigger_depth() = 0)"),
                because="Versions of positions are history: they are written by the change of a position only.",
            ),
        ]
