"""Positions, as derived: what each rests on, what is in dispute, and the versions it had."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.columns import WordColumns, day_words
from restrictions.admin.filters import WeaponFilter, code_filter, country_filter
from restrictions.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from restrictions.admin.settling import SETTLES, settle_view
from restrictions.admin.tabled import Tabled
from restrictions.admin.versions import versions_context
from restrictions.domain.rules import Rule
from restrictions.domain.vocabulary import Attribution, Status, Track
from restrictions.models import Position, PositionEvidence, PositionVersion, Silence, Stretch
from restrictions.words import attribution_label, status_label, track_label
from restrictions.words.rules import rule_sentence

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

    @display(description=_("status"), ordering="status")
    def ruling(self, row: Any) -> str:
        label = status_label(Status(row.status))
        return f"{label} ({row.territory})" if row.track == Track.USE else label

    @display(description=_("in doubt"), label=True)
    def doubts(self, row: Any) -> list[str]:
        flags = {"provisional": _("provisional"), "contested": _("contested")}
        return [str(words) for column, words in flags.items() if getattr(row, column)]

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
class PositionAdmin(Tabled, DayColumns, ReadOnlyAdmin):
    """Derived, never typed: looked at with evidence, rules and versions."""

    list_display = ("line", "weapon", "ruling", "starts_words", "ends_words", "doubts")
    list_filter = (*LINE_FILTERS, "provisional", "contested")
    list_select_related = ("supplier", "recipient", "weapon")
    search_fields = ("supplier__name_en", "recipient__name_en", "weapon__name", "weapon__code")
    search_help_text = _("Names of supplier, recipient or weapon")
    exclude = ("shown",)
    change_form_outer_before_template = "admin/restrictions/position/contested.html"
    change_form_outer_after_template = "admin/restrictions/position/versions.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(settle_view, each_context=self.admin_site.each_context))
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:position_id>/settle/", view, name="restrictions_position_settle"), *urls]

    def get_inlines(self, _request: HttpRequest, row: Position | None) -> list[Any]:
        """The evidence; contested days and silences where there are any."""
        if row is None:
            return []
        beside = ((StretchInline, row.stretches), (SilenceInline, row.silences))
        return [EvidenceInline, *(inline for inline, rows in beside if rows.exists())]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = context.get("original")
        user: Any = request.user
        context["settles"] = user.has_perm(SETTLES)
        if row:
            context["rules"] = [(rule, rule_sentence(Rule(rule))) for rule in row.rules]
            context |= versions_context(row.pk, request.GET)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(PositionVersion)
class PositionVersionAdmin(Tabled, DayColumns, ReadOnlyAdmin):
    """What the record said from one revision to another."""

    list_display = ("position_id", "line", "weapon", "ruling", "starts_words", "ends_words", "recorded_words")
    list_filter = LINE_FILTERS
    list_select_related = ("supplier", "recipient", "weapon")
    search_fields = ("=position_id", "supplier__name_en", "weapon__name")
    ordering = ("-opened_by", "position_id")
    exclude = ("shown",)

    @display(description=_("recorded"), ordering="recorded")
    def recorded_words(self, row: PositionVersion) -> str:
        until = f"{row.recorded.upper:%Y-%m-%d %H:%M}" if row.recorded.upper else str(_("now"))
        return f"{row.recorded.lower:%Y-%m-%d %H:%M} – {until}"
