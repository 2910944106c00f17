"""Tables that somebody sent in: kept as they came, looked at, and written once or never."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from restrictions.models.columns import recorded_column


class SentTable(models.Model):
    """One file of rows for one aggregate. Nothing of it stands in the record before somebody said so."""

    table = models.CharField(_("table"), max_length=40)
    name = models.TextField(_("name of the file"))
    form = models.CharField(_("form"), max_length=4)
    content = models.BinaryField(_("content"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = recorded_column()
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    revision = models.ForeignKey(
        "restrictions.Revision",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("revision"),
        help_text=_("The change of the record that it made, if it made one."),
    )
    outcome = models.JSONField(_("outcome"), default=dict, blank=True, help_text=_("Rows by what became of them."))

    class Meta:
        verbose_name = _("sent table")
        verbose_name_plural = _("sent tables")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="sent_table_revision_is_written",
                condition=Q(revision__isnull=True) | Q(written_at__isnull=False),
                violation_error_message=_("A table that changed the record is written."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
