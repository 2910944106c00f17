"""Reports of errors: what readers say is wrong with a position, and what a curator made of it."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from restrictions.models.columns import recorded_column
from restrictions.models.triggers import Refuses


class ReportKind(models.TextChoices):
    """What a reader says is wrong."""

    STATUS = "status", _("the rule or its limits")
    DAY = "day", _("the day on which it began or ended")
    SOURCE = "source", _("a source, a link or a quote")
    MISSING = "missing", _("something is missing")
    OTHER = "other", _("something else")


class ReportState(models.TextChoices):
    """What became of a report."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Those that no curator has closed."""
        return self.filter(state=ReportState.OPEN)


# How to reach the reader is no history: it goes when the report is closed.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="ReportEvent",
    fields=["position_id", "kind", "words", "state", "answer", "closed_by", "closed_at"],
    append_only=True,
)
class Report(models.Model):
    """What one reader says is wrong with one position. ``position_id`` outlives the position, as versions do."""

    position_id = models.BigIntegerField(_("position"), db_index=True)
    revision = models.PositiveBigIntegerField(
        _("revision"), null=True, blank=True, help_text=_("Of the record that the reader saw.")
    )
    sentence = models.TextField(_("what the page said"), blank=True, default="")
    kind = models.CharField(_("what is wrong"), max_length=12, choices=ReportKind.choices)
    words = models.TextField(_("in the reader's words"))
    source = models.URLField(_("where it can be read"), max_length=2000, blank=True, default="")
    contact = models.CharField(
        _("how to reach the reader"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Given freely; forgotten when the report is closed."),
    )
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    state = models.CharField(_("state"), max_length=12, choices=ReportState.choices, default=ReportState.OPEN.value)
    answer = models.TextField(_("answer"), blank=True, default="")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    recorded_at = recorded_column()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ["-recorded_at", "-id"]
        default_permissions = ("view", "change")
        indexes = [
            models.Index(name="report_newest", fields=["-recorded_at", "-id"]),
            models.Index(name="report_open", fields=["recorded_at"], condition=Q(state=ReportState.OPEN.value)),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_says_something",
                condition=~Q(words=""),
                violation_error_message=_("A report says what is wrong."),
            ),
            models.CheckConstraint(
                name="report_closed_is_signed",
                condition=Q(state=ReportState.OPEN.value, closed_by__isnull=True, closed_at__isnull=True, answer="")
                | (~Q(state=ReportState.OPEN.value) & Q(closed_by__isnull=False, closed_at__isnull=False))
                & ~Q(answer=""),
                violation_error_message=_("A closed report has an answer, and who closed it."),
            ),
            models.CheckConstraint(
                name="report_closed_forgets_contact",
                condition=Q(state=ReportState.OPEN.value) | Q(contact=""),
                violation_error_message=_("How to reach the reader goes when the report is closed."),
            ),
        ]
        triggers = [
            Refuses(
                name="words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("position_id", "revision", "sentence", "kind", "words", "source"),
                because="What a reader reported stays as it was said.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words[:80]}"
