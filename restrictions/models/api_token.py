"""Tokens with which programs hand dispatches in, or read more than others: only their digests are kept."""

from datetime import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from restrictions.models.columns import recorded_column


class Scope(models.TextChoices):
    """What a token is good for."""

    WRITE_DISPATCHES = "dispatches:write", _("hand dispatches in")
    READ_RECORD = "record:read", _("read more of the record in a minute")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def good(self, now: datetime) -> "ApiTokenQuerySet":
        """Those that are neither revoked nor past their end."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="ApiTokenEvent",
    fields=["id", "name", "prefix", "scopes", "made_by", "expires_at", "revoked_at", "revoked_by"],
    append_only=True,
)
class ApiToken(models.Model):
    """What one program shows at the door. The token itself was shown once, to whoever made it."""

    name = models.CharField(
        _("name"), max_length=100, help_text=_("Which program of whose it is, so that you know what to revoke.")
    )
    prefix = models.CharField(_("starts with"), max_length=16, editable=False)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=40, choices=Scope.choices), verbose_name=_("good for"), help_text=_("At least one.")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    expires_at = models.DateTimeField(
        _("good until"), null=True, blank=True, help_text=_("Empty: until it is revoked.")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("revoked by")
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, help_text=_("To the minute."))
    recorded_at = recorded_column()

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="api_token_has_name",
                condition=~Q(name=""),
                violation_error_message=_("A token needs a name, so that you know what to revoke."),
            ),
            models.CheckConstraint(
                name="api_token_is_good_for_something",
                condition=Q(scopes__len__gt=0),
                violation_error_message=_("A token is good for at least one thing."),
            ),
            models.CheckConstraint(
                name="api_token_digest_is_sha256",
                condition=Q(digest__regex="^[0-9a-f]{64}$"),
                violation_error_message=_("A digest is 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                name="api_token_revoked_by_somebody",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message=_("A revoked token needs who revoked it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
