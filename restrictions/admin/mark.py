"""Context marks: hints, calls, reactions and observed use."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin import deciding
from restrictions.admin.columns import WordColumns, day_words
from restrictions.admin.filters import DECISION_WORDS, WeaponFilter, code_filter, country_filter
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.review_page import DECIDES_MARKS
from restrictions.admin.tabled import Tabled
from restrictions.domain.vocabulary import MARK_ACTS, Decision
from restrictions.models import Mark
from restrictions.words import act_label


@admin.register(Mark)
class MarkAdmin(Tabled, WordColumns, ReadOnlyAdmin):
    """All marks. They are decided here or on their dispatch's page."""

    list_display = ("actor", "act_words", "line", "weapon", "day_words", "decision_words")
    list_filter = (
        code_filter("decision", _("decision"), Decision, lambda code: DECISION_WORDS[code]),
        code_filter("act", _("act"), MARK_ACTS, act_label),
        country_filter("supplier", _("supplier")),
        WeaponFilter,
    )
    list_select_related = ("supplier", "recipient", "weapon")
    search_fields = ("key", "actor", "quote", "summary", "source_title")
    search_help_text = _("Words of the quote or summary, the actor or the source")
    ordering = ("-recorded_at", "-id")
    change_form_outer_before_template = "admin/restrictions/mark/buttons.html"

    def get_urls(self) -> list[URLPattern]:
        buttons = {"accept": deciding.accept_mark_view, "reject": deciding.reject_mark_view}
        urls: list[URLPattern] = super().get_urls()
        return [
            path(f"<int:mark_id>/{name}/", self.admin_site.admin_view(view), name=f"restrictions_mark_{name}")
            for name, view in buttons.items()
        ] + urls

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every field, below the buttons of whoever may decide."""
        user: Any = request.user
        decides = {"decides_marks": user.has_perm(DECIDES_MARKS)}
        response: HttpResponse = super().change_view(request, object_id, form_url, {**decides, **(extra_context or {})})
        return response

    @display(description=_("supplier → recipient"), ordering="supplier")
    def line(self, row: Mark) -> str:
        return " → ".join(str(end) for end in (row.supplier, row.recipient) if end)

    @display(description=_("day"), ordering="day_latest")
    def day_words(self, row: Mark) -> str:
        return day_words(row, "day")
