"""Redactions: texts that had to be removed from the record and from its past, and on what ground."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from restrictions.models.triggers import Refuses


class Redacted(models.TextChoices):
    """What kind of text was removed."""

    QUOTE = "quote", _("the quote of a claim")
    MARK = "mark", _("the quote of a mark")
    NOTE = "note", _("the notes of a claim")
    TITLE = "title", _("the title of a dispatch, in every version")
    BODY = "body", _("the text of a dispatch, in every version; quotes from it stay")
    WHOLE = "whole", _("the text of a dispatch, in every version, and every quote from it")


class Redaction(models.Model):
    """One removal, as the public is told of it. What was removed is nowhere kept."""

    revision = models.OneToOneField(
        "restrictions.Revision",
        models.PROTECT,
        primary_key=True,
        related_name="redaction",
        verbose_name=_("revision"),
    )
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    kind = models.CharField(_("what"), max_length=8, choices=Redacted.choices)
    ground = models.TextField(_("ground"))
    places = models.PositiveIntegerField(
        _("places"), help_text=_("In how many rows the text stood, past ones included.")
    )

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-revision_id"]
        default_permissions = ("view", "add")
        constraints = [
            models.CheckConstraint(
                name="redaction_has_ground",
                condition=~Q(ground=""),
                violation_error_message=_("A redaction needs its ground: it is shown to the public."),
            ),
        ]
        triggers = [
            Refuses(
                name="stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                because="That something was removed is never removed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.get_kind_display()}"
