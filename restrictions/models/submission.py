"""What was handed in at once by a program or a curator, and what became of each dispatch of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from restrictions.models.columns import recorded_column


class Submission(models.Model):
    """One request or upload. ``outcomes`` is none while its dispatches are being stored."""

    id = models.UUIDField(_("number"), primary_key=True, default=uuid4, editable=False)
    token = models.ForeignKey(
        "restrictions.ApiToken",
        models.PROTECT,
        related_name="submissions",
        null=True,
        blank=True,
        verbose_name=_("token"),
        help_text=_("Of the program that handed it in; empty for an upload."),
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("uploaded by"),
    )
    idempotency_key = models.CharField(_("idempotency key"), max_length=255, null=True, blank=True)
    body_digest = models.CharField(_("digest of the body"), max_length=64, blank=True, default="", editable=False)
    size = models.PositiveIntegerField(_("dispatches"), default=0)
    outcomes = models.JSONField(_("outcomes"), null=True, blank=True, editable=False)
    begun_at = models.DateTimeField(
        _("begun at"), help_text=_("When somebody last began to store it; another may take it over a minute later.")
    )
    recorded_at = recorded_column()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-recorded_at"]
        indexes = [
            models.Index(name="submission_recorded", fields=["recorded_at"]),
            models.Index(name="submission_of_token", fields=["token", "recorded_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="submission_one_per_key",
                fields=["token", "idempotency_key"],
                violation_error_message=_("This token has used this key."),
            ),
            models.CheckConstraint(
                name="submission_comes_by_one_door",
                condition=Q(token__isnull=False, sender__isnull=True) | Q(token__isnull=True, sender__isnull=False),
                violation_error_message=_("It is handed in with a token or by a user."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
