"""Positions: one status of one line during one stretch of time, and what it rests on."""

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from restrictions.domain.positions import Outcome
from restrictions.domain.vocabulary import Status
from restrictions.models.columns import (
    LineColumns,
    code_column,
    day_is_whole,
    edtf_column,
    status_fits_track,
    territory_fits_track,
)
from restrictions.models.triggers import HasEvidence, KeepsVersions, LiesInside, NeedsRevision, StampsRevision

LINE_COLUMNS = ("supplier", "role", "recipient", "weapon", "track", "territory")


def one_at_a_time(*, name: str, ranges: tuple[str, ...]) -> ExclusionConstraint:
    """No two rows of one line overlap in all of these ranges. Looked at when the change is committed."""
    # The line as one text: with a column each, a million versions take many times as long to index, and the planner
    # may take that index, which is no help, for a day's matrix.
    line: Any = models.Func(
        *map(F, LINE_COLUMNS), arg_joiner=" || ' ' || ", template="(%(expressions)s)", output_field=models.TextField()
    )
    return ExclusionConstraint(
        name=name,
        expressions=[(line, RangeOperators.EQUAL), *((column, RangeOperators.OVERLAPS) for column in ranges)],
        deferrable=models.Deferrable.DEFERRED,
        violation_error_message=_("Two positions of one line hold on the same day."),
    )


def validity_follows_window(table: str) -> models.CheckConstraint:
    """The range that reads look at runs from the last possible start to the last possible end (rule 11)."""
    window: Any = models.Func(F("starts_latest"), F("ends_latest"), function="daterange", output_field=DateRangeField())
    return models.CheckConstraint(
        name=f"{table}_validity_follows_window",
        condition=Q(validity=window) & (Q(ends_latest__isnull=True) | Q(ends_latest__gt=F("starts_latest"))),
        violation_error_message=_("A position lasts from the last day of its start to the last day of its end."),
    )


def imprecise_starts(*, name: str, also: tuple[str, ...] = ()) -> GistIndex:
    """What may already be in force on a day, though reads do not answer with it yet (rule 11): few starts are such."""
    window: Any = models.Func(
        F("starts_earliest"), F("starts_latest"), function="daterange", output_field=DateRangeField()
    )
    return GistIndex(
        F("recipient"),
        window,
        *map(F, also),
        name=name,
        condition=Q(starts_earliest__lt=F("starts_latest"), open_start=False),
    )


class PositionColumns(LineColumns):
    """What a position says, and what each of its versions keeps."""

    status = code_column(Status, _("status"))
    starts_edtf = edtf_column(_("starts"))
    starts_earliest = models.DateField(_("starts, earliest"))
    starts_latest = models.DateField(_("starts, latest"))
    open_start = models.BooleanField(
        _("open start"), default=False, help_text=_("The true start is unknown; this is the first day known to hold.")
    )
    ends_edtf = edtf_column(_("ends"), null=True, blank=True, help_text=_("Empty: nothing later is known."))
    ends_earliest = models.DateField(_("ends, earliest"), null=True, blank=True)
    ends_latest = models.DateField(_("ends, latest"), null=True, blank=True)
    validity = DateRangeField(_("in force"), help_text=_("The days for which reads answer with this position."))
    limits = models.JSONField(_("limits"), default=list, blank=True, help_text=_("Each with the claims that state it."))
    announced_edtf = edtf_column(_("announced"))
    announced_earliest = models.DateField(_("announced, earliest"))
    announced_latest = models.DateField(_("announced, latest"))
    last_confirmed = models.DateField(_("last confirmed"))
    first_used_edtf = edtf_column(_("first used"), null=True, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    contested = models.BooleanField(_("contested"), default=False)
    practice = code_column(Status, _("practice"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True, default="")
    rules = ArrayField(models.TextField(), verbose_name=_("rules that made it"), default=list, blank=True)
    shown = models.JSONField(
        _("what is shown"), default=dict, blank=True, help_text=_("Evidence, quotes, sources and names, as shown then.")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.supplier_id} → {self.recipient_id}, {self.weapon_id}: {self.status} ({self.starts_edtf})"


class PositionQuerySet(models.QuerySet["Position"]):
    def in_force_on(self, day: date) -> "PositionQuerySet":
        """Those that answer for this day."""
        return self.filter(validity__contains=day)

    def of_pair(self, supplier: str, recipient: str) -> "PositionQuerySet":
        """Those of one supplier and recipient, which are derived together."""
        return self.filter(supplier_id=supplier, recipient_id=recipient)


class Position(PositionColumns):
    """A position as the record knows it now. Derived, never typed: written inside a revision only.

    The evidence, stretches and silences are not versioned by themselves: what they show is frozen in ``shown``.
    """

    revision = models.ForeignKey(
        "restrictions.Revision",
        models.PROTECT,
        related_name="positions",
        editable=False,
        verbose_name=_("revision"),
        help_text=_("The revision that wrote it last; set by the database."),
    )
    claims = models.ManyToManyField(
        "restrictions.Claim", through="PositionEvidence", related_name="positions", verbose_name=_("claims")
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["supplier", "recipient", "weapon", "track", "starts_latest", "id"]
        indexes = [
            models.Index(name="position_pair", fields=["supplier", "recipient"]),
            models.Index(name="position_weapon", fields=["weapon"]),
            GistIndex(name="position_day", fields=["recipient", "validity"]),
            imprecise_starts(name="position_may_be"),
        ]
        constraints = [
            one_at_a_time(name="position_one_at_a_time", ranges=("validity",)),
            validity_follows_window("position"),
            status_fits_track("position"),
            territory_fits_track("position"),
            day_is_whole("position", "starts"),
            day_is_whole("position", "ends"),
            day_is_whole("position", "announced"),
        ]
        triggers = [
            StampsRevision(),
            KeepsVersions(),
            HasEvidence(name="has_evidence", operation=pgtrigger.Insert, position="NEW.id"),
            LiesInside(operation=pgtrigger.Update, position="NEW.id"),
        ]


class PositionEvidence(models.Model):
    """A claim that a position rests on."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="evidence", verbose_name=_("position"))
    claim = models.ForeignKey("restrictions.Claim", models.PROTECT, related_name="evidence_of", verbose_name=_("claim"))
    ordinal = models.PositiveIntegerField(_("place in the evidence"), default=0)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["position", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="position_evidence_once",
                fields=["position", "claim"],
                violation_error_message=_("This claim is already evidence of this position."),
            ),
        ]
        triggers = [
            NeedsRevision(),
            HasEvidence(
                name="leaves_evidence",
                operation=pgtrigger.Delete | pgtrigger.Update,
                position="OLD.position_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position_id}: {self.claim_id}"


class Stretch(models.Model):
    """Contested days inside a position: both sides with their claims, and how it ended."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="stretches", verbose_name=_("position"))
    first = models.DateField(_("first day"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day no longer contested."))
    standing = code_column(Status, _("standing side"))
    challenger = code_column(Status, _("challenging side"))
    standing_claims = ArrayField(models.TextField(), verbose_name=_("claims of the standing side"), default=list)
    challenger_claims = ArrayField(models.TextField(), verbose_name=_("claims of the challenging side"), default=list)
    outcome = code_column(Outcome, _("outcome"))
    rule = models.TextField(_("rule"))
    settlement = models.ForeignKey(
        "restrictions.Settlement",
        models.PROTECT,
        related_name="stretches",
        null=True,
        blank=True,
        verbose_name=_("settlement"),
    )
    limits_only = models.BooleanField(_("limits only"), default=False)

    class Meta:
        verbose_name = _("contested stretch")
        verbose_name_plural = _("contested stretches")
        ordering = ["position", "first", "id"]
        constraints = [
            models.CheckConstraint(
                name="stretch_covers_days",
                condition=Q(until__isnull=True) | Q(until__gt=F("first")),
                violation_error_message=_("A contested stretch ends after it begins."),
            ),
        ]
        triggers = [
            NeedsRevision(),
            LiesInside(operation=pgtrigger.Insert | pgtrigger.Update, position="NEW.position_id"),
        ]

    def __str__(self) -> str:
        return f"{self.standing} / {self.challenger} ({self.first} to {self.until or '…'})"


class Silence(models.Model):
    """A refusal to say, on a day inside a position that goes on all the same."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="silences", verbose_name=_("position"))
    claim = models.ForeignKey("restrictions.Claim", models.PROTECT, related_name="silence_of", verbose_name=_("claim"))
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")
        ordering = ["position", "day", "id"]
        constraints = [
            models.UniqueConstraint(
                name="silence_once",
                fields=["position", "claim"],
                violation_error_message=_("This claim is already a silence of this position."),
            ),
        ]
        triggers = [
            NeedsRevision(),
            LiesInside(operation=pgtrigger.Insert | pgtrigger.Update, position="NEW.position_id"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} ({self.day})"
