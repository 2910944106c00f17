"""What is derived, loaded or sent in is looked at, not typed."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.admin import ShowFacets
from django.contrib.auth.models import User
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from restrictions.admin.paging import LongPaginator


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
    paginator = LongPaginator
    # Filters look at columns, not at counts of them: facets would ask one query a value.
    show_facets = ShowFacets.NEVER
    list_filter_submit = True
    list_fullwidth = True
    compressed_fields = True
    actions: Any = None

    def get_fields(self, _request: HttpRequest, _row: Any = None) -> list[Any]:
        """Every column in its order, also those that no form would show."""
        shown = [field for field in self.opts.local_fields if field.name not in (self.exclude or ())]
        return [_name_of(field) if field.related_model is User else field.name for field in shown]


@cache  # Django compares the fields that it was given with those that it is given later
def _name_of(field: Any) -> Callable[[Any], str]:
    """A column that names a user. Django would link it to the user's page, which few may open."""

    @display(description=field.verbose_name)
    def name(row: Any) -> str:
        return str(getattr(row, field.name) or "")

    # Django looks a column's help up by this name.
    name.__name__ = f"name_of_{field.name}"
    named: Callable[[Any], str] = name
    return named


class ReadOnlyInline(NeverTyped, TabularInline):
    """Rows that belong to what is shown."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    hide_title = True
