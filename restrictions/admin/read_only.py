"""What is derived, loaded or sent in is looked at, not typed."""

from typing import Any

from django.contrib.admin import ShowFacets
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline


class NeverTyped:
    """Nothing is added, changed or deleted by form."""

    def has_add_permission(self, _request: HttpRequest, _parent: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False


class ReadOnlyAdmin(NeverTyped, ModelAdmin):
    """A list to search and filter, and a page that shows every field."""

    list_per_page = 50
    # Filters look at columns, not at counts of them: facets would ask one query a value.
    show_facets = ShowFacets.NEVER
    list_filter_submit = True
    list_fullwidth = True
    compressed_fields = True
    actions = None

    def get_fields(self, _request: HttpRequest, _row: Any = None) -> list[str]:
        """Every column in its order, also those that no form would show."""
        return [field.name for field in self.opts.local_fields if field.name not in (self.exclude or ())]


class ReadOnlyInline(NeverTyped, TabularInline):
    """Rows that belong to what is shown."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    hide_title = True
