"""What programs that walk the web are told: where they may go, and which pages there are in which language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from dashboard.navigation import page_names
from dashboard.views.keeping import passing_page, reading_page
from restrictions.queries.stamps import position_numbers


@passing_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but the desk and the programs' doors; views by parameters are endless and say nothing new."""
    sitemap_at = request.build_absolute_uri(reverse("sitemap"))
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /api/", "Disallow: /*?", f"Sitemap: {sitemap_at}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@reading_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that stands by itself, each with its address in the other languages."""
    pages = [(name, ()) for name in page_names()] + [("position", (number,)) for number in position_numbers()]
    context = {"pages": [_in_each_language(request, name, args) for name, args in pages]}
    return render(request, "reading/sitemap.xml", context, content_type="application/xml; charset=utf-8")


def _in_each_language(request: HttpRequest, name: str, args: tuple[int, ...]) -> list[tuple[str, str]]:
    found = []
    for language, _ in settings.LANGUAGES:
        with override(language):
            found.append((language, request.build_absolute_uri(reverse(name, args=args))))
    return found
