"""Alerts by mail: asked for, confirmed, left. Whether an address is known is told to nobody but its owner, by mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from restrictions.domain.alerts import Rhythm, next_due
from restrictions.models import OutboxEntry, Subscription
from restrictions.queries.news_filters import NewsWanted, filter_columns

CONFIRM_WITHIN = timedelta(days=3)
"""For so long the link of a confirmation is good, and an address that was not confirmed is kept."""
MOST_IN_AN_HOUR = 60
"""New subscriptions in an hour from all readers together."""
MOST_UNCONFIRMED = 3
"""Confirmations that wait for one address: nobody fills another's letter box."""
LEASE = timedelta(minutes=10)
_ASKED_AGAIN = timedelta(hours=1)
_REFUSALS = 3


class TooManySubscriptions(Exception):
    """So many came in the last hour that no more are taken now."""


@dataclass(frozen=True, slots=True)
class LeasedMails:
    """Subscriptions that this sender alone may send a mail for."""

    token: UUID
    subscriptions: tuple[Subscription, ...]


def ask_for_alerts(*, address: str, rhythm: Rhythm, language: str, wanted: NewsWanted, now: datetime) -> None:
    """A mail that asks for the confirmation is due, unless the address has these alerts or enough such mails.

    Which of these it is shows nowhere. Raises TooManySubscriptions, whatever the address.
    """
    kept = {"address": address.strip().lower(), "rhythm": rhythm.value, **filter_columns(wanted)}
    with transaction.atomic():
        if Subscription.objects.filter(requested_at__gt=now - timedelta(hours=1)).count() >= MOST_IN_AN_HOUR:
            raise TooManySubscriptions
        waiting = Subscription.objects.filter(confirmed_at=None)
        lately = {"due": None, "requested_at__lt": now - _ASKED_AGAIN}
        again = waiting.filter(**kept, **lately).update(due=now, requested_at=now, language=language)
        if not again and waiting.filter(address=kept["address"]).count() < MOST_UNCONFIRMED:
            row = Subscription(**kept, language=language, requested_at=now, due=now)
            Subscription.objects.bulk_create([row], ignore_conflicts=True)


def confirm_alerts(*, key: UUID, now: datetime) -> bool:
    """News from now on come by mail; false where the subscription is gone. A second click changes nothing."""
    with transaction.atomic():
        row = Subscription.objects.select_for_update().filter(key=key).first()
        if row is None:
            return False
        if row.confirmed_at is None:
            row.confirmed_at, row.due = now, next_due(Rhythm(row.rhythm), after=now)
            row.told_until = last_revision()
            row.lease_token = row.leased_until = None
            row.save()
    return True


def leave_alerts(*, key: UUID) -> bool:
    """The subscription is deleted with its address; false where it was gone before."""
    return bool(Subscription.objects.filter(key=key).delete()[0])


def last_revision() -> int:
    """The last one that is in the outbox; 0 before the record began."""
    newest = OutboxEntry.objects.order_by("-revision_id").first()
    return newest.revision_id if newest else 0


def lease_mails(*, now: datetime, most: int) -> LeasedMails:
    """Subscriptions that a mail is due for, for this sender alone until the lease ends."""
    token = uuid4()
    with transaction.atomic():
        rows = list(Subscription.objects.due(now).select_for_update(skip_locked=True)[:most])
        held = Subscription.objects.filter(pk__in=[row.pk for row in rows])
        held.update(lease_token=token, leased_until=now + LEASE)
    return LeasedMails(token, tuple(rows))


def record_mail(*, subscription: Subscription, token: UUID, told_until: int, now: datetime) -> bool:
    """What has been told is not told again, and when the next mail is due; false where the lease was lost."""
    confirmed = subscription.confirmed_at is not None
    due = next_due(Rhythm(subscription.rhythm), after=now) if confirmed else None
    held = Subscription.objects.leased_under(token).filter(pk=subscription.pk)
    done = {"lease_token": None, "leased_until": None, "refusals": 0}
    return bool(held.update(told_until=told_until, due=due, **done))


def record_refusal(*, subscription: Subscription, token: UUID, now: datetime) -> None:
    """The address was refused: a confirmation is tried again when the lease ends, a digest when the next one is due.

    Refused three times in a row, the address is deleted: a mail server that refuses everybody for an hour costs
    nobody their alerts.
    """
    with transaction.atomic():
        row = Subscription.objects.leased_under(token).select_for_update().filter(pk=subscription.pk).first()
        if row is not None and row.refusals + 1 >= _REFUSALS:
            row.delete()
        elif row is not None:
            row.refusals += 1
            if row.confirmed_at:
                row.due, row.lease_token, row.leased_until = next_due(Rhythm(row.rhythm), after=now), None, None
            row.save()


def drop_unconfirmed(*, now: datetime) -> int:
    """Addresses that were not confirmed in time are deleted; gives how many."""
    return Subscription.objects.filter(confirmed_at=None, requested_at__lt=now - CONFIRM_WITHIN).delete()[0]
