"""Settlements: curators' rulings on contested or doubtful days."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import Status
from restrictions.models.columns import (
    LineColumns,
    code_column,
    recorded_column,
    status_fits_track,
    territory_fits_track,
)


class SettlementQuerySet(models.QuerySet["Settlement"]):
    def of_pair(self, supplier: str, recipient: str) -> "SettlementQuerySet":
        """Those of one supplier and recipient, which are derived together."""
        return self.filter(supplier_id=supplier, recipient_id=recipient)

    def standing(self) -> "SettlementQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn=False)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Settlement(LineColumns):
    """Which status holds on some days of a line, and why. It names the line and the days, never a row."""

    key = models.TextField(_("key"), unique=True)
    first = models.DateField(_("first day"), help_text=_("The first day ruled on."))
    until = models.DateField(_("until"), help_text=_("The first day no longer ruled on."))
    status = code_column(Status, _("status"))
    practice = code_column(
        Status,
        _("practice"),
        null=True,
        blank=True,
        help_text=_("The status observed, where it departs from the declared."),
    )
    reason = models.TextField(_("reason"), help_text=_("Shown to the public."))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    withdrawn = models.BooleanField(
        _("withdrawn"), default=False, help_text=_("Stays in the log and rules on nothing.")
    )
    withdrawn_reason = models.TextField(_("why withdrawn"), blank=True, default="")
    recorded_at = recorded_column()

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["key"]
        indexes = [models.Index(name="settlement_pair", fields=["supplier", "recipient"])]
        constraints = [
            status_fits_track("settlement"),
            territory_fits_track("settlement"),
            models.CheckConstraint(
                name="settlement_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A settlement needs its reason: it is shown to the public."),
            ),
            models.CheckConstraint(
                name="settlement_withdrawn_has_reason",
                condition=Q(withdrawn=False) | ~Q(withdrawn_reason=""),
                violation_error_message=_("A withdrawn settlement needs the reason."),
            ),
            models.CheckConstraint(
                name="settlement_covers_days",
                condition=Q(first__lt=F("until")),
                violation_error_message=_("A settlement ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.supplier_id} → {self.recipient_id}, {self.weapon_id}: {self.status} ({self.first} to {self.until})"
        )
