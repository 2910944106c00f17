"""The audit log: who did what, when, from what to what, and why. It is looked at, and nothing else."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.models import Entry
from restrictions.queries.audit import Asked, AuditLine, audit_page
from restrictions.queries.audit_sources import SOURCES

SEES_ALL, SEES_THE_RECORD = "restrictions.view_entry", "restrictions.view_revision"


class AskForm(forms.Form):
    """Which lines somebody looks for."""

    source = forms.ChoiceField(label=_("About"), required=False)
    who = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.order_by("username"), required=False, to_field_name="username"
    )
    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.RegexField(r"^[a-z]+-\d{1,18}$", required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, whole: bool) -> None:
        super().__init__(data, auto_id="ask-%s")
        held = [(code, source.label) for code, source in SOURCES.items() if whole or source.of_the_record]
        self.fields["source"].choices = [("", _("everything")), *held]  # type: ignore[attr-defined]
        self.fields["who"].empty_label = _("anybody")  # type: ignore[attr-defined]

    def clean_at(self) -> datetime | None:
        """The instant at which the older lines begin."""
        said = self.cleaned_data["at"]
        try:
            at = datetime.fromisoformat(said) if said else None
        except ValueError as wrong:
            raise forms.ValidationError(gettext("This is no instant.")) from wrong
        if at and at.tzinfo is None:
            raise forms.ValidationError(gettext("This is no instant."))
        return at

    @property
    def asked(self) -> Asked:
        """What is asked for; everything where the form is wrong."""
        if not self.is_valid():
            return Asked()
        said = self.cleaned_data
        before = (said["at"], said["key"]) if said["at"] and said["key"] else None
        return Asked(said["source"], said["who"], said["words"], said["first"], said["last"], before)

    def older(self, before: tuple[datetime, str]) -> str:
        """The address of the lines before these."""
        kept = {name: value for name, value in self.data.items() if name in self.fields and value}
        return "?" + urlencode({**kept, "at": before[0].isoformat(), "key": before[1]})


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Admins see the whole log; whoever sees the record sees the part that is about it."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return bool(user.has_perm(SEES_ALL) or (obj is None and user.has_perm(SEES_THE_RECORD)))

    def changelist_view(self, request: HttpRequest, _extra: Any = None) -> HttpResponse:
        """One list out of all that keeps history, the newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        user: Any = request.user
        whole = user.has_perm(SEES_ALL)
        form = AskForm(request.GET, whole=whole)
        page = audit_page(form.asked, whole=whole)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Audit log"),
            "form": form,
            "whole": whole,
            "lines": [(line, _page_of(line, user)) for line in page.lines],
            "older": form.older(page.older) if page.older else "",
        }
        return TemplateResponse(request, "admin/restrictions/entry/log.html", context)


def _page_of(line: AuditLine, user: Any) -> str:
    """The page of the row that a line is about, for whoever may open it."""
    if line.row is None:
        return ""
    app, _found, model = line.row[0].partition("_")
    if not user.has_perm(f"{app}.view_{model}"):
        return ""
    try:
        return reverse(f"admin:{line.row[0]}_change", args=[line.row[1]])
    except NoReverseMatch:
        return ""
