"""Countries and their regions: ISO 3166 as loaded, and as editors mend it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from restrictions.actions.countries import save_country
from restrictions.admin.filters import country_filter
from restrictions.admin.read_only import ReadOnlyInline
from restrictions.admin.tabled import Tabled
from restrictions.admin.with_reason import WithReason
from restrictions.models import Country, Region


class RegionInline(ReadOnlyInline):
    """The regions of a country."""

    model = Region
    fields = ("code", "name_en", "name_fr")
    readonly_fields = fields


class Named(WithReason):
    """What is known by a code of ISO 3166. The code stays: all that names the row names it so."""

    search_fields = ("code", "name_en", "name_fr")
    search_help_text = _("Names and codes")

    def get_readonly_fields(self, _request: HttpRequest, row: Any = None) -> tuple[str, ...]:
        return ("code",) if row else ()

    def get_fields(self, request: HttpRequest, row: Any = None) -> list[str]:
        """The reason is asked for where there is something to change."""
        columns = [field.name for field in self.opts.local_fields]
        may = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        return [*columns, "reason"] if may else columns


@admin.register(Country)
class CountryAdmin(Tabled, Named):
    """States by code."""

    list_display = ("code", "name_en", "name_fr")
    inlines = (RegionInline,)

    def save_model(self, request: HttpRequest, obj: Country, form: Any, _change: bool) -> None:
        """Positions that name it are written again: they keep the names of their day."""
        user: Any = request.user
        save_country(row=obj, by=user, reason=form.cleaned_data["reason"])


@admin.register(Region)
class RegionAdmin(Tabled, Named):
    """Parts of states by code."""

    list_display = ("code", "name_en", "name_fr", "country")
    list_filter = (country_filter("country", _("country")),)
    list_select_related = ("country",)
