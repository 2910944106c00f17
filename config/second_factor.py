"""The pages of the second factor: the code at sign-in, setting a phone up, recovery codes shown once."""

from base64 import b32encode
from collections.abc import Callable
from typing import Any

import django_otp
import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from restrictions.actions.second_factor import begin_setup, confirm_setup, pass_second_factor, renew_recovery_codes
from restrictions.queries.second_factor import has_second_factor, recovery_codes_left

EachContext = Callable[[HttpRequest], dict[str, Any]]

REFUSED = _("This code does not fit. Wait for the next one; each wrong code makes the wait longer.")


class CodeForm(forms.Form):
    """Six digits of a phone, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
        error_messages={"required": _("Type the code.")},
    )


@require_http_methods(["GET", "POST"])
def ask_view(request: HttpRequest, *, each_context: EachContext) -> HttpResponse:
    """The page that asks for the code; a right one opens the desk where it was left."""
    user: Any = request.user
    if user.is_verified() or not has_second_factor(user):
        return redirect("admin:index")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = pass_second_factor(by=user, code=form.cleaned_data["code"])
        if device:
            _let_in(request, device)
            return redirect(_next(request))
        form.add_error("code", REFUSED)
    context = {**each_context(request), "title": gettext("Second factor"), "form": form, "next": _next(request)}
    return TemplateResponse(request, "admin/second_factor/ask.html", context)


@require_http_methods(["GET", "POST"])
def setup_view(request: HttpRequest, *, each_context: EachContext) -> HttpResponse:
    """The key as a picture and as letters; and, once a code of the phone has confirmed it, the recovery codes."""
    user: Any = request.user
    form = CodeForm(request.POST or None)
    device = begin_setup(by=user)
    if form.is_valid():
        done = confirm_setup(by=user, code=form.cleaned_data["code"])
        if done:
            _let_in(request, done[0])
            return _shown_once(request, done[1], each_context)
        form.add_error("code", REFUSED)
    context = {
        **each_context(request),
        "title": gettext("Set up the second factor"),
        "form": form,
        "has_factor": has_second_factor(user),
        "codes_left": recovery_codes_left(user),
        "picture": _picture(device),
        "letters": _letters(device),
    }
    return TemplateResponse(request, "admin/second_factor/setup.html", context)


@require_POST
def codes_view(request: HttpRequest, *, each_context: EachContext) -> HttpResponse:
    """New recovery codes, for whoever has a second factor."""
    user: Any = request.user
    if not user.is_verified():
        return redirect("admin:second_factor_setup")
    return _shown_once(request, renew_recovery_codes(by=user), each_context)


def _let_in(request: HttpRequest, device: Any) -> None:
    # A session's name that was known before the second factor is worth nothing after it.
    request.session.cycle_key()
    django_otp.login(request, device)


def _shown_once(request: HttpRequest, codes: list[str], each_context: EachContext) -> HttpResponse:
    messages.success(request, gettext("Your second factor is set up."))
    context = {**each_context(request), "title": gettext("Recovery codes"), "codes": codes}
    return TemplateResponse(request, "admin/second_factor/codes.html", context)


def _next(request: HttpRequest) -> str:
    """Where somebody was on the way to; the front page where that is no page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("admin:index")


def _picture(device: TOTPDevice) -> str:
    """The key for a phone's camera, as the address of an image: black on white in both themes, as cameras need."""
    return segno.make(device.config_url, micro=False).svg_data_uri(scale=5, border=3, light="#fff")


def _letters(device: TOTPDevice) -> str:
    """The key for whoever types it, in fours."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
