"""The audit log: what is kept of log-ins, exports and rights, beside the history that other rows keep of themselves."""

import pghistory
import pghistory.models
import pgtrigger
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from restrictions.models.triggers import Refuses


class EntryKind(models.TextChoices):
    """What happened."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in refused")
    LOCKED_OUT = "locked_out", _("locked out")
    SIGNED_OUT = "signed_out", _("signed out")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    ONE_TIME_PASSWORD = "one_time_password", _("one-time password given")
    FACTOR_SET_UP = "factor_set_up", _("second factor set up")
    FACTOR_PASSED = "factor_passed", _("second factor passed")
    FACTOR_FAILED = "factor_failed", _("second factor refused")
    FACTOR_RESET = "factor_reset", _("second factor taken away")
    RECOVERY_CODE_USED = "recovery_code_used", _("recovery code used")
    RECOVERY_CODES_MADE = "recovery_codes_made", _("new recovery codes")
    EXPORTED = "exported", _("exported")


class Entry(models.Model):
    """One line of the audit log that no other row's history holds. It has no address and no other word of a person
    than the name that they sign in with, which stays when the user is deleted."""

    at = models.DateTimeField(_("when"), db_default=Now(), editable=False, db_index=True)
    kind = models.CharField(_("what happened"), max_length=24, choices=EntryKind.choices)
    who = models.CharField(
        _("who"), max_length=150, blank=True, default="", help_text=_("Empty: a name that no user has.")
    )
    what = models.TextField(_("what"), blank=True, default="", help_text=_("On whom, or of which rows."))
    why = models.TextField(_("why"), blank=True, default="")

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        triggers = [
            Refuses(
                name="stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                because="The audit log is never changed or removed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.who} {self.kind}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class GroupPolicy(models.Model):
    """What is asked of those in a group, beside their rights."""

    group = models.OneToOneField(Group, models.CASCADE, primary_key=True, verbose_name=_("group"))
    second_factor_required = models.BooleanField(
        _("second factor required"),
        default=False,
        help_text=_("Whoever is in the group sets up a second factor before they can do anything else."),
    )

    class Meta:
        verbose_name = _("policy of a group")
        verbose_name_plural = _("policies of groups")
        ordering = ["group__name"]
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(self.group)


# --- Rows of Django's own, and of pghistory's, that the database watches for us. Each proxy carries the triggers.


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=["username", "is_active", "is_staff", "is_superuser"],
    model_name="AccountEvent",
    append_only=True,
)
class Account(User):
    """A user, as far as rights go."""

    class Meta:
        proxy = True
        default_permissions = ()


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, append_only=True)
class Membership(User.groups.through):  # type: ignore[name-defined]  # made by Django at run time
    """A user in a group."""

    class Meta:
        proxy = True
        default_permissions = ()


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, append_only=True)
class GroupRight(Group.permissions.through):  # type: ignore[name-defined]  # made by Django at run time
    """A right of a group."""

    class Meta:
        proxy = True
        default_permissions = ()


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, append_only=True)
class UserRight(User.user_permissions.through):  # type: ignore[name-defined]  # made by Django at run time
    """A right of one user, which only the server can give."""

    class Meta:
        proxy = True
        default_permissions = ()


class Circumstance(pghistory.models.Context):
    """Who did something and why, beside the history of the rows. It can be added to, and nothing in it changes."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            Refuses(
                name="stays",
                operation=pgtrigger.Delete,
                because="Who changed something and why is never removed.",
            ),
            Refuses(
                name="is_added_to_only",
                operation=pgtrigger.Update,
                # A request's user is nobody until the sign-in inside it.
                condition=pgtrigger.Condition("(NOT (NEW.metadata @> jsonb_strip_nulls(OLD.metadata)))"),
                because="Who changed something and why is added to, and never rewritten.",
            ),
        ]
