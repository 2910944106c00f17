"""Alerts by mail: the form that asks for them, and the two links that its mails hold. No account, no script.

It stands here as reporting does: it joins the reading room's looks to actions, and is never kept in a cache. Opening a
link changes nothing, for mail scanners open them too: a button does.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from config.visitors import may_ask
from dashboard.criteria.news import news_criteria
from dashboard.views.asking import refuses_bad_parameters
from restrictions.actions.subscriptions import (
    CONFIRM_WITHIN,
    TooManySubscriptions,
    ask_for_alerts,
    confirm_alerts,
    leave_alerts,
)
from restrictions.domain.alerts import Rhythm
from restrictions.queries.codes import holdings, known_codes
from restrictions.queries.digests import filter_of, key_to_confirm, key_to_leave
from restrictions.queries.news_filters import NewsWanted, filter_in_words

HOUR = 3600
MOST_OF_ONE = 5
"""Times that one machine may ask in an hour of the clock."""
_GONE, _TOO_MANY = 404, 429


class AlertsForm(forms.Form):
    """Where to and how often. ``website`` is a trap: people do not see it, programs fill it in."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Say where the mails should go."),
            "invalid": _("This is no e-mail address, such as name@example.org."),
        },
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=[(Rhythm.DAILY.value, _("each day")), (Rhythm.WEEKLY.value, _("each Monday"))],
        initial=Rhythm.WEEKLY.value,
        widget=forms.RadioSelect,
    )
    website = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        label=_("Leave this field empty"),
    )


@never_cache
@refuses_bad_parameters
def alerts(request: HttpRequest) -> HttpResponseBase:
    """The form for the filter of the address; the same answer for every e-mail address, known or not."""
    codes = known_codes()
    wanted = news_criteria(request.GET, codes=codes, held=holdings())
    form = AlertsForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "form": form,
        "subject": filter_in_words(wanted, codes),
        "query": request.GET.urlencode(),
    }
    if not form.is_valid():
        return render(request, "reading/alerts.html", context, status=400 if form.is_bound else 200)
    now = timezone.now()
    if not form.cleaned_data["website"] and not (
        may_ask(request, "alerts", most=MOST_OF_ONE, now=now) and _asked(form, wanted, now)
    ):
        answer = render(request, "reading/alerts.html", {**context, "too_many": True}, status=_TOO_MANY)
        answer["Retry-After"] = str(HOUR)
        return answer
    return redirect("alerts-sent")


def _asked(form: AlertsForm, wanted: NewsWanted, now: datetime) -> bool:
    said, language = form.cleaned_data, (get_language() or "en")[:2]
    try:
        ask_for_alerts(address=said["email"], rhythm=Rhythm(said["rhythm"]), language=language, wanted=wanted, now=now)
    except TooManySubscriptions:
        return False
    return True


@never_cache
@require_safe
def alerts_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    title = gettext("Look into your letter box.")
    words = gettext(
        "If this address does not have these alerts yet, a mail is on its way that asks you to confirm them. "
        "Without your confirmation nothing more is sent, and the address is deleted after three days."
    )
    return _said(request, title, words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that says yes; once it is pressed, what comes when."""
    key = key_to_confirm(token, within=CONFIRM_WITHIN)
    if key is None or (request.method == "POST" and not confirm_alerts(key=key, now=timezone.now())):
        words = gettext("It is older than three days, was cut short on its way, or you have left since. Ask again.")
        return _said(request, gettext("This link is not good any more."), words, status=_GONE)
    if request.method == "POST":
        words = gettext("From now on you are told by mail. Each mail has a link to stop it.")
        return _said(request, gettext("Confirmed."), words)
    words = filter_of(key, known_codes())
    return _said(request, gettext("Do you want these alerts?"), words, button=gettext("Yes, send them"))


@csrf_exempt  # the mail program sends it, which has no cookie of ours: the signed link is the right to leave
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A button to leave, which a mail program may press by itself (RFC 8058); the address is deleted."""
    key = key_to_leave(token)
    if key is None:
        words = gettext("It was cut short on its way. Copy it whole out of the mail.")
        return _said(request, gettext("This link is not good."), words, status=_GONE)
    if request.method == "POST":
        leave_alerts(key=key)
        words = gettext("Your address is deleted, and nothing more is sent for this subscription.")
        return _said(request, gettext("You have left."), words)
    words = gettext("No more mails of this subscription are sent, and your address is deleted.")
    about = filter_of(key, known_codes())
    return _said(request, gettext("Stop these alerts?"), words, about=about, button=gettext("Stop them"))


def _said(
    request: HttpRequest, title: str, words: str, *, about: str = "", button: str = "", status: int = 200
) -> HttpResponse:
    """``about`` is the filter, beside the words."""
    context = {"title": title, "words": words, "about": about, "button": button, "again": status == _GONE}
    answer = render(request, "reading/alerts_said.html", context, status=status)
    # The address of the page is itself the key. Other sites do not get it by the referrer: no page here tells them any.
    answer["X-Robots-Tag"] = "noindex"
    return answer
