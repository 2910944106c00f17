"""Search everywhere: rows of each kind that the reader may see, by the words that the kind's own list is searched by.

django-unfold's own reads every hit of every model before it shows a page of them, and keeps the answer for five
minutes, also for a reader who has lost the right to it.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import quote
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from unfold.dataclasses import SearchResult

SHOWN_OF_A_KIND = 5
_LONGEST = 100


def search_view(site: Any, request: HttpRequest) -> HttpResponse:
    """Pages by name, then rows by their words, as the command search and the side bar show them."""
    term = request.GET.get("s", "").strip()[:_LONGEST]
    if not term:
        return HttpResponse()
    found = list(_pages(site, request, term))
    rows = "extended" in request.GET
    if rows:
        # What bears the name comes before what merely tells of it.
        found += sorted(_rows(site, request, term), key=lambda row: not row.title.lower().startswith(term.lower()))
    paginator = Paginator(found, max(len(found), 1))
    context = {
        "page_obj": paginator,
        "results": paginator.page(1),
        "page_counter": 0,
        "execution_time": 0,
        "command_show_history": False,
    }
    template = "unfold/helpers/command_results.html" if rows else "unfold/helpers/search_results.html"
    return TemplateResponse(request, template, context, headers={"HX-Trigger": "search"})


def _pages(site: Any, request: HttpRequest, term: str) -> Iterator[SearchResult]:
    """The lists whose name has the words; Django leaves out those that the reader may not see."""
    for app in site.get_app_list(request):
        for model in app["models"]:
            if term.lower() in str(model["name"]).lower() and model["admin_url"]:
                yield SearchResult(
                    title=str(model["name"]), description=app["name"], link=model["admin_url"], icon="tag"
                )


def _rows(site: Any, request: HttpRequest, term: str) -> Iterator[SearchResult]:
    """The first rows of each kind: one query a kind, none for a kind that is closed to the reader."""
    for model, model_admin in site._registry.items():
        if not model_admin.search_fields or not model_admin.has_view_permission(request):
            continue
        rows, _doubles = model_admin.get_search_results(request, model_admin.get_queryset(request), term)
        page = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_change"
        for row in list(rows.distinct()[:SHOWN_OF_A_KIND]):
            yield SearchResult(
                title=str(row),
                description=capfirst(str(model._meta.verbose_name)),
                link=reverse(page, args=[quote(row.pk)]),
                icon="data_object",
            )
