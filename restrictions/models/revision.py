"""Revisions: one change of the record each, in strict order."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections, models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from restrictions.models.triggers import RECORD_LOCK, FillsTheOutbox, Refuses, TakesItsTurn


class RevisionQuerySet(models.QuerySet["Revision"]):
    def open(self, *, actor: User, reason: str, rules_version: str) -> "Revision":
        """The revision under which this transaction changes the record, once every other change is committed.

        Read claims and positions after it, never before: another change may have been committed while it waited.
        The lock is let go at the end of the transaction. Raises TransactionManagementError outside one.
        """
        connection = connections[self.db]
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A revision is opened inside a transaction.")
        # The trigger takes the lock too; taken here first, ids rise with the instants.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECORD_LOCK])
        return self.create(actor=actor, reason=reason, rules_version=rules_version)

    def known_at(self, instant: datetime) -> "Revision | None":
        """The last revision that the record held at ``instant``; none before the record began."""
        return self.filter(instant__lte=instant).order_by("-instant").first()


class Revision(models.Model):
    """One change of the record: when, by whom, why, and under which rules of derivation."""

    instant = models.DateTimeField(
        _("instant"), unique=True, db_default=Now(), editable=False, help_text=_("Set by the database, always rising.")
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("actor"))
    reason = models.TextField(_("reason"))
    rules_version = models.TextField(_("version of the rules"))

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-instant"]
        constraints = [
            models.CheckConstraint(
                name="revision_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A revision needs its reason."),
            ),
        ]
        triggers = [
            TakesItsTurn(),
            FillsTheOutbox(),
            Refuses(
                name="stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                because="A revision is history: it is never changed or removed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instant:%Y-%m-%d %H:%M:%S} {self.reason}"
