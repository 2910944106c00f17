"""Which language a page is in: its address says so; the browser's wish decides for `/` and for what is not for readers.

English stands at the root, French below `fr/`. A link is a choice: who comes to the English front page from a page of
ours stays there, now and later, whatever the browser wishes.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

_BY_BROWSER = ("/admin/", "/health", "/metrics")
"""Addresses that are the same in every language. The API speaks English, or what a call names."""
_YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Speaks the language of the address, and sends whoever comes to `/` for the first time to their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wish = translation.get_language_from_request(request)
        # Not taken back at the end: a file that is streamed is written after this.
        translation.activate(_spoken(request, wish))
        if _is_front(request):
            return self._front(request, wish)
        response = self._get_response(request)
        _say(request, response)
        return response

    def _front(self, request: HttpRequest, wish: str) -> HttpResponse:
        """The English front page for who wants or has chosen it; the way to another language's for all others."""
        follows_a_link = _comes_from_here(request)
        if wish != settings.LANGUAGE_CODE and not follows_a_link:
            query = request.META.get("QUERY_STRING", "")
            response: HttpResponse = HttpResponseRedirect(f"/{wish}/{'?' if query else ''}{query}")
            patch_cache_control(response, no_cache=True)
        else:
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
            if wish != settings.LANGUAGE_CODE:
                _remember(response)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _spoken(request: HttpRequest, wish: str) -> str:
    if request.path_info.startswith(_BY_BROWSER):
        return wish
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def _is_front(request: HttpRequest) -> bool:
    return request.path_info == "/" and request.method in ("GET", "HEAD")


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours led here, by the word of the browser."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()


def _remember(response: HttpResponse) -> None:
    """English was chosen against the browser's wish: a later visit to `/` gets it too."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        settings.LANGUAGE_CODE,
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    patch_cache_control(response, private=True)


def _say(request: HttpRequest, response: HttpResponse) -> None:
    response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
    if request.path_info.startswith(_BY_BROWSER):
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
