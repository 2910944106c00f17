"""Feeds that are read by themselves, what each of them brought, and the hosts whose peace is kept meanwhile."""

from datetime import datetime, timedelta

import pghistory
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils.translation import gettext_lazy as _

from restrictions.domain.days import Day
from restrictions.feeds.parse import FeedKind
from restrictions.feeds.schedule import LEAST_GAP, SILENT_AFTER, Health, Standing, health
from restrictions.models.columns import day_is_whole, edtf_column, recorded_column

LEAST_MINUTES = 5
MOST_MINUTES = 7 * 24 * 60


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, now: datetime) -> "FeedQuerySet":
        """Those to be polled now, the longest overdue first."""
        return self.filter(enabled=True, retired_reason="", due__lte=now).order_by("due", "pk")

    def in_health(self, health: Health, now: datetime) -> "FeedQuerySet":
        """Those that are so at this instant, as `restrictions.feeds.schedule.health` says of each."""
        gap = Greatest(Coalesce(F("usual_gap"), LEAST_GAP), LEAST_GAP, output_field=models.DurationField())
        rows = self.annotate(silent_from=F("last_item") + ExpressionWrapper(gap * SILENT_AFTER, models.DurationField()))
        polled = Q(enabled=True, retired_reason="", failures=0, last_polled__isnull=False)
        silent = polled & (Q(last_item=None) | Q(silent_from__lt=now))
        return {
            Health.RETIRED: self.exclude(retired_reason=""),
            Health.OFF: self.filter(enabled=False, retired_reason=""),
            Health.FAILING: self.filter(enabled=True, failures__gt=0),
            Health.UNTRIED: self.filter(enabled=True, failures=0, last_polled=None),
            Health.SILENT: rows.filter(silent),
            Health.WELL: rows.filter(polled, silent_from__gte=now),
        }[health]


# What people decide is tracked; what each poll leaves behind would bury it.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    append_only=True,
    model_name="FeedEvent",
    fields=[
        *("id", "address", "publisher", "language", "interval_minutes", "fetches_articles"),
        *("enabled", "note", "retired_reason", "moved_from"),
    ],
)
class Feed(models.Model):
    """A public feed: where it is, how often it is read, and how it has been of late."""

    address = models.URLField(_("address"), max_length=2000, unique=True)
    publisher = models.TextField(_("publisher"), help_text=_("Who speaks, where an item names nobody else."))
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        default="",
        help_text=_("A code such as fr. Empty: each text's language is recognised."),
    )
    interval_minutes = models.PositiveIntegerField(
        _("minutes between polls"), default=60, help_text=_("At least 5. A feed that fails is asked less often.")
    )
    fetches_articles = models.BooleanField(
        _("fetch articles"),
        default=True,
        help_text=_("Where an item gives only the beginning, read the article at its address, if the site allows it."),
    )
    enabled = models.BooleanField(_("switched on"), default=False)
    note = models.TextField(_("note"), blank=True, default="", help_text=_("For curators. Nobody else reads it."))
    kind = models.CharField(
        _("kind"), max_length=4, choices=[(kind.value, kind.name) for kind in FeedKind], blank=True, default=""
    )
    retired_reason = models.TextField(_("why retired"), blank=True, default="")
    moved_from = models.TextField(_("moved from"), blank=True, default="", help_text=_("Its address before this one."))
    etag = models.TextField(_("ETag"), blank=True, default="", editable=False)
    last_modified = models.TextField(_("Last-Modified"), blank=True, default="", editable=False)
    last_polled = models.DateTimeField(_("last polled"), null=True, blank=True)
    last_item = models.DateTimeField(_("last item"), null=True, blank=True)
    usual_gap = models.DurationField(_("usual gap between items"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    last_failure = models.TextField(_("last failure"), blank=True, default="")
    last_result = models.TextField(_("last result"), blank=True, default="", help_text=_("What the last poll brought."))
    due = models.DateTimeField(_("next due"), db_default=Now())
    recorded_at = recorded_column()

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["publisher", "address"]
        indexes = [models.Index(name="feed_due", fields=["due"], condition=Q(enabled=True, retired_reason=""))]
        constraints = [
            models.CheckConstraint(
                name="feed_interval_is_sane",
                condition=Q(interval_minutes__gte=LEAST_MINUTES, interval_minutes__lte=MOST_MINUTES),
                violation_error_message=_("A feed is polled every 5 minutes at most, and once a week at least."),
            ),
            models.CheckConstraint(
                name="feed_retired_is_off",
                condition=Q(retired_reason="") | Q(enabled=False),
                violation_error_message=_("A retired feed is switched off."),
            ),
            models.CheckConstraint(
                name="feed_failure_has_reason",
                condition=Q(failures=0, last_failure="") | (Q(failures__gt=0) & ~Q(last_failure="")),
                violation_error_message=_("A failing feed says why, and a feed that says why is failing."),
            ),
            models.CheckConstraint(
                name="feed_moved_elsewhere",
                condition=~Q(address=F("moved_from")),
                violation_error_message=_("A feed has not moved to where it was."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.address}"

    @property
    def standing(self) -> Standing:
        """The feed as the schedule knows it."""
        return Standing(
            interval=timedelta(minutes=self.interval_minutes),
            failures=self.failures,
            failure=self.last_failure,
            etag=self.etag,
            modified=self.last_modified,
            last_polled=self.last_polled,
            last_item=self.last_item,
            usual_gap=self.usual_gap,
        )

    def health(self, now: datetime) -> Health:
        """How it is at a glance."""
        return health(self.standing, enabled=self.enabled, retired=bool(self.retired_reason), now=now)


class FeedItemState(models.TextChoices):
    """What became of an item."""

    WAITING = "waiting", _("its article is to be fetched")
    STORED = "stored", _("stored")
    REFUSED = "refused", _("refused")


class FeedItemQuerySet(models.QuerySet["FeedItem"]):
    def due(self, now: datetime) -> "FeedItemQuerySet":
        """Those whose article is to be fetched now, the oldest first."""
        return self.filter(state=FeedItemState.WAITING, due__lte=now).order_by("due", "pk")


class FeedItem(models.Model):
    """What a feed brought, so that it is not brought again: its name in the feed, and the dispatch that came of it.

    Its text is kept only while its article is to be fetched.
    """

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="items", verbose_name=_("feed"))
    key = models.TextField(_("key"), help_text=_("What names the item in its feed."))
    digest = models.CharField(_("digest"), max_length=64, help_text=_("SHA-256 of what the feed said."))
    state = models.CharField(_("state"), max_length=8, choices=FeedItemState)
    note = models.TextField(_("note"), blank=True, default="", help_text=_("What was not believed, not read, or why."))
    dispatch = models.ForeignKey(
        "restrictions.Dispatch",
        models.PROTECT,
        related_name="feed_items",
        null=True,
        blank=True,
        verbose_name=_("dispatch"),
    )
    title = models.TextField(_("title"), blank=True, default="")
    body = models.TextField(_("text"), blank=True, default="")
    address = models.TextField(_("address"), blank=True, default="")
    publisher = models.TextField(_("publisher"), blank=True, default="")
    published_edtf = edtf_column(_("published"), null=True, blank=True)
    published_earliest = models.DateField(_("published, earliest"), null=True, blank=True)
    published_latest = models.DateField(_("published, latest"), null=True, blank=True)
    host = models.TextField(_("host"), blank=True, default="")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)

    objects = FeedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed item")
        verbose_name_plural = _("feed items")
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(name="feed_item_waits", fields=["due"], condition=Q(state=FeedItemState.WAITING))]
        constraints = [
            models.UniqueConstraint(
                name="feed_item_once",
                fields=["feed", "key"],
                violation_error_message=_("This item of the feed is already held."),
            ),
            models.CheckConstraint(
                name="feed_item_waits_for_something",
                condition=~Q(state=FeedItemState.WAITING) | (Q(due__isnull=False) & ~Q(address="") & ~Q(host="")),
                violation_error_message=_("An item whose article is to be fetched has its address and the time of it."),
            ),
            models.CheckConstraint(
                name="feed_item_stored_is_a_dispatch",
                condition=~Q(state=FeedItemState.STORED) | Q(dispatch__isnull=False),
                violation_error_message=_("A stored item has its dispatch."),
            ),
            models.CheckConstraint(
                name="feed_item_refused_has_reason",
                condition=~Q(state=FeedItemState.REFUSED) | ~Q(note=""),
                violation_error_message=_("A refused item says why."),
            ),
            day_is_whole("feeditem", "published"),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def published(self) -> Day | None:
        """The day that the item states."""
        if self.published_edtf is None or self.published_earliest is None or self.published_latest is None:
            return None
        return Day(self.published_edtf, self.published_earliest, self.published_latest)


class Host(models.Model):
    """A host that feeds or articles are read from: one request at a time, at the pace that it asks for."""

    name = models.TextField(_("name"), primary_key=True)
    lease_token = models.UUIDField(_("lease"), null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)
    free_at = models.DateTimeField(_("free at"), null=True, blank=True)
    robots = models.TextField("robots.txt", null=True, blank=True, help_text=_("Empty where it could not be read."))
    robots_at = models.DateTimeField(_("robots.txt read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="host_lease_is_whole",
                condition=Q(lease_token__isnull=True, leased_until__isnull=True)
                | Q(lease_token__isnull=False, leased_until__isnull=False),
                violation_error_message=_("A lease has its holder and its end."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
