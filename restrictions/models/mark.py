"""Marks: acts beside the positions, such as hints, calls, reactions and observed use."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import MARK_ACTS, Act, Decision
from restrictions.models.columns import (
    DecisionColumns,
    QuoteColumns,
    code_column,
    day_is_whole,
    decided_has_decider,
    edtf_column,
    quote_is_whole,
    read_by_the_log,
    withdrawn_has_reason,
)
from restrictions.models.triggers import DecidedStays, QuoteIsSpan


class MarkQuerySet(models.QuerySet["Mark"]):
    def proposed(self) -> "MarkQuerySet":
        """Those that no curator has decided."""
        return self.filter(decision=Decision.PROPOSED.value)

    def accepted(self) -> "MarkQuerySet":
        """Those that are public."""
        return self.filter(decision=Decision.ACCEPTED.value)

    def of_use(self) -> "MarkQuerySet":
        """Weapons seen used on a territory."""
        return self.filter(act=Act.USED.value)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    append_only=True,
    meta={"indexes": [read_by_the_log("mark")]},
)
class Mark(QuoteColumns, DecisionColumns):
    """A context act of a dispatch. It never makes a position."""

    key = models.TextField(_("key"), unique=True)
    act = code_column(MARK_ACTS, _("act"))
    actor = models.TextField(_("actor"), help_text=_("A country code, or a name such as NATO."))
    supplier = models.ForeignKey(
        "restrictions.Country", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("supplier")
    )
    recipient = models.ForeignKey(
        "restrictions.Country", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("recipient")
    )
    weapon = models.ForeignKey(
        "restrictions.Weapon", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("weapon")
    )
    territory = models.CharField(_("territory"), max_length=2, blank=True, default="")
    areas = ArrayField(models.CharField(max_length=6), verbose_name=_("areas"), default=list, blank=True)
    day_edtf = edtf_column(_("day"), null=True, blank=True)
    day_earliest = models.DateField(_("day, earliest"), null=True, blank=True)
    day_latest = models.DateField(_("day, latest"), null=True, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, default="", help_text=_("In our words, where no quote is held.")
    )
    weak_source = models.BooleanField(_("weak source"), default=False)
    source_url = models.URLField(_("source's address"), max_length=2000, blank=True, default="")
    source_publisher = models.TextField(_("source's publisher"), blank=True, default="")
    source_title = models.TextField(_("source's title"), blank=True, default="")
    coder_version = models.TextField(_("coder's version"), blank=True, default="")
    decision_reason = models.TextField(_("reason of the decision"), blank=True, default="")

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["day_latest", "key"]
        constraints = [
            decided_has_decider("mark"),
            withdrawn_has_reason("mark"),
            day_is_whole("mark", "day"),
            quote_is_whole("mark"),
        ]
        triggers = [QuoteIsSpan(), DecidedStays("coder_version")]

    def __str__(self) -> str:
        return f"{self.actor}: {self.act} ({self.day_edtf or '?'})"
