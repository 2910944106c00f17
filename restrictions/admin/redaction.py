"""Redactions: the log of what was removed on legal grounds, and the page on which an admin removes a text."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from restrictions.actions.redactions import CannotRedact, redact
from restrictions.actions.seen import PlanChanged
from restrictions.admin.deciding import check_permission, curator, seen
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.models import Redacted, Redaction
from restrictions.queries.redactions import RedactionPlan, redaction_plan

REDACTS = "restrictions.add_redaction"
_REMOVE = "remove"


class RedactForm(forms.Form):
    """Which text is to go, and on what ground."""

    kind = forms.ChoiceField(label=_("What is removed"), choices=Redacted.choices)
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=2**62,
        help_text=_("Of the claim, the mark or the dispatch: it stands in the address of its page at the desk."),
    )
    ground = forms.CharField(
        label=_("Ground"),
        max_length=300,
        help_text=_("Shown to everybody where the text stood, such as: court order 12/26. Do not repeat the text."),
        error_messages={"required": _("A redaction needs its ground: it is shown to the public.")},
    )
    sure = forms.BooleanField(
        label=_("I have read what will be removed. It cannot be brought back."),
        required=False,
        error_messages={"required": _("Tick the box: nothing brings the text back.")},
    )

    def __init__(self, data: Any, *, removes: bool) -> None:
        super().__init__(data)
        self.fields["sure"].required = removes

    @property
    def plan(self) -> RedactionPlan:
        return redaction_plan(Redacted(self.cleaned_data["kind"]), self.cleaned_data["number"])


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    """What the public is told of each, and who did it."""

    list_display = ("at", "kind", "ground", "places", "by")
    list_filter = ("kind",)
    list_select_related = ("by",)
    search_fields = ("ground",)
    search_help_text = _("Words of the ground")
    list_before_template = "admin/restrictions/redaction/links.html"

    def get_urls(self) -> list[URLPattern]:
        view = partial(redact_view, each_context=self.admin_site.each_context)
        urls: list[URLPattern] = super().get_urls()
        return [path("redact/", self.admin_site.admin_view(view), name="restrictions_redaction_redact"), *urls]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        redacts = {"redacts": curator(request).has_perm(REDACTS)}
        answer: HttpResponse = super().changelist_view(request, {**(extra_context or {}), **redacts})
        return answer


@require_http_methods(["GET", "POST"])
def redact_view(request: HttpRequest, *, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """The form; what it would remove; and, once that was seen and confirmed, the log."""
    check_permission(request, REDACTS)
    sent = request.method == "POST"
    removes = sent and request.POST.get("do") == _REMOVE
    form = RedactForm(request.POST if sent else None, removes=removes)
    if sent and form.is_valid() and removes and _removed(request, form):
        return redirect("admin:restrictions_redaction_changelist")
    context = {
        **each_context(request),
        "opts": Redaction._meta,
        "title": gettext("Remove a text on legal grounds"),
        "form": form,
        "asked": [form[name] for name in ("kind", "number", "ground")],
        "plan": _shown(form) if sent and {"kind", "number"} <= form.cleaned_data.keys() else None,
    }
    return TemplateResponse(request, "admin/restrictions/redaction/redact.html", context)


def _removed(request: HttpRequest, form: RedactForm) -> bool:
    said = form.cleaned_data
    try:
        done = redact(
            kind=Redacted(said["kind"]),
            number=said["number"],
            ground=said["ground"],
            by=curator(request),
            now=timezone.now(),
            seen=seen(request),
        )
    except (CannotRedact, PlanChanged) as told:
        messages.warning(request, str(told))
        return False
    messages.success(request, gettext("Removed in %(count)d places.") % {"count": done.places})
    return True


def _shown(form: RedactForm) -> dict[str, Any]:
    plan = form.plan
    names = {model._meta.db_table: model._meta.verbose_name_plural for model in apps.get_models()}
    return {
        "texts": plan.texts,
        "rows": plan.rows,
        "tables": [(names.get(table, table), count) for table, count in plan.by_table],
        "seen": plan.seen,
    }
