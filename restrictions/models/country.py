"""Countries and their regions, by ISO 3166."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Country(models.Model):
    """A state, by its ISO 3166-1 code."""

    code = models.CharField(
        _("code"), max_length=2, primary_key=True, help_text=_("ISO 3166-1, two letters, such as UA.")
    )
    name_en = models.TextField(_("English name"))
    name_fr = models.TextField(_("French name"))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="country_code_is_two_capitals",
                condition=Q(code__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("A country's code is two capital letters, such as UA."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Region(models.Model):
    """A part of a country, by its ISO 3166-2 code."""

    code = models.CharField(_("code"), max_length=6, primary_key=True, help_text=_("ISO 3166-2, such as UA-63."))
    country = models.ForeignKey(Country, models.PROTECT, related_name="regions", verbose_name=_("country"))
    name_en = models.TextField(_("English name"))
    name_fr = models.TextField(_("French name"))

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="region_code_is_iso_3166_2",
                condition=Q(code__regex=r"^[A-Z]{2}-[A-Z0-9]{1,3}$"),
                violation_error_message=_("A region's code is its country's, a hyphen and a part, such as UA-63."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en
