"""Dispatches as they came in, and the versions of their text."""

from datetime import datetime
from uuid import UUID

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from restrictions.domain.redaction import BEGINS
from restrictions.models.columns import day_is_whole, edtf_column, recorded_column
from restrictions.models.folding import TITLED
from restrictions.models.triggers import Refuses, TextStays


class DispatchState(models.TextChoices):
    """Where a dispatch stands on its way to claims."""

    NEW = "new", _("new")
    CODING = "coding", _("being coded")
    CODED = "coded", _("coded")
    DUPLICATE = "duplicate", _("duplicate")
    IRRELEVANT = "irrelevant", _("irrelevant")
    RETRY = "retry", _("tried again later")
    QUARANTINED = "quarantined", _("quarantined")


UNFINISHED = [DispatchState.NEW, DispatchState.CODING, DispatchState.RETRY]

FINISHED = [DispatchState.CODED, DispatchState.IRRELEVANT]
"""Where the coder has read a dispatch to its end."""


CORRECTED = ("address", "publisher", "published_edtf", "published_earliest", "published_latest", "synthetic", "cluster")
"""The columns of a dispatch of which a past is kept."""


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def waiting(self, now: datetime) -> "DispatchQuerySet":
        """Those to be coded now: new ones, retries that are due, and leases that ran out."""
        return self.filter(
            Q(state=DispatchState.NEW)
            | Q(state=DispatchState.RETRY, retry_at__lte=now)
            | Q(state=DispatchState.CODING, leased_until__lte=now)
        )

    def coded_otherwise_than(self, stamp: str) -> "DispatchQuerySet":
        """Those that were coded by another coder or other rules than this one, and whose text is still held."""
        gone = Q(body_dropped_at__isnull=False) | Q(body__startswith=BEGINS)
        dropped = DispatchVersion.objects.filter(gone, dispatch=OuterRef("pk"))
        other = self.filter(Q(coded_by__lt=stamp) | Q(coded_by__gt=stamp), state__in=FINISHED)
        return other.exclude(Exists(dropped))

    def leased_under(self, token: UUID) -> "DispatchQuerySet":
        """Those that the holder of this token may still finish."""
        return self.filter(state=DispatchState.CODING, lease_token=token)


@pghistory.track(
    # What it was before each correction: news comes in by the million, and next to none of it is ever corrected.
    # Each joins its cluster in the transaction that stores it, which corrects nothing.
    pghistory.UpdateEvent(
        "corrected",
        row=pghistory.Old,
        condition=pgtrigger.Condition(
            "((OLD.address, OLD.publisher, OLD.published_edtf, OLD.synthetic) IS DISTINCT FROM"
            " (NEW.address, NEW.publisher, NEW.published_edtf, NEW.synthetic)"
            " OR (OLD.cluster_id IS DISTINCT FROM NEW.cluster_id AND OLD.received_at < now()))"
        ),
    ),
    fields=[*CORRECTED],
    obj_field=pghistory.ObjForeignKey(related_name="corrections"),
    model_name="DispatchEvent",
    append_only=True,
    meta={"indexes": [models.Index(name="dispatchevent_when", fields=["pgh_created_at"])]},
)
class Dispatch(models.Model):
    """One article, release or letter, stored once; the table is also the queue of what is to be coded."""

    address = models.URLField(
        _("address"),
        max_length=2000,
        null=True,
        blank=True,
        help_text=_("The web address, as it came. Empty where there is none."),
    )
    address_key = models.TextField(
        _("address, to compare by"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("What all spellings of the address share."),
    )
    publisher = models.TextField(_("publisher"), blank=True, default="")
    published_edtf = edtf_column(
        _("published"), null=True, blank=True, help_text=_("As the dispatch says, such as 2024-05. May be unknown.")
    )
    published_earliest = models.DateField(_("published, earliest"), null=True, blank=True)
    published_latest = models.DateField(_("published, latest"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=DispatchState.choices, default=DispatchState.NEW.value)
    outcome = models.TextField(_("outcome"), blank=True, default="", help_text=_("Why it stands where it stands."))
    coded_by = models.TextField(
        _("coded by"), blank=True, default="", help_text=_("The coder and the version of its rules that last coded it.")
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_token = models.UUIDField(_("lease"), null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)
    retry_at = models.DateTimeField(_("retry at"), null=True, blank=True)
    cluster = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="copies",
        null=True,
        blank=True,
        verbose_name=_("near-duplicate of"),
        help_text=_("The dispatch that stands for this group of near-duplicates."),
    )
    synthetic = models.BooleanField(
        _("synthetic"), default=False, help_text=_("Made by us for demonstration; not a real dispatch.")
    )
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    waits_since = models.DateTimeField(
        _("waits since"),
        db_default=Now(),
        editable=False,
        help_text=_("When it last came into the queue: new, with a new version, or let out of quarantine."),
    )

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(name="dispatch_queue", fields=["received_at"], condition=Q(state__in=UNFINISHED)),
            models.Index(name="dispatch_coded_by", fields=["coded_by", "id"], condition=Q(state__in=FINISHED)),
            models.Index(name="dispatch_publisher", fields=["publisher"]),
            models.Index(name="dispatch_newest", fields=["-received_at", "-id"]),
            models.Index(F("published_latest").desc(nulls_last=True), F("id").desc(), name="dispatch_published"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="dispatch_one_per_address",
                fields=["address_key"],
                violation_error_message=_("A dispatch of this address is already held."),
            ),
            models.CheckConstraint(
                name="dispatch_address_has_key",
                condition=Q(address__isnull=True, address_key__isnull=True)
                | Q(address__isnull=False, address_key__isnull=False),
                violation_error_message=_("An address is kept with the key that it is compared by."),
            ),
            day_is_whole("dispatch", "published"),
            models.CheckConstraint(
                name="dispatch_coding_is_leased",
                condition=~Q(state=DispatchState.CODING) | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message=_("A dispatch that is being coded needs a lease."),
            ),
            models.CheckConstraint(
                name="dispatch_retry_has_time",
                condition=~Q(state=DispatchState.RETRY) | Q(retry_at__isnull=False),
                violation_error_message=_("A dispatch that is tried again needs the time of it."),
            ),
            models.CheckConstraint(
                name="dispatch_quarantine_has_reason",
                condition=~Q(state=DispatchState.QUARANTINED) | ~Q(outcome=""),
                violation_error_message=_("A dispatch in quarantine needs the reason."),
            ),
            models.CheckConstraint(
                name="dispatch_copies_another",
                condition=Q(cluster__isnull=True) | ~Q(cluster=F("id")),
                violation_error_message=_("A dispatch is no copy of itself."),
            ),
        ]
        triggers = [
            Refuses(
                name="cluster_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__cluster__isnull=False, old__cluster__df=pgtrigger.F("new__cluster")),
                because="A dispatch stays in its cluster: what was counted with it stays counted.",
            ),
        ]

    def __str__(self) -> str:
        return self.address or f"{self.publisher or _('Dispatch')} {self.published_edtf or ''} #{self.pk}"


class Fingerprint(models.Model):
    """What new dispatches are compared with: of each cluster, the text that stands for it."""

    dispatch = models.OneToOneField(
        Dispatch, models.CASCADE, primary_key=True, related_name="fingerprint", verbose_name=_("dispatch")
    )
    sketch = models.BinaryField(_("sketch"))
    bands = ArrayField(models.IntegerField(), verbose_name=_("bands"))

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        # Without a list of what is not indexed yet: a look-up would read it all, and take as long as it has grown.
        indexes = [GinIndex(name="fingerprint_bands", fields=["bands"], fastupdate=False)]

    def __str__(self) -> str:
        return str(self.dispatch_id)


class DispatchVersion(models.Model):
    """One state of a dispatch's text. It stays: quotes point into it. A body that nothing quotes may be dropped."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="versions", verbose_name=_("dispatch"))
    number = models.PositiveIntegerField(_("number"), default=1)
    title = models.TextField(_("title"), blank=True, default="")
    body = models.TextField(_("body"), blank=True, default="")
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    publisher = models.TextField(
        _("publisher"),
        blank=True,
        default="",
        help_text=_("The dispatch's publisher, kept here to find the same text."),
    )
    content_hash = models.CharField(
        _("content hash"), max_length=64, editable=False, help_text=_("SHA-256 of title and body.")
    )
    body_dropped_at = models.DateTimeField(
        _("body dropped at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Irrelevant dispatches lose their body after a time; its hash and fingerprint stay."),
    )
    recorded_at = recorded_column()

    class Meta:
        verbose_name = _("dispatch version")
        verbose_name_plural = _("dispatch versions")
        ordering = ["dispatch", "number"]
        indexes = [GinIndex(OpClass(TITLED, name="gin_trgm_ops"), name="dispatch_version_title")]
        constraints = [
            models.UniqueConstraint(
                name="dispatch_version_number_once",
                fields=["dispatch", "number"],
                violation_error_message=_("This dispatch already has a version of this number."),
            ),
            models.UniqueConstraint(
                name="dispatch_version_content_once",
                fields=["content_hash", "publisher"],
                nulls_distinct=False,
                violation_error_message=_("The same text of this publisher is already held."),
            ),
            models.CheckConstraint(
                name="dispatch_version_hash_is_sha256",
                condition=Q(content_hash__regex="^[0-9a-f]{64}$"),
                violation_error_message=_("A content hash is 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                name="dispatch_version_dropped_is_empty",
                condition=Q(body_dropped_at__isnull=True) | Q(body=""),
                violation_error_message=_("A body that was dropped is not there."),
            ),
        ]
        triggers = [TextStays()]

    def __str__(self) -> str:
        return self.title or f"{self.dispatch} ({self.number})"
