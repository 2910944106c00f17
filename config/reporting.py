"""“Report an error”: the one page of the reading room that writes. A reader needs no account and no address.

It stands here because it joins the reading room's looks to an action of the record, and neither may import the other's.
It is never kept in a cache: its form holds a token, and its answer is nobody else's business.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.visitors import may_ask
from restrictions.actions.reports import TooManyReports, keep_report
from restrictions.models import ReportKind
from restrictions.queries.codes import known_codes
from restrictions.queries.positions import closed_position, position_page
from restrictions.queries.stamps import record_stamp

HOUR = 3600
MOST_OF_ONE = 5
"""Reports that are taken from one address in an hour of the clock."""
_TOO_MANY = 429


class ReportForm(forms.Form):
    """What is wrong, in a reader's words. ``website`` is a trap: people do not see it, programs fill it in."""

    kind = forms.ChoiceField(label=_("What is wrong?"), choices=ReportKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What the page says, and what it should say."),
        error_messages={
            "required": _("Say what is wrong."),
            "min_length": _("Say a little more: a sentence is enough."),
        },
    )
    source = forms.URLField(
        label=_("Where it can be read"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        help_text=_("The address of a page, if you have one."),
        error_messages={"invalid": _("This is no web address, such as https://example.org/page.")},
    )
    contact = forms.CharField(
        label=_("How to reach you"),
        max_length=200,
        required=False,
        help_text=_("Not needed. It is never shown, and is forgotten once a curator has closed the report."),
    )
    website = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        label=_("Leave this field empty"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: int) -> HttpResponse:
    """The form; what is sent is in the curators' queue, or the page says why it is not."""
    sentence = _sentence(number)
    form = ReportForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "number": number,
        "sentence": sentence,
        "form": form,
        "fields": [form[name] for name in ("words", "source", "contact")],
    }
    if not form.is_valid():
        return render(request, "reading/report.html", context, status=400 if form.is_bound else 200)
    now = timezone.now()
    if form.cleaned_data["website"]:
        return redirect("report-sent", number)  # whoever fell into the trap need not know
    if not may_ask(request, "reports", most=MOST_OF_ONE, now=now) or not _kept(form, number, sentence, now):
        response = render(request, "reading/report.html", {**context, "too_many": True}, status=_TOO_MANY)
        response["Retry-After"] = str(HOUR)
        return response
    return redirect("report-sent", number)


@never_cache
@require_safe
def report_sent(request: HttpRequest, number: int) -> HttpResponse:
    """What happens next."""
    return render(request, "reading/report_sent.html", {"number": number, "sentence": _sentence(number)})


def _kept(form: ReportForm, number: int, sentence: str, now: datetime) -> bool:
    said = form.cleaned_data
    try:
        keep_report(
            position=number,
            kind=ReportKind(said["kind"]),
            words=said["words"],
            source=said["source"],
            contact=said["contact"],
            language=(get_language() or "en")[:2],
            sentence=sentence,
            revision=record_stamp().revision,
            now=now,
        )
    except TooManyReports:
        return False
    return True


def _sentence(number: int) -> str:
    """What the position's page says; nothing where it stands no longer. Raises Http404 for a number that never was."""
    page = position_page(number, codes=known_codes(), today=timezone.now().date())
    if page is not None:
        return page.bar.words.sentence
    if closed_position(number) is None:
        raise Http404(gettext("The record holds no position of this number."))
    return ""
