"""Claims that a curator left for later."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Skip(models.Model):
    """A curator left a claim for later: in their queue it comes after all others. It says nothing about the claim."""

    claim = models.ForeignKey("restrictions.Claim", models.CASCADE, related_name="skips", verbose_name=_("claim"))
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("curator"), db_index=False
    )
    skipped_at = models.DateTimeField(_("skipped at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("skip")
        verbose_name_plural = _("skips")
        constraints = [
            models.UniqueConstraint(
                name="skip_once",
                fields=["curator", "claim"],
                violation_error_message=_("The curator left this claim for later already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.curator}"
