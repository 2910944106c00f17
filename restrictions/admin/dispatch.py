"""Dispatches: the list of what came in, and the page where a curator decides its claims."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.filters import LanguageFilter, SyntheticFilter, WaitingFilter, code_filter
from restrictions.admin.missed_page import missed_claim_view
from restrictions.admin.quarantine import LETS_OUT, let_out, try_again_view
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.review_page import review_context
from restrictions.admin.tabled import Tabled
from restrictions.domain.days import Day
from restrictions.models import Claim, Dispatch, DispatchState, DispatchVersion
from restrictions.queries.codes import known_codes
from restrictions.queries.review import language_name, review_sheet
from restrictions.queries.versions import version_changes
from restrictions.words import day_in_words
from restrictions.words.removed import as_removed

STATE_TONES = {
    DispatchState.CODED.value: "success",
    DispatchState.CODING.value: "info",
    DispatchState.RETRY.value: "warning",
    DispatchState.QUARANTINED.value: "danger",
}


@admin.register(Dispatch)
class DispatchAdmin(Tabled, ReadOnlyAdmin):
    """What came in, how far it is, and how many claims wait."""

    list_display = ("headline", "publisher", "published", "language", "state_label", "waiting", "synthetic_label")
    list_filter = (
        WaitingFilter,
        code_filter("state", _("state"), DispatchState, lambda state: state.label),
        LanguageFilter,
        SyntheticFilter,
    )
    search_fields = ("publisher", "address", "versions__title", "versions__body")
    search_help_text = _("Words of title, text, publisher or address")
    ordering = ("-received_at", "-id")
    actions = ("try_again",)

    def get_urls(self) -> list[URLPattern]:
        views = {
            "try-again": try_again_view,
            "versions": self.versions_view,
            "missed": partial(missed_claim_view, each_context=self.admin_site.each_context),
        }
        urls: list[URLPattern] = super().get_urls()
        own = [
            path(f"<int:dispatch_id>/{part}/", self.admin_site.admin_view(view), name=f"restrictions_dispatch_{name}")
            for part, view in views.items()
            for name in [part.replace("-", "_")]
        ]
        return own + urls

    def versions_view(self, request: HttpRequest, dispatch_id: int) -> HttpResponse:
        """What each version of the dispatch changed, word by word."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("What changed"),
            "dispatch": get_object_or_404(Dispatch, pk=dispatch_id),
            "changes": version_changes(dispatch_id),
        }
        return TemplateResponse(request, "admin/restrictions/dispatch/versions.html", context)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whether this user lets dispatches out of quarantine."""
        user: Any = request.user
        return bool(user.has_perm(LETS_OUT))

    @admin.action(description=_("Try those in quarantine again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, rows: "QuerySet[Dispatch]") -> None:
        let_out(request, [row.pk for row in rows])

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Dispatch]":
        newest = DispatchVersion.objects.filter(dispatch=OuterRef("pk")).order_by("-number")
        waits = Claim.objects.proposed().filter(dispatch_version__dispatch=OuterRef("pk")).order_by()
        rows: QuerySet[Dispatch] = super().get_queryset(request)
        return rows.annotate(
            newest_title=Subquery(newest.values("title")[:1]),
            newest_language=Subquery(newest.values("language")[:1]),
            # A subquery a row shown, not a join: the page shows fifty, the table may hold a million.
            claims_waiting=Subquery(waits.values("dispatch_version__dispatch").annotate(n=Count("pk")).values("n")),
        )

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_extra: Any) -> HttpResponse:
        """The review page: the text with its quotes, and a card for each claim."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        codes = known_codes()
        number = request.GET.get("version", "")
        version = int(number) if number.isdecimal() else None
        sheet = review_sheet(int(object_id), codes, version=version) if object_id.isdecimal() else None
        if sheet is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        lets_out = self.has_retry_permission(request) and sheet.dispatch.state == DispatchState.QUARANTINED
        context = {**self.admin_site.each_context(request), "opts": self.opts, "lets_out": lets_out}
        return TemplateResponse(
            request, "admin/restrictions/dispatch/review.html", {**context, **review_context(request, sheet, codes)}
        )

    @display(description=_("title"), ordering="newest_title")
    def headline(self, row: Any) -> str:
        return as_removed(row.newest_title or str(row))

    @display(description=_("published"), ordering="published_latest")
    def published(self, row: Dispatch) -> str:
        if row.published_edtf is None or row.published_earliest is None or row.published_latest is None:
            return ""
        return day_in_words(Day(row.published_edtf, row.published_earliest, row.published_latest))

    @display(description=_("language"), ordering="newest_language")
    def language(self, row: Any) -> str:
        return language_name(row.newest_language or "")

    @display(description=_("state"), ordering="state", label=STATE_TONES)
    def state_label(self, row: Dispatch) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=_("claims waiting"), ordering="claims_waiting")
    def waiting(self, row: Any) -> str:
        return str(row.claims_waiting or "")

    # In plain words: a badge is a template of its own for each row.
    @display(description=_("synthetic"), ordering="synthetic", empty_value="")
    def synthetic_label(self, row: Dispatch) -> str:
        return str(_("synthetic")) if row.synthetic else ""
