"""Whose news a webhook or a subscription asks for: the columns of one filter."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import Track

FILTER = (
    *("recipient", "territory", "track", "suppliers", "weapons", "kinds", "before", "after", "first", "last"),
    *("conditions", "regions", "attributions", "evidence", "text"),
)
"""The columns of a filter, without the language in which it is told."""


def _codes(name: Any, longest: int) -> "ArrayField[Any, Any]":
    """Any of these codes; all where there is none."""
    return ArrayField(models.CharField(max_length=longest), default=list, blank=True, verbose_name=name)


class NewsFilter(models.Model):
    """The filter of the page of changes, as columns. What is empty asks for all."""

    recipient = models.CharField(_("recipient"), max_length=2, default="UA")
    territory = models.CharField(_("territory"), max_length=2, blank=True, default="")
    track = models.CharField(
        _("track"), max_length=8, choices=[(track.value, track.value) for track in Track], blank=True, default=""
    )
    suppliers = _codes(_("suppliers"), 2)
    weapons = _codes(_("weapons"), 40)
    kinds = _codes(_("kinds of change"), 16)
    before = _codes(_("what was before"), 16)
    after = _codes(_("what came"), 16)
    first = models.DateField(_("from"), null=True, blank=True)
    last = models.DateField(_("until"), null=True, blank=True)
    conditions = _codes(_("limits"), 24)
    regions = _codes(_("regions"), 6)
    attributions = _codes(_("on the word of"), 24)
    evidence = models.CharField(_("evidence"), max_length=8, blank=True, default="")
    text = models.CharField(_("words"), max_length=100, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=[("en", "English"), ("fr", "Français")])

    class Meta:
        abstract = True
