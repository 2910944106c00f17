"""Why a curator did it: asked for, and kept beside the row's history."""

from contextlib import AbstractContextManager
from typing import Any

import pghistory
from django.contrib.auth.models import User


def needs_reason(reason: str, without_one: str) -> str:
    """The reason without its margins. Raises ValueError with the sentence ``without_one`` where nothing is said."""
    if not reason.strip():
        raise ValueError(without_one)
    return reason.strip()


def history_of(by: User, reason: str) -> AbstractContextManager[Any]:
    """What is written inside is kept in the rows' history with who and why."""
    context: AbstractContextManager[Any] = pghistory.context(user=by.pk, reason=reason)
    return context
