"""What Django tells of by signals and in no other way: the end of a migration, and sign-ins by whichever door."""

from typing import Any

from restrictions.actions.audit import enter, enter_refused
from restrictions.actions.curators import ensure_groups
from restrictions.models import EntryKind


def migrated(**_signal: Any) -> None:
    """The groups have their rights, after every migration and after a flush."""
    ensure_groups()


def signed_in(*, user: Any, **_signal: Any) -> None:
    """A line of the audit log for whoever came in."""
    enter(kind=EntryKind.SIGNED_IN, by=user)


def signed_out(*, user: Any, **_signal: Any) -> None:
    """A line for whoever left, or was signed out; none where nobody was signed in."""
    if user is not None:
        enter(kind=EntryKind.SIGNED_OUT, by=user)


def refused(*, credentials: dict[str, Any], request: Any = None, **_signal: Any) -> None:
    """A line for whoever did not come in."""
    name = str(credentials.get("username", ""))
    enter_refused(name=name, locked_out=getattr(request, "axes_locked_out", False))
