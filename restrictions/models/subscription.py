"""Subscriptions: who is told by mail of which news, how often. A row is all that is kept of a reader."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from restrictions.domain.alerts import Rhythm
from restrictions.models.news_filter import FILTER, NewsFilter


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def due(self, now: datetime) -> "SubscriptionQuerySet":
        """Those that a mail is to be sent for now and that no sender holds: to confirm, or a digest."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.filter(free, due__lte=now).order_by("due", "pk")

    def leased_under(self, token: UUID) -> "SubscriptionQuerySet":
        """Those that the holder of this token may note a mail of."""
        return self.filter(lease_token=token)


class Subscription(NewsFilter):
    """One filter to one address. It has no history: when a reader leaves, the row and the address are gone.

    ``told_until`` is the last revision that was told. ``due`` is when the next mail is: the one that asks for the
    confirmation, or a digest; none while a confirmation is waited for. Links in mails name ``key``, signed.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    address = models.EmailField(_("address"))
    rhythm = models.CharField(
        _("rhythm"), max_length=6, choices=[(Rhythm.DAILY.value, _("daily")), (Rhythm.WEEKLY.value, _("weekly"))]
    )
    requested_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    told_until = models.PositiveBigIntegerField(_("told until revision"), default=0)
    due = models.DateTimeField(_("next mail"), null=True)
    refusals = models.PositiveSmallIntegerField(_("refusals in a row"), default=0)
    lease_token = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-requested_at", "-pk"]
        default_permissions = ("view", "delete")
        indexes = [models.Index(name="subscription_due", fields=["due"])]
        constraints = [
            models.UniqueConstraint(
                name="subscription_once",
                fields=["address", "rhythm", *FILTER],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
