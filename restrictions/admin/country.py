"""Countries and their regions, as loaded from ISO 3166."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from restrictions.admin.filters import country_filter
from restrictions.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from restrictions.models import Country, Region


class RegionInline(ReadOnlyInline):
    """The regions of a country."""

    model = Region
    fields = ("code", "name_en", "name_fr")
    readonly_fields = fields


@admin.register(Country)
class CountryAdmin(ReadOnlyAdmin):
    """States by code."""

    list_display = ("code", "name_en", "name_fr")
    search_fields = ("code", "name_en", "name_fr")
    search_help_text = _("Names and codes")
    inlines = (RegionInline,)


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    """Parts of states by code."""

    list_display = ("code", "name_en", "name_fr", "country")
    list_filter = (country_filter("country", _("country")),)
    list_select_related = ("country",)
    search_fields = ("code", "name_en", "name_fr")
    search_help_text = _("Names and codes")
