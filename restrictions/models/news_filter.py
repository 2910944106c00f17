"""Whose news a webhook or a subscription asks for: the columns of one filter."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import Track


class NewsFilter(models.Model):
    """The filter of the page of changes, as columns. What is empty asks for all."""

    recipient = models.CharField(_("recipient"), max_length=2, default="UA")
    territory = models.CharField(_("territory"), max_length=2, blank=True, default="")
    track = models.CharField(
        _("track"), max_length=8, choices=[(track.value, track.value) for track in Track], blank=True, default=""
    )
    suppliers = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("suppliers"))
    weapons = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("weapons"))
    language = models.CharField(_("language"), max_length=2, choices=[("en", "English"), ("fr", "Français")])

    class Meta:
        abstract = True
