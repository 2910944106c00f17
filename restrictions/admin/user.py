"""Users, who are put into groups; and the groups, whose rights stand in one table."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from restrictions.actions.curators import ONE_TIME_PASSWORD
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.rights import GROUPS

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[type-arg]  # no generics at run time
    """Who may sign in. Rights come by groups alone, and superusers are made and changed on the server."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "first_name", "last_name", "group_names", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "first_name", "last_name")
    search_help_text = _("Names")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Name"), {"fields": ("first_name", "last_name")}),
        (_("Who may what"), {"fields": ("is_active", "groups")}),
        (_("When"), {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        rows: QuerySet[User] = super().get_queryset(request)
        return rows.prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody comes to a superuser's rights by that one's password."""
        return bool(super().has_change_permission(request, obj)) and _is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return bool(super().has_delete_permission(request, obj)) and _is_within_reach(request, obj)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "groups":
            options["queryset"] = Group.objects.filter(name__in=GROUPS)
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        # Whoever is entered here is entered to work at the desk.
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The form knows the groups of the table alone: it leaves the others as they were."""
        others = list(form.instance.groups.exclude(name__in=GROUPS)) if change else []
        super().save_related(request, form, formsets, change)
        form.instance.groups.add(*others)

    @display(description=_("groups"))
    def group_names(self, row: User) -> str:
        return ", ".join(sorted(group.name for group in row.groups.all() if group.name in GROUPS))


def _is_within_reach(request: HttpRequest, row: User | None) -> bool:
    user: Any = request.user  # admin views let nobody through who is not signed in
    return row is None or user.is_superuser or not row.is_superuser


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """What each group may do, as the table of rights says."""

    search_fields = ("name",)
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Group]":
        rows: QuerySet[Group] = super().get_queryset(request)
        return rows.exclude(name=ONE_TIME_PASSWORD)

    def get_fields(self, _request: HttpRequest, _row: Any = None) -> list[Any]:
        return ["name", "permissions"]
