"""Webhooks: made by editors, their secret shown once; what became of each message, with buttons."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.actions.webhooks import make_webhook
from restrictions.admin.deciding import curator
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.webhook_buttons import CHANGES, again_view, may, rotate_view, switch_view, test_view
from restrictions.admin.webhook_form import WebhookForm
from restrictions.models import DeliveryState, Webhook
from restrictions.queries.codes import known_codes
from restrictions.queries.news_filters import filter_in_words, wanted_of

_SHOWN = 50


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    """Which programs are told of which news, and how many messages still wait."""

    list_display = ("name", "address", "enabled", "filter_words", "waiting", "made_by")
    list_select_related = ("made_by",)
    search_fields = ("name", "address")
    search_help_text = _("Words of name or address")

    def has_add_permission(self, request: HttpRequest, _parent: Any = None) -> bool:
        return may(request, "restrictions.add_webhook")

    def get_urls(self) -> list[URLPattern]:
        wrap, own = self.admin_site.admin_view, "restrictions_webhook"
        rotate = rotate_view(self.admin_site.each_context)
        views = {"switch": switch_view, "rotate": rotate, "test": test_view, "again": again_view}
        found: list[URLPattern] = super().get_urls()
        return [path(f"<int:number>/{name}/", wrap(view), name=f"{own}_{name}") for name, view in views.items()] + found

    def add_view(self, request: HttpRequest, *_args: Any, **_extra: Any) -> HttpResponse:
        """The form, and once it is sent, the secret: this once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = WebhookForm(request.POST or None)
        context: dict[str, Any] = {"form": form, "title": gettext("New webhook")}
        if form.is_valid():
            row, secret = make_webhook(by=curator(request), now=timezone.now(), **form.said())
            context |= {"row": row, "secret": secret}
        return self._page(request, "make.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_extra: Any) -> HttpResponse:
        """What it is told, and its newest messages with what came of them."""
        if not self.has_view_permission(request) or request.method == "POST":
            raise PermissionDenied
        if not object_id.isdecimal():
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        row = get_object_or_404(Webhook, pk=object_id)
        newest = row.deliveries.order_by("-recorded_at", "-pk")[:_SHOWN]
        about = {
            "row": row,
            "title": row.name,
            "newest": newest,
            "filter": filter_in_words(wanted_of(row), known_codes()),
        }
        return self._page(request, "webhook.html", about)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "changes": may(request, CHANGES)}
        answer = TemplateResponse(request, f"admin/restrictions/webhook/{template}", {**shared, **context})
        add_never_cache_headers(answer)
        return answer

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With the filter of each row in words: the codes are asked for once."""
        found, codes = super().get_changelist_instance(request), known_codes()
        for row in found.result_list:
            row.told = filter_in_words(wanted_of(row), codes)
        return found

    @display(description=_("filter"))
    def filter_words(self, row: Any) -> str:
        return str(row.told)

    @display(description=_("messages that wait"))
    def waiting(self, row: Webhook) -> int:
        return row.deliveries.filter(state=DeliveryState.WAITING).count()
