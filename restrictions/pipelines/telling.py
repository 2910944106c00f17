"""From the outbox to programs: messages are written, signed and sent through the only door; what came of each stays."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import SystemRandom

from django.utils import timezone

from restrictions.actions.deliveries import Leased, lease_deliveries, record_try
from restrictions.actions.webhooks import secrets_of, spread_outbox
from restrictions.domain.webhooks import signature
from restrictions.feeds.http import Door, Receipt
from restrictions.models import WebhookDelivery
from restrictions.pipelines.going_out import door as public_door

log = logging.getLogger(__name__)
_chance = SystemRandom()

AT_ONCE = 8
"""Webhooks that one process sends to at the same time."""
SECONDS = 25.0
"""After so long no new round is begun: the next minute's wake-up goes on."""
_UNSIGNED = "The secret cannot be made again, for SECRET_KEY has changed: give the webhook a new secret."


def tell_programs(door: Door | None = None, *, seconds: float = SECONDS) -> int:
    """Spread the outbox and send what is due; gives how many messages were tried. Safe twice, and twice at once."""
    door, end, tried = door or public_door(), time.monotonic() + seconds, 0
    while spread_outbox(now=timezone.now()):
        pass
    while (leased := lease_deliveries(now=timezone.now(), most=AT_ONCE)).deliveries:
        _send(leased, door)
        tried += len(leased.deliveries)
        if time.monotonic() > end:
            break
    return tried


def _send(leased: Leased, door: Door) -> None:
    """Beside one another; the database is spoken to from this thread alone."""
    headers = [signed_headers(row, now=timezone.now()) for row in leased.deliveries]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = threads.map(lambda row, signed: _sent(door, row, signed), leased.deliveries, headers)
        for row, answer in zip(leased.deliveries, answers, strict=True):
            _note(row, leased, answer)


def _sent(door: Door, row: WebhookDelivery, signed: dict[str, str]) -> Receipt:
    return door.post(row.webhook.address, row.body.encode(), signed) if signed else Receipt(0, reason=_UNSIGNED)


def _note(row: WebhookDelivery, leased: Leased, answer: Receipt) -> None:
    said = answer.reason or answer.excerpt
    kept = record_try(
        delivery=row.pk,
        token=leased.token,
        status=answer.status,
        said=said,
        taken=answer.is_taken,
        now=timezone.now(),
        chance=_chance.random(),
    )
    if not kept:
        log.warning("message %s was another sender's by the time it was sent", row.pk)


def signed_headers(row: WebhookDelivery, *, now: datetime) -> dict[str, str]:
    """Number, second and a signature for each secret, as a message's headers; empty where no secret is left."""
    number, second, body = str(row.pk), int(now.timestamp()), row.body.encode()
    made = [
        signature(secret, message=number, timestamp=second, body=body) for secret in secrets_of(row.webhook, now=now)
    ]
    if not made:
        return {}
    names = {"webhook-id": number, "webhook-timestamp": str(second), "webhook-signature": " ".join(made)}
    return {**names, "Content-Type": "application/json"}
