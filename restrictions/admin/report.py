"""Reports of errors from readers: the queue, the position that each is about, and the two ways to close one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.decorators import display

from restrictions.actions.reports import ReportClosed, answer_report, refuse_report
from restrictions.admin.deciding import check_permission, curator
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.reasons import first_error
from restrictions.admin.tabled import Tabled
from restrictions.models import Position, Report, ReportState

CLOSES = "restrictions.change_report"


class CloseForm(forms.Form):
    """What came of a report."""

    answer = forms.CharField(
        label=_("What came of it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what came of it.")},
    )


@admin.register(Report)
class ReportAdmin(Tabled, ReadOnlyAdmin):
    """The newest first; what is open is what waits."""

    list_display = ("came", "kind", "start", "position_id", "state", "closed_by")
    list_filter = ("state", "kind", "language")
    list_select_related = ("closed_by",)
    search_fields = ("words", "sentence", "answer")
    search_help_text = _("Words of the report, of the page, or of the answer")
    ordering = ("-recorded_at", "-id")
    change_form_outer_before_template = "admin/restrictions/report/close.html"

    def get_urls(self) -> list[URLPattern]:
        views = {"answer": answer_view, "refuse": refuse_view}
        urls: list[URLPattern] = super().get_urls()
        return [
            path(f"<int:report_id>/{name}/", self.admin_site.admin_view(view), name=f"restrictions_report_{name}")
            for name, view in views.items()
        ] + urls

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Below the way to the position, and the forms that close it while it is open."""
        row = context["original"]
        context |= {
            "stands": Position.objects.filter(pk=row.position_id).exists(),
            "closes": row.state == ReportState.OPEN and curator(request).has_perm(CLOSES),
            "answer_field": CloseForm(auto_id="answer-%s")["answer"],
            "refuse_field": CloseForm(auto_id="refuse-%s")["answer"],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=_("came"), ordering="recorded_at")
    def came(self, row: Report) -> Any:
        return row.recorded_at

    @display(description=_("in the reader's words"))
    def start(self, row: Report) -> str:
        return Truncator(row.words).chars(90)


@require_POST
def answer_view(request: HttpRequest, report_id: int) -> HttpResponse:
    """Closed: something followed from it."""
    close = partial(answer_report, report=report_id, by=curator(request))
    return _close(request, report_id, lambda said: close(answer=said), gettext("Answered. The report is closed."))


@require_POST
def refuse_view(request: HttpRequest, report_id: int) -> HttpResponse:
    """Closed: nothing follows from it, and why."""
    close = partial(refuse_report, report=report_id, by=curator(request))
    return _close(request, report_id, lambda said: close(reason=said), gettext("Refused. The report is closed."))


def _close(request: HttpRequest, report_id: int, close: Callable[[str], None], done: str) -> HttpResponse:
    check_permission(request, CLOSES)
    report = get_object_or_404(Report, pk=report_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            close(form.cleaned_data["answer"])
            messages.success(request, done)
        except ReportClosed as told:
            messages.warning(request, str(told))
    else:
        messages.error(request, first_error(form))
    return redirect("admin:restrictions_report_change", report.pk)
