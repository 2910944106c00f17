"""Revisions: each change of the record, by whom and why."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.tabled import Tabled
from restrictions.models import Revision


@admin.register(Revision)
class RevisionAdmin(Tabled, ReadOnlyAdmin):
    """The history of the record, newest first."""

    list_display = ("instant", "actor", "reason", "rules_version")
    list_select_related = ("actor",)
    search_fields = ("reason", "actor__username")
    search_help_text = _("Words of the reason, or who")
