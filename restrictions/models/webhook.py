"""Webhooks: which program is told of which news, and what became of each message to it."""

from datetime import datetime
from uuid import UUID, uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from restrictions.models.columns import recorded_column
from restrictions.models.news_filter import FILTER, NewsFilter
from restrictions.models.outbox import OutboxEntry


# The numbers that secrets are made of are no history.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="WebhookEvent",
    fields=["id", "name", "address", *FILTER, "enabled", "digest"],
    append_only=True,
)
class Webhook(NewsFilter):
    """An address to which news are sent, signed. The secret is made of ``nonce`` and the installation's own key."""

    name = models.CharField(_("name"), max_length=100, help_text=_("Whose program it is."))
    address = models.URLField(_("address"), max_length=2000)
    enabled = models.BooleanField(_("switched on"), default=True)
    nonce = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    former_nonce = models.CharField(max_length=64, blank=True, default="", editable=False)
    former_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    former_until = models.DateTimeField(_("former secret signs until"), null=True, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    recorded_at = recorded_column()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(
                name="webhook_has_name",
                condition=~Q(name=""),
                violation_error_message=_("A webhook needs a name, so that you know whose it is."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    GIVEN_UP = "given_up", _("given up")


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def due(self, now: datetime) -> "WebhookDeliveryQuerySet":
        """Those to be sent now that no sender holds, the longest due first."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.filter(free, state=DeliveryState.WAITING, due__lte=now, webhook__enabled=True).order_by("due", "pk")

    def leased_under(self, token: UUID) -> "WebhookDeliveryQuerySet":
        """Those that the holder of this token may end."""
        return self.filter(state=DeliveryState.WAITING, lease_token=token)


class WebhookDelivery(models.Model):
    """One message to one webhook. Its number and its bytes stay the same however often it is sent.

    ``attempts`` holds one object a try: ``at``, ``status`` (0 where none came) and ``said``, a sentence or the start
    of the answer. A message without ``entry`` is a test.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    entry = models.ForeignKey(OutboxEntry, models.PROTECT, null=True, related_name="deliveries")
    body = models.TextField()
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    attempts = models.JSONField(default=list)
    due = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    recorded_at = recorded_column()

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(name="delivery_due", fields=["due"], condition=Q(state=DeliveryState.WAITING.value)),
            models.Index(name="delivery_newest", fields=["webhook", "-recorded_at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["webhook", "entry"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)
