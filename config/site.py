"""The curators' desk: the admin site, and what stands between a password and the rest of it."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from unfold.sites import UnfoldAdminSite

from config import second_factor
from config.search import search_view
from restrictions.actions.curators import password_changed
from restrictions.queries.second_factor import asked_of, has_second_factor

View = Callable[..., HttpResponseBase]

_ASK, _OWN_PASSWORD, _SET_UP = "second_factor", "password_change", "second_factor_setup"

# What somebody needs in order to get past each of them, or to leave.
_ALWAYS_OPEN = frozenset({"logout", "jsi18n"})
_OPEN = {
    _ASK: _ALWAYS_OPEN | {_ASK},
    _OWN_PASSWORD: _ALWAYS_OPEN | {_OWN_PASSWORD, "password_change_done"},
    _SET_UP: _ALWAYS_OPEN | {_SET_UP, _OWN_PASSWORD, "password_change_done"},
}


class Desk(UnfoldAdminSite):  # type: ignore[misc]  # django-unfold carries no types
    """Django's admin, where a password alone opens no more than the page that asks for what else is needed."""

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inner: View = super().admin_view(view, cacheable)

        @wraps(inner)
        def past_the_doors(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            door = _shut_door(request) if self.has_permission(request) else None
            return _led_to(door, request) if door else inner(request, *args, **kwargs)

        return past_the_doors

    def extra_urls(self) -> list[URLPattern]:
        """The pages of the second factor."""
        pages = {
            "second-factor/": (_ASK, second_factor.ask_view),
            "second-factor/set-up/": (_SET_UP, second_factor.setup_view),
            "second-factor/recovery-codes/": ("second_factor_codes", second_factor.codes_view),
        }
        return [
            path(route, self.admin_view(partial(view, each_context=self.each_context)), name=name)
            for route, (name, view) in pages.items()
        ]

    def search(self, request: HttpRequest, _extra: dict[str, Any] | None = None) -> HttpResponse:
        """Search everywhere."""
        return search_view(self, request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The page to change one's password; a changed one opens the rest."""
        user: Any = request.user  # whoever comes here is signed in: the URL is an admin view
        before = user.password
        response: HttpResponse = super().password_change(request, extra_context)
        if user.password != before:
            password_changed(by=user)
        return response


def _shut_door(request: HttpRequest) -> str | None:
    """The page that has to be passed before the one that is asked for; none where the way is open. Two queries."""
    user: Any = request.user
    verified = user.is_verified()
    asked = asked_of(user)
    doors = {
        _ASK: not verified and has_second_factor(user),
        _OWN_PASSWORD: asked.own_password,
        _SET_UP: not verified and asked.second_factor,
    }
    first = next((door for door, shut in doors.items() if shut), None)
    page = request.resolver_match
    return None if first is None or page is None or page.url_name in _OPEN[first] else first


def _led_to(door: str, request: HttpRequest) -> HttpResponse:
    """The way to a door, with a sentence where nobody would know why it is there."""
    if door == _ASK:
        return redirect(f"{reverse('admin:second_factor')}?{urlencode({'next': request.get_full_path()})}")
    if door == _OWN_PASSWORD:
        messages.info(request, gettext("Somebody else has seen your password. Choose one of your own first."))
    else:
        messages.info(request, gettext("Your group asks for a second factor. Set it up first: it takes a minute."))
    return redirect(f"admin:{door}")
