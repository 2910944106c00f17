"""Second coding: samples that were drawn, what the second coder made of each passage, and who was right."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from restrictions.models.columns import recorded_column
from restrictions.models.triggers import Refuses

LARGEST_SAMPLE = 500


class Strata(models.TextChoices):
    """What a sample is spread over, the same number from each as far as they have them."""

    NONE = "none", _("nothing: all claims alike")
    LANGUAGE = "language", _("languages")
    PERIOD = "period", _("years of publication")
    SUPPLIER = "supplier", _("suppliers")


class Sample(models.Model):
    """A number of decided claims, drawn to be coded a second time. The same seed draws the same claims."""

    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField(_("size"), help_text=_("How many claims, 500 at most."))
    strata = models.CharField(_("spread over"), max_length=12, choices=Strata.choices, default=Strata.NONE)
    languages = ArrayField(models.CharField(max_length=12), verbose_name=_("languages"), default=list, blank=True)
    suppliers = ArrayField(models.CharField(max_length=2), verbose_name=_("suppliers"), default=list, blank=True)
    published_from = models.DateField(_("published from"), null=True, blank=True)
    published_until = models.DateField(_("published until"), null=True, blank=True)
    seed = models.CharField(_("seed"), max_length=40, help_text=_("Any word. The same one draws the same claims."))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drawn by"))
    drawn_at = recorded_column()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-id"]
        triggers = [
            Refuses(
                name="stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                because="A sample stays as it was drawn.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SampledClaim(models.Model):
    """One passage of a sample, with the first coding as it stood when it was drawn."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="claims", verbose_name=_("sample"))
    claim = models.ForeignKey("restrictions.Claim", models.PROTECT, related_name="+", verbose_name=_("claim"))
    ordinal = models.PositiveIntegerField(_("place in the sample"))
    stratum = models.CharField(_("stratum"), max_length=40, blank=True, default="")
    period = models.CharField(_("year of publication"), max_length=4, blank=True, default="")
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    first = models.JSONField(_("first coding"), null=True, help_text=_("Empty where the claim was rejected."))

    class Meta:
        verbose_name = _("sampled claim")
        verbose_name_plural = _("sampled claims")
        ordering = ["sample", "ordinal"]
        constraints = [
            models.UniqueConstraint(name="sampled_claim_once", fields=["sample", "claim"]),
            models.UniqueConstraint(name="sampled_claim_place_once", fields=["sample", "ordinal"]),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}/{self.ordinal}"


class SecondCoding(models.Model):
    """What a second coder makes of a passage without having seen the first's codes."""

    sampled = models.OneToOneField(SampledClaim, models.PROTECT, related_name="second", verbose_name=_("sampled claim"))
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("coder"))
    coding = models.JSONField(_("coding"), null=True, help_text=_("Empty where the coder finds no claim."))
    note = models.TextField(_("note"), blank=True, default="")
    coded_at = recorded_column()

    class Meta:
        verbose_name = _("second coding")
        verbose_name_plural = _("second codings")
        ordering = ["sampled"]
        triggers = [
            Refuses(
                name="stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                because="A second coding stays as it was made: agreement is counted from it.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.sampled_id)


class Adjudication(models.Model):
    """What a third person holds right where two codings differ. It changes no claim."""

    sampled = models.OneToOneField(
        SampledClaim, models.PROTECT, related_name="adjudication", verbose_name=_("sampled claim")
    )
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("curator"))
    right = models.JSONField(_("who was right"), help_text=_("By field: first, second or neither."))
    reason = models.TextField(_("reason"))
    decided_at = recorded_column()

    class Meta:
        verbose_name = _("adjudication")
        verbose_name_plural = _("adjudications")
        ordering = ["sampled"]
        triggers = [
            Refuses(
                name="stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                because="An adjudication stays as it was made.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.sampled_id)
