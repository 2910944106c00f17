"""Rows that are changed and deleted by hand: never without saying why, never from under what rests on them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.utils import quote, unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from restrictions.actions.reasons import history_of
from restrictions.queries.rests import Rest, what_rests_on


class ReasonForm(forms.ModelForm):  # type: ignore[type-arg]  # no generics at run time
    """A row, and why it is changed."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Stands in the audit log beside what you changed."),
        error_messages={"required": _("A change needs its reason: say why.")},
    )


class WithReason(ModelAdmin):
    """Each change is kept with who made it and why; a deletion that would leave something hanging is refused."""

    form = ReasonForm
    # One row at a time: a reason belongs to a row.
    actions = None
    list_per_page = 50
    show_facets = ShowFacets.NEVER
    list_filter_submit = True
    list_fullwidth = True
    compressed_fields = True
    delete_confirmation_template = "admin/restrictions/delete.html"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with history_of(_user(request), request.POST.get("reason", "").strip()):
            response: HttpResponseBase = super().changeform_view(request, *args, **kwargs)
        return response

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        reason = request.POST.get("reason", "").strip()
        row = self.get_object(request, unquote(object_id))
        if request.method == "POST" and not reason and self.has_delete_permission(request, row):
            messages.error(request, gettext("Deleting needs its reason: say why."))
            return redirect(request.path)
        with history_of(_user(request), reason):
            response: HttpResponse = super().delete_view(request, object_id, extra_context)
        return response

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would go with the row; and what rests on it, which forbids it, with links for whoever may look."""
        resting = [line for row in objs for rest in what_rests_on(row) for line in _lines(request, rest)]
        if resting:
            return [], {}, set(), resting
        to_delete, counts, lacking, _protected = super().get_deleted_objects(objs, request)
        # What hangs on the row by itself, such as a user's phone, is not asked for by its own rights.
        return to_delete, counts, set() if self.has_delete_permission(request) else lacking, []


def _lines(request: HttpRequest, rest: Rest) -> list[Any]:
    """A heading such as “312 claims”, and the first of them below it."""
    below = [_link(request, row) for row in rest.examples]
    if rest.count > len(below):
        below.append(gettext("and %(n)d more") % {"n": rest.count - len(below)})
    return [f"{rest.count} {rest.label}", below]


def _link(request: HttpRequest, row: Model) -> Any:
    """The row with a link to its page, where it has one that this reader may open."""
    app, name = row._meta.app_label, row._meta.model_name
    if not _user(request).has_perm(f"{app}.view_{name}"):
        return str(row)
    try:
        address = reverse(f"admin:{app}_{name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return str(row)
    return format_html('<a href="{}">{}</a>', address, str(row))


def _user(request: HttpRequest) -> Any:
    """Who is signed in: admin views let nobody else through."""
    return request.user
