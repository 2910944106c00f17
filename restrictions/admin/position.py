"""Positions, as derived: what each rests on, what is in dispute, and the versions it had."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.columns import WordColumns, day_words
from restrictions.admin.filters import WeaponFilter, code_filter, country_filter
from restrictions.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from restrictions.domain.vocabulary import Attribution, Status, Track
from restrictions.models import Position, PositionEvidence, PositionVersion, Silence, Stretch
from restrictions.words import attribution_label, status_label, track_label

LINE_FILTERS = (
    country_filter("supplier", _("supplier")),
    country_filter("recipient", _("recipient")),
    WeaponFilter,
    code_filter("status", _("status"), Status, status_label),
    code_filter("track", _("track"), Track, track_label),
)


class DayColumns(WordColumns):
    """From when to when, in words."""

    @display(description=_("supplier → recipient"), ordering="supplier")
    def line(self, row: Any) -> str:
        return f"{row.supplier} → {row.recipient}"

    @display(description=_("starts"), ordering="starts_latest")
    def starts_words(self, row: Any) -> str:
        return (
            str(_("not known; known from %s")) % day_words(row, "starts")
            if row.open_start
            else day_words(row, "starts")
        )

    @display(description=_("ends"), ordering="ends_latest")
    def ends_words(self, row: Any) -> str:
        return day_words(row, "ends")


class EvidenceInline(ReadOnlyInline):
    """The claims it rests on."""

    model = PositionEvidence
    verbose_name_plural = _("evidence")
    fields = ("claim", "attribution", "said")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> "QuerySet[PositionEvidence]":
        rows: QuerySet[PositionEvidence] = super().get_queryset(request)
        return rows.select_related("claim")

    @display(description=_("attribution"))
    def attribution(self, row: PositionEvidence) -> str:
        return attribution_label(Attribution(row.claim.attribution))

    @display(description=_("quote or summary"))
    def said(self, row: PositionEvidence) -> str:
        return row.claim.quote or row.claim.summary


class StretchInline(ReadOnlyInline):
    """Its contested days."""

    model = Stretch
    fields = ("first", "until", "standing", "challenger", "outcome", "rule", "settlement")
    readonly_fields = fields


class SilenceInline(ReadOnlyInline):
    """Refusals to say that fell into it."""

    model = Silence
    fields = ("day", "claim")
    readonly_fields = fields


@admin.register(Position)
class PositionAdmin(DayColumns, ReadOnlyAdmin):
    """Derived, never typed: looked at with evidence, rules and versions."""

    list_display = (
        "line",
        "weapon",
        "status_words",
        "track_words",
        "starts_words",
        "ends_words",
        "provisional",
        "contested",
    )
    list_filter = (*LINE_FILTERS, "provisional", "contested")
    list_select_related = ("supplier", "recipient", "weapon")
    search_fields = ("supplier__name_en", "recipient__name_en", "weapon__name", "weapon__code")
    inlines = (EvidenceInline, StretchInline, SilenceInline)
    exclude = ("shown",)
    change_form_outer_after_template = "admin/restrictions/position/versions.html"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = context.get("original")
        versions = PositionVersion.objects.filter(position_id=row.pk) if row else PositionVersion.objects.none()
        context["versions"] = versions.select_related("opened_by__actor").order_by("recorded")
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(PositionVersion)
class PositionVersionAdmin(DayColumns, ReadOnlyAdmin):
    """What the record said from one revision to another."""

    list_display = ("position_id", "line", "weapon", "status_words", "starts_words", "ends_words", "recorded")
    list_filter = LINE_FILTERS
    list_select_related = ("supplier", "recipient", "weapon")
    search_fields = ("=position_id", "supplier__name_en", "weapon__name")
    ordering = ("-opened_by", "position_id")
    exclude = ("shown",)
