"""Columns and checks that several aggregates share: the line, imprecise days, quotes, decisions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from restrictions.domain.claims import Line
from restrictions.domain.vocabulary import Decision, Role, Status, Track
from restrictions.models.choices import codes

SUPPLY_STATUSES = (Status.WITHHELD, Status.SUPPLIED, Status.UNDISCLOSED)
USE_TRACK_STATUSES = (Status.BANNED, Status.CONDITIONAL, Status.ALLOWED, Status.UNDISCLOSED, Status.UNSTATED)


def code_column(vocabulary: Any, label: Any, **options: Any) -> "models.CharField[str, str]":
    """A column that holds one code of a vocabulary."""
    return models.CharField(label, max_length=24, choices=codes(vocabulary), **options)


def edtf_column(label: Any, **options: Any) -> "models.CharField[str, str]":
    """A column that holds a day as the source gives it, in EDTF level 1."""
    return models.CharField(label, max_length=40, **options)


def recorded_column() -> "models.DateTimeField[Any, Any]":
    """When the row came into the record, by the database's clock."""
    return models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)


class LineColumns(models.Model):
    """The six columns that name a line: one thing that has one position at a time."""

    # No index of their own: each table indexes the line as its reads ask for it.
    supplier = models.ForeignKey(
        "restrictions.Country",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("supplier"),
        help_text=_("The state whose weapons and whose rule this is."),
    )
    role = code_column(
        Role,
        _("role"),
        default=Role.SUPPLIER.value,
        help_text=_("Whether the state supplies the weapon, or must agree to the use of another's."),
    )
    recipient = models.ForeignKey(
        "restrictions.Country",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("recipient"),
        help_text=_("The state that was given the weapons."),
    )
    weapon = models.ForeignKey(
        "restrictions.Weapon",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("weapon"),
        help_text=_("The narrowest weapon named; “any” for weapons in general."),
    )
    track = code_column(Track, _("track"), help_text=_("Supply is about handing over, use is about firing."))
    territory = models.CharField(
        _("territory"),
        max_length=2,
        blank=True,
        default="",
        help_text=_("The land where the targets lie, as a country code. The supply track has none."),
    )

    class Meta:
        abstract = True

    @property
    def line(self) -> Line:
        """The line as the derivation names it; the supply track ignores the territory."""
        return line_of(self)


def line_of(row: Any) -> Line:
    """The line of a row with the six columns; an event of the audit trail has them too."""
    track = Track(row.track)
    territory = "" if track is Track.SUPPLY else row.territory
    return Line(row.supplier_id, Role(row.role), row.recipient_id, row.weapon_id, track, territory)


class DecisionColumns(models.Model):
    """What a curator made of a proposal: who and when."""

    decision = code_column(Decision, _("decision"), default=Decision.PROPOSED.value)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    recorded_at = recorded_column()

    class Meta:
        abstract = True


class QuoteColumns(models.Model):
    """The sentence that says so, and where it stands in the version of the dispatch."""

    dispatch_version = models.ForeignKey(
        "restrictions.DispatchVersion",
        models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        verbose_name=_("dispatch version"),
        help_text=_("The text that was coded. Empty where no dispatch is held."),
    )
    quote = models.TextField(
        _("quote"), blank=True, default="", help_text=_("Exact words of the body or of the title.")
    )
    quote_in = models.CharField(
        _("quote stands in"),
        max_length=5,
        choices=[("title", _("title")), ("body", _("body"))],
        blank=True,
        default="",
    )
    quote_start = models.PositiveIntegerField(
        _("quote starts"), null=True, blank=True, help_text=_("Characters (code points) before the quote.")
    )
    quote_end = models.PositiveIntegerField(
        _("quote ends"), null=True, blank=True, help_text=_("Characters (code points) up to the end of the quote.")
    )

    class Meta:
        abstract = True


def status_fits_track(table: str) -> models.CheckConstraint:
    """A refusal to deliver is supply, a ban is use; a refusal to say can be either."""
    return models.CheckConstraint(
        name=f"{table}_status_fits_track",
        condition=Q(track=Track.SUPPLY.value, status__in=[status.value for status in SUPPLY_STATUSES])
        | Q(track=Track.USE.value, status__in=[status.value for status in USE_TRACK_STATUSES]),
        violation_error_message=_("This status does not belong to this track."),
    )


def territory_fits_track(table: str) -> models.CheckConstraint:
    """The use track has a territory, the supply track none."""
    return models.CheckConstraint(
        name=f"{table}_territory_fits_track",
        condition=Q(track=Track.SUPPLY.value, territory="") | (Q(track=Track.USE.value) & ~Q(territory="")),
        violation_error_message=_("The use track needs a territory; the supply track has none."),
    )


def decided_has_decider(table: str) -> models.CheckConstraint:
    """Whoever decides signs, with the time; what waits or was withdrawn by the machine needs nobody."""
    return models.CheckConstraint(
        name=f"{table}_decided_has_decider",
        condition=Q(decision__in=[Decision.PROPOSED.value, Decision.WITHDRAWN.value])
        | Q(decided_by__isnull=False, decided_at__isnull=False),
        violation_error_message=_("What is decided needs who decided it and when."),
    )


def withdrawn_has_reason(table: str) -> models.CheckConstraint:
    """What the machine took back stays in the log, and says why."""
    return models.CheckConstraint(
        name=f"{table}_withdrawn_has_reason",
        condition=~Q(decision=Decision.WITHDRAWN.value) | ~Q(decision_reason=""),
        violation_error_message=_("What is withdrawn needs the reason."),
    )


def day_is_whole(table: str, day: str) -> models.CheckConstraint:
    """An imprecise day has its text and both bounds, in order, or is not given at all."""
    columns = (f"{day}_edtf", f"{day}_earliest", f"{day}_latest")
    given = Q(**{f"{column}__isnull": False for column in columns})
    absent = Q(**{f"{column}__isnull": True for column in columns})
    return models.CheckConstraint(
        name=f"{table}_{day}_is_whole",
        condition=absent | (given & Q(**{f"{day}_earliest__lte": models.F(f"{day}_latest")})),
        violation_error_message=_("A day needs its text and both bounds, the earliest first; or none of them."),
    )


def quote_is_whole(table: str) -> models.CheckConstraint:
    """A quote has its text, its place and its span in a held dispatch; without a dispatch there is no quote."""
    absent = Q(dispatch_version__isnull=True, quote="", quote_in="", quote_start__isnull=True, quote_end__isnull=True)
    given = Q(
        dispatch_version__isnull=False,
        quote_in__in=["title", "body"],
        quote_start__isnull=False,
        quote_end__isnull=False,  # else the comparison is unknown, and a check lets the unknown pass
        quote_end__gt=models.F("quote_start"),
    )
    return models.CheckConstraint(
        name=f"{table}_quote_is_whole",
        condition=absent | given,
        violation_error_message=_("What is coded from a dispatch needs its quote; without a dispatch there is none."),
    )


LOGGED = Q(pgh_context__isnull=False) | ~Q(decision=Decision.PROPOSED.value)
"""Events of claims and marks that the audit log shows: what the coder proposes, and proposes anew, is none of them."""


def read_by_the_log(table: str) -> models.Index:
    """The newest events that somebody caused, found without a walk through all that the coder wrote."""
    return models.Index(name=f"{table}event_logged", fields=["-pgh_created_at"], condition=LOGGED)
