"""Who may decide and settle: groups, the first curator, and passwords that are good for one sign-in."""

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.crypto import get_random_string
from django.utils.translation import gettext

from restrictions.actions.audit import enter
from restrictions.actions.reasons import history_of, needs_reason
from restrictions.models import EntryKind, GroupPolicy
from restrictions.queries.second_factor import ONE_TIME_PASSWORD
from restrictions.rights import ADMINS, CURATORS, EDITORS, RIGHTS

FIRST_NAME = "curator"

# No vowels and no look-alikes: the password is read from a terminal, and spells nothing.
_PASSWORD_LETTERS = "bcdfghjkmnpqrstvwxzBCDFGHJKMNPQRSTVWXZ23456789"  # noqa: S105
_PASSWORD_LENGTH = 16


class NameTaken(Exception):
    """Another user, who is no curator, bears the name."""


def ensure_groups() -> None:
    """Every group of the table of rights, each with exactly its rights. Running it again changes nothing.

    A right on a model that the database does not know yet is left out: the migration that brings it runs this again.
    """
    for name in RIGHTS:
        _ensured(name)


def ensure_curators_group() -> Group:
    """The group of curators, with all its rights and no others."""
    return _ensured(CURATORS)


def ensure_editors_group() -> Group:
    """The group of editors, with all its rights and no others."""
    return _ensured(EDITORS)


def ensure_admins_group() -> Group:
    """The group of admins, with all its rights and no others."""
    return _ensured(ADMINS)


def _ensured(name: str) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    named = Permission.objects.annotate(named=Concat("content_type__app_label", Value("."), "codename"))
    group.permissions.set(named.filter(named__in=RIGHTS[name]))
    GroupPolicy.objects.get_or_create(group=group)
    return group


def make_first_curator() -> tuple[str, str] | None:
    """Name and one-time password of a new curator, who is an editor and an admin too; none where there is a curator.

    Raises NameTaken where another user bears the name.
    """
    with transaction.atomic():
        group, editors, admins = ensure_curators_group(), ensure_editors_group(), ensure_admins_group()
        # Held until the end of the transaction: of two at once, the second finds the first one's curator.
        Group.objects.select_for_update().get(pk=group.pk)
        if group.user_set.exists():
            return None
        name, password = _free_name(), _one_time_password()
        curator = User.objects.create_user(name, password=password, is_staff=True)
        curator.groups.set([group, editors, admins, _one_time_group()])
    return name, password


def _free_name() -> str:
    """The first curator's name; where it came with a record from another installation, the next one."""
    name, number = FIRST_NAME, 1
    while user := User.objects.filter(username=name).first():
        if user.is_active or user.has_usable_password():
            raise NameTaken(name)
        number += 1
        name = f"{FIRST_NAME}-{number}"
    return name


def give_one_time_password(*, user: User, by: User, reason: str) -> str:
    """A new password that is good for one sign-in. It ends the user's sessions; show it once, and keep it nowhere.

    Raises ValueError without a reason.
    """
    said = needs_reason(reason, gettext("A new password needs its reason."))
    with transaction.atomic(), history_of(by, said):
        password = _one_time_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        user.groups.add(_one_time_group())
        enter(kind=EntryKind.ONE_TIME_PASSWORD, by=by, what=user.username, why=said)
    return password


def password_changed(*, by: User) -> None:
    """The user chose a password of their own: nothing stands in the way any more."""
    with transaction.atomic():
        by.groups.remove(*by.groups.filter(name=ONE_TIME_PASSWORD))
        enter(kind=EntryKind.PASSWORD_CHANGED, by=by)


def _one_time_password() -> str:
    return get_random_string(_PASSWORD_LENGTH, _PASSWORD_LETTERS)


def _one_time_group() -> Group:
    return Group.objects.get_or_create(name=ONE_TIME_PASSWORD)[0]
