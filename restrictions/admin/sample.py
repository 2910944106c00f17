"""Samples for second coding: how far each is, and the doors to drawing, coding, ruling and the figures."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.agreement_page import agreement_view
from restrictions.admin.deciding import curator
from restrictions.admin.drawing import DRAWS, draw_view
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.ruling import RULES_ON, rule_view
from restrictions.admin.second_coding import CODES_AGAIN, code_view
from restrictions.admin.tabled import Tabled
from restrictions.models import Sample
from restrictions.queries.samples import disputed_for, sample_counts, waiting_for


@admin.register(Sample)
class SampleAdmin(Tabled, ReadOnlyAdmin):
    """What was drawn, and how far it is coded."""

    list_display = ("name", "size", "strata_words", "coded", "drawn_at")
    search_fields = ("name", "seed")
    search_help_text = _("Names and seeds")
    list_before_template = "admin/restrictions/sample/links.html"

    def get_urls(self) -> list[URLPattern]:
        each = {"each_context": self.admin_site.each_context}
        views: dict[str, Callable[..., HttpResponseBase]] = {
            "draw/": partial(draw_view, **each),
            "agreement/": partial(agreement_view, **each),
            "<int:sample_id>/code/": partial(code_view, **each),
            "<int:sample_id>/rule/": partial(rule_view, **each),
        }
        urls: list[URLPattern] = super().get_urls()
        return [
            path(where, self.admin_site.admin_view(view), name=f"restrictions_sample_{where.split('/')[-2]}")
            for where, view in views.items()
        ] + urls

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(drawn=Count("claims"), again=Count("claims__second"))

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_extra: Any) -> HttpResponse:
        """One sample: how it was drawn, and what there is to do."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        sample = get_object_or_404(Sample.objects.select_related("drawn_by"), pk=object_id)
        user = curator(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": sample.name,
            "sample": sample,
            "counts": sample_counts().get(sample.pk, {}),
            "to_code": waiting_for(user, sample.pk).count() if user.has_perm(CODES_AGAIN) else None,
            "to_rule": len(disputed_for(user, sample.pk)) if user.has_perm(RULES_ON) else None,
        }
        return TemplateResponse(request, "admin/restrictions/sample/detail.html", context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        draws = {"draws": curator(request).has_perm(DRAWS)}
        answer: HttpResponse = super().changelist_view(request, {**(extra_context or {}), **draws})
        return answer

    @display(description=_("spread over"), ordering="strata")
    def strata_words(self, row: Sample) -> str:
        return str(row.get_strata_display())

    @display(description=_("coded twice"))
    def coded(self, row: Any) -> str:
        return f"{row.again} / {row.drawn}"
