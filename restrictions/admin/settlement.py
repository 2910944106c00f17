"""Settlements: curators' rulings on contested days."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from restrictions.admin.columns import WordColumns
from restrictions.admin.filters import WeaponFilter, country_filter
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.settling import withdraw_view, withdrawal_context
from restrictions.admin.tabled import Tabled
from restrictions.models import Settlement


@admin.register(Settlement)
class SettlementAdmin(Tabled, WordColumns, ReadOnlyAdmin):
    """Which side holds, for which days, why."""

    list_display = (
        "supplier",
        "recipient",
        "weapon",
        "status_words",
        "track_words",
        "first",
        "until",
        "author",
        "withdrawn",
    )
    list_filter = (country_filter("supplier", _("supplier")), WeaponFilter, "withdrawn")
    list_select_related = ("supplier", "recipient", "weapon", "author")
    search_fields = ("key", "reason")
    search_help_text = _("Words of the reason")
    ordering = ("-recorded_at", "-id")
    change_form_outer_before_template = "admin/restrictions/settlement/withdraw.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(withdraw_view)
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:settlement_id>/withdraw/", view, name="restrictions_settlement_withdraw"), *urls]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context |= withdrawal_context(request, context.get("original"))
        return super().render_change_form(request, context, *args, **kwargs)
