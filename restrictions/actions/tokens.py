"""Making and revoking tokens for programs."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_urlsafe

import pghistory
from django.contrib.auth.models import User
from django.db import transaction

from restrictions.models import ApiToken, Scope

_MARK = "caveat_"
"""Every token begins so, so that one that got into a file or a log can be looked for."""
_SHOWN = len(_MARK) + 6
_SECRET_BYTES = 32
_NOTED_AFTER = timedelta(minutes=1)


def digest(token: str) -> str:
    """What is kept of a token. Without salt or stretching: it is as long as the digest, and drawn at random."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def make_token(
    *, name: str, scopes: Collection[Scope], expires_at: datetime | None, by: User, now: datetime
) -> tuple[ApiToken, str]:
    """A new token's row and the token itself, which is nowhere kept.

    Raises ValueError with a sentence where it has no name, is good for nothing, or would have ended already.
    """
    if not name.strip():
        raise ValueError("A token needs a name, so that you know what to revoke.")
    if not scopes:
        raise ValueError("A token is good for at least one thing.")
    if expires_at is not None and expires_at <= now:
        raise ValueError("The token would have ended already.")
    token = _MARK + token_urlsafe(_SECRET_BYTES)
    with transaction.atomic(), pghistory.context(user=by.pk, reason=""):
        row = ApiToken.objects.create(
            name=name.strip(),
            prefix=token[:_SHOWN],
            digest=digest(token),
            scopes=sorted(scope.value for scope in set(scopes)),
            made_by=by,
            expires_at=expires_at,
        )
    return row, token


def revoke_token(*, token: int, by: User, now: datetime) -> bool:
    """The token opens nothing from now on; false where it had been revoked before."""
    with transaction.atomic(), pghistory.context(user=by.pk, reason=""):
        return bool(ApiToken.objects.filter(pk=token, revoked_at=None).update(revoked_at=now, revoked_by=by))


def token_used(*, token: ApiToken, now: datetime) -> None:
    """Note when it was last used, once a minute at most."""
    if token.last_used_at is None or token.last_used_at < now - _NOTED_AFTER:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
