"""Tokens of programs: made and revoked by editors, shown once."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.decorators import display

from restrictions.actions.tokens import make_token, revoke_token
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.tabled import Tabled
from restrictions.models import ApiToken, Scope

MAKES = "restrictions.add_apitoken"
REVOKES = "restrictions.change_apitoken"

GOOD, ENDED, REVOKED = "good", "ended", "revoked"
_TONES = {GOOD: "success", ENDED: "warning", REVOKED: "danger"}
_WORDS = {GOOD: _("good"), ENDED: _("past its end"), REVOKED: _("revoked")}


class TokenForm(forms.Form):
    """What a new token is called, good for, and until when."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Which program of whose it is, so that you know what to revoke."),
        error_messages={"required": _("A token needs a name, so that you know what to revoke.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Good for"),
        choices=Scope.choices,
        initial=[Scope.WRITE_DISPATCHES.value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("A token is good for at least one thing.")},
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until the end of this day in UTC. Empty: until it is revoked."),
    )

    def clean_until(self) -> datetime | None:
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.now().date():
            raise forms.ValidationError(gettext("This day has passed."))
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)


@admin.register(ApiToken)
class ApiTokenAdmin(Tabled, ReadOnlyAdmin):
    """Which programs may hand dispatches in, since when they last did, and who let them."""

    list_display = ("name", "prefix", "standing", "scopes", "made_by", "expires_at", "last_used_at")
    list_select_related = ("made_by",)
    exclude = ("digest",)
    search_fields = ("name", "prefix")
    search_help_text = _("Words of the name, or how the token starts")
    change_form_outer_before_template = "admin/restrictions/apitoken/revoke.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(revoke_view)
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:token_id>/revoke/", view, name="restrictions_apitoken_revoke"), *urls]

    def has_add_permission(self, request: HttpRequest, _parent: Any = None) -> bool:
        return _may(request, MAKES)

    def add_view(self, request: HttpRequest, *_args: Any, **_extra: Any) -> HttpResponse:
        """The form, and once it is sent, the token: this once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TokenForm(request.POST or None)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": gettext("New API token")}
        if form.is_valid():
            row, token = _made(request, form)
            context |= {"row": row, "token": token}
        answer = TemplateResponse(request, "admin/restrictions/apitoken/make.html", {**context, "form": form})
        add_never_cache_headers(answer)
        return answer

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = context.get("original")
        context["revokes"] = row is not None and row.revoked_at is None and _may(request, REVOKES)
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=_("state"), label={str(_WORDS[code]): tone for code, tone in _TONES.items()})
    def standing(self, row: ApiToken) -> tuple[str, str]:
        code = REVOKED if row.revoked_at else GOOD
        if code == GOOD and row.expires_at and row.expires_at <= timezone.now():
            code = ENDED
        return code, str(_WORDS[code])


def _may(request: HttpRequest, right: str) -> bool:
    user: Any = request.user
    return bool(user.has_perm(right))


def _made(request: HttpRequest, form: TokenForm) -> tuple[ApiToken, str]:
    user: Any = request.user
    said = form.cleaned_data
    scopes = [Scope(code) for code in said["scopes"]]
    return make_token(name=said["name"], scopes=scopes, expires_at=said["until"], by=user, now=timezone.now())


@require_POST
def revoke_view(request: HttpRequest, token_id: int) -> HttpResponse:
    """The token opens nothing any more."""
    if not _may(request, REVOKES):
        raise PermissionDenied
    user: Any = request.user
    if revoke_token(token=token_id, by=user, now=timezone.now()):
        messages.success(request, gettext("Revoked: it opens nothing from now on."))
    else:
        messages.warning(request, gettext("It had been revoked before."))
    return redirect("admin:restrictions_apitoken_changelist")
