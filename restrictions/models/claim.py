"""Claims: what one dispatch asserts about a supplier's position, and the links of claims without a dispatch."""

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import (
    CLAIM_ACTS,
    AreaRole,
    Attribution,
    Condition,
    Decision,
    Status,
    Track,
)
from restrictions.models.choices import codes
from restrictions.models.columns import (
    DecisionColumns,
    LineColumns,
    QuoteColumns,
    code_column,
    day_is_whole,
    decided_has_decider,
    edtf_column,
    quote_is_whole,
    read_by_the_log,
    status_fits_track,
    withdrawn_has_reason,
)
from restrictions.models.folding import SAID
from restrictions.models.triggers import DecidedStays, MergesWithinDispatch, QuoteIsSpan, Refuses

BY_HAND = "curator"
"""The coder of a claim that the machine missed: somebody selected its quote."""

SURENESS = Coalesce(F("confidence"), 0.0)
"""The confidence to sort by: a claim that came without one counts as least sure."""

WAITS = Q(decision=Decision.PROPOSED.value)
COUNTS = Q(decision=Decision.ACCEPTED.value, retracted=False)
DECIDED = Q(decision__in=[code.value for code in Decision if code.is_a_curators])


class ClaimQuerySet(models.QuerySet["Claim"]):
    def proposed(self) -> "ClaimQuerySet":
        """Those that no curator has decided."""
        return self.filter(decision=Decision.PROPOSED.value)

    def accepted(self) -> "ClaimQuerySet":
        """Those that a curator accepted, retracted ones included."""
        return self.filter(decision=Decision.ACCEPTED.value)

    def decided(self) -> "ClaimQuerySet":
        """Those that a curator accepted or rejected; not what the machine withdrew before anybody looked."""
        return self.filter(DECIDED)

    def counting(self) -> "ClaimQuerySet":
        """Those that positions are derived from: accepted and not retracted."""
        return self.filter(COUNTS)

    def of_pair(self, supplier: str, recipient: str) -> "ClaimQuerySet":
        """Those of one supplier and recipient, which are derived together."""
        return self.filter(supplier_id=supplier, recipient_id=recipient)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    append_only=True,
    meta={
        "indexes": [
            read_by_the_log("claim"),
            # A search of a past day is answered as one of today is.
            GinIndex(OpClass(SAID, name="gin_trgm_ops"), name="claimevent_said", condition=COUNTS),
        ]
    },
)
class Claim(LineColumns, QuoteColumns, DecisionColumns):
    """One assertion about one supplier's position, with the sentence that says so and what a curator made of it."""

    key = models.TextField(
        _("key"), unique=True, help_text=_("Stable name: the starter id, else address, version and quote offset.")
    )
    status = code_column(Status, _("status"), help_text=_("What the supplier lets the recipient do."))
    areas = ArrayField(
        models.CharField(max_length=6),
        verbose_name=_("areas"),
        default=list,
        blank=True,
        help_text=_("Regions that the permission or ban is limited to, such as UA-63."),
    )
    area_role = code_column(
        AreaRole,
        _("area's role"),
        null=True,
        blank=True,
        help_text=_("Whether fire is allowed to protect the areas, or the targets lie in them."),
    )
    conditions = ArrayField(
        models.CharField(max_length=24, choices=codes(Condition)),
        verbose_name=_("conditions"),
        default=list,
        blank=True,
        help_text=_("The other limits that the text states."),
    )
    depth_km = models.PositiveIntegerField(
        _("depth in km"), null=True, blank=True, help_text=_("How far beyond the border, in whole kilometres.")
    )
    act = code_column(CLAIM_ACTS, _("act"), help_text=_("Whether the position is new, upheld, or a change is denied."))
    attribution = code_column(Attribution, _("attribution"), help_text=_("Who vouches for it."))
    effective_edtf = edtf_column(
        _("effective"),
        null=True,
        blank=True,
        help_text=_("Since when the position holds, such as 2024-05-30 or 2024-05."),
    )
    effective_earliest = models.DateField(_("effective, earliest"), null=True, blank=True)
    effective_latest = models.DateField(_("effective, latest"), null=True, blank=True)
    published_edtf = edtf_column(_("published"), null=True, blank=True)
    published_earliest = models.DateField(_("published, earliest"), null=True, blank=True)
    published_latest = models.DateField(_("published, latest"), null=True, blank=True)
    prior = code_column(
        Status, _("before that"), null=True, blank=True, help_text=_("The status that the text says held until then.")
    )
    speaker = models.TextField(_("speaker"), blank=True, default="")
    summary = models.TextField(
        _("summary"), blank=True, default="", help_text=_("In our words, where no quote is held.")
    )
    weak_source = models.BooleanField(_("weak source"), default=False)
    notes = models.TextField(_("notes"), blank=True, default="")
    retracted = models.BooleanField(
        _("retracted"), default=False, help_text=_("Stays in the log and counts for nothing.")
    )
    retracted_reason = models.TextField(_("why retracted"), blank=True, default="")
    coder = models.TextField(_("coder"), blank=True, default="", help_text=_("The program or list that proposed it."))
    coder_version = models.TextField(_("coder's version"), blank=True, default="")
    rule_ids = ArrayField(models.TextField(), verbose_name=_("rules that fired"), default=list, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True, help_text=_("From 0 to 1."))
    machine = models.JSONField(
        _("what the machine said"), null=True, blank=True, editable=False, help_text=_("Untouched by curators.")
    )
    machine_latest = models.JSONField(
        _("what the machine said last"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Where it coded the dispatch again and said something else."),
    )
    decision_reason = models.TextField(_("reason of the decision"), blank=True, default="")
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="merged",
        null=True,
        blank=True,
        verbose_name=_("merged into"),
        help_text=_("The claim of the same dispatch that says the same; this one is rejected for it."),
    )
    merged_gave = models.JSONField(
        _("limits given on merging"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("What the other claim gained by the merge, and loses again where it is taken back."),
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["key"]
        indexes = [
            models.Index(name="claim_pair", fields=["supplier", "recipient", "decision"]),
            models.Index(name="claim_weapon", fields=["weapon"]),
            # What waits is counted from the index alone, whatever the table has grown to.
            models.Index(
                name="claim_waiting",
                fields=["supplier", "id"],
                include=["recipient", "confidence", "recorded_at"],
                condition=WAITS,
            ),
            models.Index(name="claim_newest", fields=["-recorded_at", "-id"]),
            models.Index(F("published_latest").desc(nulls_last=True), F("id").desc(), name="claim_published"),
            models.Index(SURENESS, "id", name="claim_waiting_sureness", condition=WAITS),
            GinIndex(OpClass(SAID, name="gin_trgm_ops"), name="claim_said", condition=COUNTS),
        ]
        constraints = [
            decided_has_decider("claim"),
            withdrawn_has_reason("claim"),
            status_fits_track("claim"),
            day_is_whole("claim", "effective"),
            day_is_whole("claim", "published"),
            quote_is_whole("claim"),
            models.CheckConstraint(
                name="claim_use_has_territory",
                condition=Q(track=Track.SUPPLY.value) | ~Q(territory=""),
                violation_error_message=_("A claim about use needs a territory."),
            ),
            models.CheckConstraint(
                name="claim_accepted_has_effective",
                condition=~Q(decision=Decision.ACCEPTED.value) | Q(effective_edtf__isnull=False),
                violation_error_message=_("A claim needs to say since when it holds before it can be accepted."),
            ),
            models.CheckConstraint(
                name="claim_areas_have_role",
                condition=Q(areas__len=0, area_role__isnull=True) | Q(areas__len__gt=0, area_role__isnull=False),
                violation_error_message=_("Areas need to say whether they are defended or targets."),
            ),
            models.CheckConstraint(
                name="claim_retracted_has_reason",
                condition=Q(retracted=False) | ~Q(retracted_reason=""),
                violation_error_message=_("A retracted claim needs the reason."),
            ),
            models.CheckConstraint(
                name="claim_confidence_is_a_share",
                condition=Q(confidence__isnull=True) | Q(confidence__gte=0, confidence__lte=1),
                violation_error_message=_("Confidence lies from 0 to 1."),
            ),
            models.CheckConstraint(
                name="claim_merged_is_rejected",
                condition=Q(merged_into__isnull=True) | (Q(decision=Decision.REJECTED.value) & ~Q(merged_into=F("id"))),
                violation_error_message=_("A merged claim is rejected, for another one."),
            ),
            models.CheckConstraint(
                name="claim_gives_to_another",
                condition=Q(merged_gave__isnull=True) | Q(merged_into__isnull=False),
                violation_error_message=_("What a merge gave is kept with the claim that it was given to."),
            ),
        ]
        triggers = [
            QuoteIsSpan(),
            MergesWithinDispatch(),
            DecidedStays("machine", "machine_latest", "coder", "coder_version", "rule_ids", "confidence"),
            Refuses(
                name="first_word_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("(OLD.machine IS NOT NULL AND OLD.machine IS DISTINCT FROM NEW.machine)"),
                because="What the machine said first is kept as it was.",
            ),
        ]

    @property
    def proposal(self) -> dict[str, Any]:
        """What the machine said last, by the codebook's names; empty for what no machine proposed."""
        return self.machine_latest or self.machine or {}

    def __str__(self) -> str:
        return (
            f"{self.supplier_id} → {self.recipient_id}, {self.weapon_id}: {self.status} ({self.effective_edtf or '?'})"
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Source(models.Model):
    """A link that a claim rests on where we hold no dispatch."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="sources", verbose_name=_("claim"))
    position = models.PositiveIntegerField(_("place in the list"), default=0)
    url = models.URLField(_("address"), max_length=2000)
    publisher = models.TextField(_("publisher"), blank=True, default="")
    title = models.TextField(_("title"), blank=True, default="")
    published = edtf_column(_("published"), blank=True, default="", help_text=_("EDTF; empty where unknown."))
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    stored_copy = models.BooleanField(
        _("seen as a stored copy"), default=False, help_text=_("Read in an archive, not at its own address.")
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["claim", "position"]
        constraints = [
            models.UniqueConstraint(
                name="source_place_once",
                fields=["claim", "position"],
                violation_error_message=_("Two sources of a claim stand at one place in its list."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.publisher or self.url
