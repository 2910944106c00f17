"""The outbox: what is still to be told to the outside, written by the database in the transaction of the change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from restrictions.models.revision import Revision


class OutboxEntry(models.Model):
    """One revision that is to be told. ``spread_at`` is when each webhook that wants it had its delivery written.

    Revisions are committed in the order of their numbers: whoever has read one has missed none before it.
    """

    revision = models.OneToOneField(
        Revision, models.PROTECT, primary_key=True, related_name="outbox_entry", verbose_name=_("revision")
    )
    spread_at = models.DateTimeField(_("spread at"), null=True, blank=True)

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        ordering = ["revision_id"]
        default_permissions = ()
        indexes = [
            models.Index(name="outbox_waiting", fields=["revision"], condition=models.Q(spread_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}"
