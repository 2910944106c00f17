"""The curators' desk: the admin site, and what a one-time password keeps shut."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from unfold.sites import UnfoldAdminSite

from restrictions.actions.curators import must_change_password, password_changed

View = Callable[..., HttpResponseBase]

# What somebody needs in order to choose a password, or to leave.
_ALWAYS_OPEN = frozenset({"password_change", "password_change_done", "logout", "jsi18n"})


class Desk(UnfoldAdminSite):  # type: ignore[misc]  # django-unfold carries no types
    """Django's admin, where a one-time password opens nothing but the page to change it."""

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inner: View = super().admin_view(view, cacheable)

        @wraps(inner)
        def open_to_own_passwords(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request) and _has_to_change(request):
                messages.info(request, gettext("Somebody else has seen your password. Choose one of your own first."))
                return redirect("admin:password_change")
            return inner(request, *args, **kwargs)

        return open_to_own_passwords

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The page to change one's password; a changed one opens the rest."""
        user: Any = request.user  # whoever comes here is signed in: the URL is an admin view
        before = user.password
        response: HttpResponse = super().password_change(request, extra_context)
        if user.password != before:
            password_changed(by=user)
        return response


def _has_to_change(request: HttpRequest) -> bool:
    page = request.resolver_match
    if page is None or page.url_name in _ALWAYS_OPEN:
        return False
    user: Any = request.user
    return must_change_password(user)
