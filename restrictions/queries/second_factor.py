"""What stands between a user's password and the desk."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

ONE_TIME_PASSWORD = "one-time password"  # noqa: S105  # a group's name
"""Those whose password somebody else has seen: they choose their own before they see anything."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user's groups ask of them: a password of their own, a second factor."""

    own_password: bool
    second_factor: bool


def asked_of(user: User) -> Asked:
    """One query."""
    groups = Group.objects.filter(user=user).values_list("name", "grouppolicy__second_factor_required")
    rows = list(groups)
    return Asked(
        own_password=any(name == ONE_TIME_PASSWORD for name, _ in rows),
        second_factor=any(required for _, required in rows),
    )


def has_second_factor(user: User) -> bool:
    """Whether the user has set one up. One query."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are unused. One query."""
    return int(StaticToken.objects.filter(device__user=user).count())
