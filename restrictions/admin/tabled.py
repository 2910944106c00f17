"""Lists that are taken away as tables, and into which tables are brought."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path

from restrictions.admin.exporting import export_view
from restrictions.admin.importing import import_view
from restrictions.queries.foreseen import may_send
from restrictions.queries.tables import TABLES


class Tabled:
    """Two pages beside the list: one gives it away, one takes a table in, where its table takes any."""

    list_before_template = "admin/restrictions/table/links.html"

    def get_urls(self) -> list[URLPattern]:
        this: Any = self
        site, app, name = this.admin_site, this.opts.app_label, this.opts.model_name
        views: dict[str, Callable[..., HttpResponseBase]] = {
            "export": partial(export_view, model_admin=self, each_context=site.each_context)
        }
        if TABLES[name].takes_in:
            views["import"] = partial(import_view, model=this.model, each_context=site.each_context)
        urls: list[URLPattern] = super().get_urls()  # type: ignore[misc]  # mixed into an admin of a model
        return [
            path(f"{verb}/", site.admin_view(view), name=f"{app}_{name}_{verb}") for verb, view in views.items()
        ] + urls

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        this: Any = self
        links = {
            "takes_table": may_send(this_user(request), this.opts.model_name),
            "table_query": request.GET.urlencode(),
        }
        answer: HttpResponse = super().changelist_view(request, {**(extra_context or {}), **links})  # type: ignore[misc]
        return answer


def this_user(request: HttpRequest) -> Any:
    """Who is signed in: admin views let nobody else through."""
    return request.user
