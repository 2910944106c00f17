"""Webhooks are made, switched, given a new secret, and have messages put in their queue."""

from datetime import datetime, timedelta
from secrets import token_hex
from uuid import UUID, uuid4

import pghistory
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation

from restrictions.domain.webhooks import digest_of, secret_of
from restrictions.models import DeliveryState, OutboxEntry, Webhook, WebhookDelivery
from restrictions.queries.codes import known_codes
from restrictions.queries.news import NewsRow, news_in
from restrictions.queries.news_filters import NewsWanted, filter_columns, wanted_of
from restrictions.queries.telling import message

FORMER_SIGNS = timedelta(days=1)
"""For so long after a rotation each message bears both signatures."""
SPREAD_AT_ONCE = 40


def make_webhook(
    *, name: str, address: str, language: str, wanted: NewsWanted, by: User, now: datetime
) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is shown to whoever makes it and stored nowhere.

    What is stored is a drawn number, of which SECRET_KEY makes the secret again. Raises ValueError without a name.
    """
    if not name.strip():
        raise ValueError("A webhook needs a name, so that you know whose it is.")
    nonce, secret = _drawn()
    with transaction.atomic(), pghistory.context(user=by.pk, reason=""):
        row = Webhook.objects.create(
            name=name.strip(),
            address=address,
            language=language,
            nonce=nonce,
            digest=digest_of(secret),
            made_by=by,
            recorded_at=now,
            **filter_columns(wanted),
        )
    return row, secret


def _drawn() -> tuple[str, str]:
    nonce = token_hex(32)
    return nonce, secret_of(settings.SECRET_KEY, nonce)


def secrets_of(webhook: Webhook, *, now: datetime) -> list[str]:
    """The secrets that sign now: the current one, and for a day the former. Empty where no key makes them again."""
    held = [(webhook.nonce, webhook.digest)]
    if webhook.former_until and webhook.former_until > now:
        held.append((webhook.former_nonce, webhook.former_digest))
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = ((secret_of(key, nonce), digest) for nonce, digest in held for key in keys)
    return [secret for secret, digest in made if digest_of(secret) == digest]


def rotate_secret(*, webhook: int, by: User, now: datetime) -> str:
    """A new secret, shown this once; the former one signs beside it for a day. Raises Webhook.DoesNotExist."""
    nonce, secret = _drawn()
    with transaction.atomic(), pghistory.context(user=by.pk, reason=""):
        row = Webhook.objects.select_for_update().get(pk=webhook)
        row.former_nonce, row.former_digest, row.former_until = row.nonce, row.digest, now + FORMER_SIGNS
        row.nonce, row.digest = nonce, digest_of(secret)
        row.save()
    return secret


def switch_webhook(*, webhook: int, on: bool, by: User) -> bool:
    """Whether news are sent to it from now on; false where it stood so before. What waits goes on waiting."""
    with transaction.atomic(), pghistory.context(user=by.pk, reason=""):
        return bool(Webhook.objects.filter(pk=webhook, enabled=not on).update(enabled=on))


def queue_test(*, webhook: int, now: datetime) -> WebhookDelivery:
    """A message that says that it is a test, in the queue. Raises Webhook.DoesNotExist."""
    row = Webhook.objects.get(pk=webhook)
    number = uuid4()
    return WebhookDelivery.objects.create(id=number, webhook=row, body=message(number, at=now))


def send_again(*, delivery: UUID, webhook: int, now: datetime) -> bool:
    """The message goes out again with its number, from the first try on; false where it is waiting already."""
    ended = WebhookDelivery.objects.filter(pk=delivery, webhook=webhook).exclude(state=DeliveryState.WAITING)
    return bool(ended.update(state=DeliveryState.WAITING, tries=0, due=now, lease_token=None, leased_until=None))


def spread_outbox(*, now: datetime, most: int = SPREAD_AT_ONCE) -> int:
    """Entries of the outbox become messages to each webhook that wants their news; gives how many entries.

    In one transaction, and each entry is held meanwhile: it is spread once, whoever else spreads, or dies spreading.
    """
    with transaction.atomic():
        waiting = OutboxEntry.objects.filter(spread_at=None).select_for_update(skip_locked=True, of=("self",))
        entries = list(waiting.select_related("revision")[:most])
        if entries:
            for webhook in Webhook.objects.filter(enabled=True):
                _spread(entries, webhook)
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(spread_at=now)
    return len(entries)


def _spread(entries: list[OutboxEntry], webhook: Webhook) -> None:
    """What came before the webhook was made is not told to it."""
    revisions = [entry.revision for entry in entries if entry.revision.instant >= webhook.recorded_at]
    by_revision: dict[int, list[NewsRow]] = {}
    with translation.override(webhook.language):
        for row in news_in(revisions, wanted_of(webhook), codes=known_codes()):
            by_revision.setdefault(row.revision, []).append(row)
        WebhookDelivery.objects.bulk_create(_messages(webhook, by_revision))


def _messages(webhook: Webhook, by_revision: dict[int, list[NewsRow]]) -> list[WebhookDelivery]:
    numbered = [(uuid4(), revision, rows) for revision, rows in sorted(by_revision.items())]
    return [
        WebhookDelivery(id=number, webhook=webhook, entry_id=revision, body=message(number, at=rows[0].at, rows=rows))
        for number, revision, rows in numbered
    ]
