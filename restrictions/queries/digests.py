"""What a mail to a reader holds: the news since the last one, and the links that only its reader has."""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer, TimestampSigner

from restrictions.models import Revision, Subscription
from restrictions.queries.codes import Codes
from restrictions.queries.news import NewsRow, news_in
from restrictions.queries.news_filters import filter_in_words, wanted_of
from restrictions.queries.telling import public_address

_CONFIRM, _LEAVE = "caveat.alerts.confirm", "caveat.alerts.leave"
_LONGEST = 2_000
"""Revisions that one digest looks at; the next one goes on from there."""


def news_since(row: Subscription, *, until: int, codes: Codes) -> tuple[tuple[NewsRow, ...], int]:
    """The news after the last mail up to that revision, the oldest first, and the revision that they reach."""
    after = Revision.objects.filter(pk__gt=row.told_until, pk__lte=until).order_by("pk")
    revisions = list(after[:_LONGEST])
    reached = revisions[-1].pk if len(revisions) == _LONGEST else until
    return tuple(news_in(revisions, wanted_of(row), codes=codes)), reached


def filter_of(key: UUID, codes: Codes) -> str:
    """What a subscription asks for, in words; empty where it is gone: one query."""
    row = Subscription.objects.filter(key=key).first()
    return filter_in_words(wanted_of(row), codes) if row else ""


def confirm_link(row: Subscription) -> str:
    """Where its reader says yes. No token is stored: the link is the row's key, signed, with the second."""
    return public_address("alerts-confirm", TimestampSigner(salt=_CONFIRM).sign(row.key.hex))


def leave_link(row: Subscription) -> str:
    """Where its reader leaves; it stays good as long as there is something to leave."""
    return public_address("alerts-leave", Signer(salt=_LEAVE).sign(row.key.hex))


def key_to_confirm(token: str, *, within: timedelta) -> UUID | None:
    """The key in a confirmation's link; none where it is forged or too old."""
    try:
        return UUID(TimestampSigner(salt=_CONFIRM).unsign(token, max_age=within))
    except (BadSignature, ValueError):
        return None


def key_to_leave(token: str) -> UUID | None:
    """The key in a link to leave; none where it is forged."""
    try:
        return UUID(Signer(salt=_LEAVE).unsign(token))
    except (BadSignature, ValueError):
        return None
