"""Writing the audit log where no row's own history does: sign-ins, second factors, exports."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from restrictions.models import Entry, EntryKind

# One line says that somebody goes on trying while the door is shut; a thousand would bury the rest of the log.
_LOCKED_OUT_ONCE_IN = timedelta(minutes=15)


def enter(*, kind: EntryKind, by: User | None, what: str = "", why: str = "") -> Entry:
    """A line of the log. ``by`` none: nobody who has an account, or whoever works on the server itself."""
    return Entry.objects.create(kind=kind.value, who=by.username if by else "", what=what, why=why)


def enter_export(*, by: User, what: str) -> Entry:
    """Somebody took rows out of the desk. Call it for every export; ``what`` says which rows, how many, as what."""
    return enter(kind=EntryKind.EXPORTED, by=by, what=what)


def enter_refused(*, name: str, locked_out: bool) -> None:
    """A sign-in that failed. A name that nobody has is not kept: people type passwords into that field."""
    user = User.objects.filter(username=name).first()
    if not locked_out:
        enter(kind=EntryKind.SIGN_IN_FAILED, by=user)
        return
    since = timezone.now() - _LOCKED_OUT_ONCE_IN
    who = user.username if user else ""
    if not Entry.objects.filter(kind=EntryKind.LOCKED_OUT.value, who=who, at__gte=since).exists():
        enter(kind=EntryKind.LOCKED_OUT, by=user)
