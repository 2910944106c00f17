"""Settlements: curators' rulings on contested days."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from restrictions.admin.columns import WordColumns
from restrictions.admin.filters import WeaponFilter, country_filter
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.models import Settlement


@admin.register(Settlement)
class SettlementAdmin(WordColumns, ReadOnlyAdmin):
    """Which side holds, for which days, why."""

    list_display = ("supplier", "recipient", "weapon", "status_words", "track_words", "first", "until", "author")
    list_filter = (country_filter("supplier", _("supplier")), WeaponFilter)
    list_select_related = ("supplier", "recipient", "weapon", "author")
    search_fields = ("key", "reason")
    search_help_text = _("Words of the reason")
