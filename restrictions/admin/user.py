"""Users, who are put into groups; and the groups, whose rights stand in one table."""

from importlib import import_module
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import TabularInline
from unfold.decorators import display

from restrictions.actions.curators import give_one_time_password
from restrictions.actions.second_factor import reset_second_factor
from restrictions.admin.reasons import OnlyReasonForm, first_error
from restrictions.admin.tabled import Tabled
from restrictions.admin.with_reason import ReasonForm, WithReason
from restrictions.models import GroupPolicy
from restrictions.queries.second_factor import ONE_TIME_PASSWORD, has_second_factor
from restrictions.rights import GROUPS

for registering in ("django.contrib.auth", "django_otp.plugins.otp_static", "django_otp.plugins.otp_totp"):
    import_module(f"{registering}.admin")
for model in (User, Group, TOTPDevice, StaticDevice):
    # In our own look, or, for the keys of phones and for recovery codes, nowhere.
    admin.site.unregister(model)


class UserForm(ReasonForm):
    """Name, groups, and whether the user may come in at all."""

    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=Group.objects.filter(name__in=GROUPS).order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "is_active", "groups")
        help_texts = {"is_active": _("Untick it when somebody leaves: what they decided stays theirs.")}


@admin.register(User)
class UserAdmin(Tabled, WithReason):
    """Who may sign in. Rights come by groups alone, and superusers are made and changed on the server."""

    form = UserForm
    list_display = ("username", "full_name", "group_names", "factor", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "first_name", "last_name")
    search_help_text = _("Names")
    ordering = ("username",)
    fields = ("username", "first_name", "last_name", "groups", "is_active", "reason")
    change_form_outer_after_template = "admin/restrictions/user/doors.html"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        rows: QuerySet[User] = super().get_queryset(request)
        phones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return rows.prefetch_related("groups").annotate(has_phone=Exists(phones))

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        buttons = {"one_time_password": self.one_time_password, "reset_factor": self.reset_factor}
        return [
            path(f"<int:user_id>/{name}/", self.admin_site.admin_view(view), name=f"auth_user_{name}")
            for name, view in buttons.items()
        ] + urls

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody comes to a superuser's rights by that one's password."""
        return bool(super().has_change_permission(request, obj)) and _is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return bool(super().has_delete_permission(request, obj)) and _is_within_reach(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        # Whoever is entered here is entered to work at the desk.
        obj.is_staff = True
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The form knows the groups of the table alone: it leaves the others as they were."""
        row = form.instance
        chosen = form.cleaned_data["groups"]
        form.cleaned_data["groups"] = Group.objects.filter(pk__in=chosen) | row.groups.exclude(name__in=GROUPS)
        super().save_related(request, form, formsets, change)

    def response_add(self, request: HttpRequest, obj: User, _next: str | None = None) -> HttpResponse:
        messages.success(request, gettext("%(name)s is entered. Give them a one-time password now.") % {"name": obj})
        return redirect("admin:auth_user_change", obj.pk)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = context.get("original")
        if row and self.has_change_permission(request, row):
            context |= {"has_factor": has_second_factor(row), "reason_field": OnlyReasonForm()["reason"]}
        return super().render_change_form(request, context, *args, **kwargs)

    def one_time_password(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """The new password, shown this once."""
        row, form = self._asked(request, user_id)
        if not form.is_valid():
            messages.error(request, first_error(form))
            return redirect("admin:auth_user_change", row.pk)
        password = give_one_time_password(user=row, by=_user(request), reason=form.cleaned_data["reason"])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("A one-time password"),
            "row": row,
            "password": password,
        }
        return TemplateResponse(request, "admin/restrictions/user/one_time_password.html", context)

    def reset_factor(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """The user's phone and recovery codes count no more."""
        row, form = self._asked(request, user_id)
        if form.is_valid():
            reset_second_factor(user=row, by=_user(request), reason=form.cleaned_data["reason"])
            messages.success(request, gettext("The second factor of %(name)s is taken away.") % {"name": row})
        else:
            messages.error(request, first_error(form))
        return redirect("admin:auth_user_change", row.pk)

    def _asked(self, request: HttpRequest, user_id: int) -> tuple[User, OnlyReasonForm]:
        row = get_object_or_404(User, pk=user_id)
        if request.method != "POST" or not self.has_change_permission(request, row):
            raise PermissionDenied
        return row, OnlyReasonForm(request.POST)

    @display(description=_("name"), ordering="last_name")
    def full_name(self, row: User) -> str:
        return row.get_full_name()

    @display(description=_("groups"))
    def group_names(self, row: User) -> str:
        return ", ".join(sorted(group.name for group in row.groups.all() if group.name in GROUPS))

    @display(description=_("second factor"), boolean=True)
    def factor(self, row: Any) -> bool:
        return bool(row.has_phone)


def _is_within_reach(request: HttpRequest, row: User | None) -> bool:
    return row is None or _user(request).is_superuser or not row.is_superuser


def _user(request: HttpRequest) -> Any:
    """Who is signed in: admin views let nobody else through."""
    return request.user


class PolicyInline(TabularInline):
    """What is asked of those in the group."""

    model = GroupPolicy
    fields = ("second_factor_required",)
    can_delete = False
    max_num = 1
    hide_title = True

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **given: Any) -> Any:
        """Named for who cannot see: in a table only the column has a heading, and no box a label."""
        field = super().formfield_for_dbfield(db_field, request, **given)
        if field:
            field.widget.attrs["aria-label"] = field.label
        return field


@admin.register(Group)
class GroupAdmin(Tabled, WithReason):
    """What each group may do, as the table of rights says, and what is asked of those in it."""

    list_display = ("name", "factor")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "rights", "reason")
    readonly_fields = ("name", "rights")
    inlines = (PolicyInline,)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Group]":
        rows: QuerySet[Group] = super().get_queryset(request)
        return rows.exclude(name=ONE_TIME_PASSWORD).select_related("grouppolicy")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, row: Any = None) -> Any:
        return self.fields if self.has_change_permission(request, row) else self.readonly_fields

    @display(description=_("rights"))
    def rights(self, row: Group) -> str:
        """Each kind of row with what may be done to it, a line each."""
        found: dict[str, list[str]] = {}
        for right in row.permissions.select_related("content_type"):
            found.setdefault(str(right.content_type.name), []).append(right.codename.partition("_")[0])
        lines = ((f"{name}: {', '.join(sorted(verbs))}",) for name, verbs in sorted(found.items()))
        return format_html('<ul class="rights">{}</ul>', format_html_join("", "<li>{}</li>", lines))

    @display(description=_("second factor required"), boolean=True)
    def factor(self, row: Any) -> bool:
        return hasattr(row, "grouppolicy") and row.grouppolicy.second_factor_required
