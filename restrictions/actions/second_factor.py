"""The second factor: codes of a phone, and recovery codes for the day on which the phone is lost."""

from base64 import b32encode
from hashlib import sha256
from secrets import token_bytes

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from restrictions.actions.audit import enter
from restrictions.actions.reasons import needs_reason
from restrictions.models import EntryKind

CODES = 10
_CODE_BYTES = 10  # sixteen letters and digits
_SHOWN_IN = 4


def begin_setup(*, by: User) -> TOTPDevice:
    """The key that the user's phone is to learn; the same one until a code of it has confirmed it."""
    device, _ = TOTPDevice.objects.get_or_create(user=by, confirmed=False, defaults={"name": "phone"})
    return device


def confirm_setup(*, by: User, code: str) -> tuple[TOTPDevice, list[str]] | None:
    """The phone, once a code shows that it has learnt the key, with new recovery codes; none for a wrong code.

    A phone that was there before counts no more.
    """
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=by, confirmed=False).first()
        if device is None or not device.verify_token(_digits(code)):
            return None
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        TOTPDevice.objects.filter(user=by).exclude(pk=device.pk).delete()
        enter(kind=EntryKind.FACTOR_SET_UP, by=by)
        return device, _new_codes(by)


def pass_second_factor(*, by: User, code: str) -> Device | None:
    """What the code belongs to: the phone, or a recovery code, which is used up so; none for a wrong code.

    Tries are slowed down, each failure doubling the wait. Failures stand in the audit log.
    """
    with transaction.atomic():
        digits = _digits(code)
        devices = TOTPDevice.objects.filter(user=by, confirmed=True)
        if not digits:
            devices = StaticDevice.objects.filter(user=by, confirmed=True)
        device = devices.select_for_update().first()
        if device is None or not device.verify_token(digits or _kept(code)):
            enter(kind=EntryKind.FACTOR_FAILED, by=by)
            return None
        enter(kind=EntryKind.FACTOR_PASSED if digits else EntryKind.RECOVERY_CODE_USED, by=by)
        found: Device = device
        return found


def renew_recovery_codes(*, by: User) -> list[str]:
    """Ten new recovery codes; those of before are worth nothing any more."""
    with transaction.atomic():
        enter(kind=EntryKind.RECOVERY_CODES_MADE, by=by)
        return _new_codes(by)


def reset_second_factor(*, user: User, by: User | None, reason: str) -> None:
    """The user's phone and recovery codes count no more. Raises ValueError without a reason."""
    said = needs_reason(reason, gettext("Taking a second factor away needs its reason."))
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        enter(kind=EntryKind.FACTOR_RESET, by=by, what=user.username, why=said)


def _digits(code: str) -> str:
    """Six digits, whatever stands between them; empty for what is no code of a phone."""
    digits = "".join(code.split())
    return digits if len(digits) == 6 and digits.isascii() and digits.isdigit() else ""


def _new_codes(user: User) -> list[str]:
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery codes"})
    device.token_set.all().delete()
    codes = [b32encode(token_bytes(_CODE_BYTES)).decode().lower() for _ in range(CODES)]
    for code in codes:
        device.token_set.create(token=_kept(code))
    return ["-".join(code[at : at + _SHOWN_IN] for at in range(0, len(code), _SHOWN_IN)) for code in codes]


def _kept(code: str) -> str:
    """What is stored of a recovery code: a digest, so that nobody can read the code out of the database or a backup.

    It needs no salt: the code is 80 random bits.
    """
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    return sha256(letters.encode()).hexdigest()[:16]
