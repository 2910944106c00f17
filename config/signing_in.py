"""Signing in: one answer to a name that nobody has, to a wrong password, and to whoever is locked out."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.forms import AuthenticationForm

REFUSED = _(
    "That did not let you in. Name and password have to be right, capitals included. After five wrong tries nobody can"
    " sign in from here for a quarter of an hour."
)


class SignInForm(AuthenticationForm):  # type: ignore[misc]  # django-unfold carries no types
    """Name and password."""

    error_messages = {**AuthenticationForm.error_messages, "invalid_login": REFUSED, "inactive": REFUSED}


def same_answer(_request: HttpRequest, response: HttpResponse, _credentials: Any) -> HttpResponse:
    """The page that a wrong password gets. Django hashes a password for every name, also for those that nobody has;
    where the lock stood before it, the same work is done here, so that no stop-watch tells the cases apart."""
    make_password("as much work as a sign-in")
    return response
