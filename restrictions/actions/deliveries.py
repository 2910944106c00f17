"""Which sender may send which message now, and what a try leaves behind. A message is leased: nobody else sends it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from restrictions.domain.webhooks import wait_before_next
from restrictions.models import DeliveryState, WebhookDelivery
from restrictions.words.foreign import in_one_line

LEASE = timedelta(minutes=2)
"""How long a message is one sender's; a try takes ten seconds at most."""
_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Leased:
    """Messages that this sender alone may send now, with their webhooks."""

    token: UUID
    deliveries: tuple[WebhookDelivery, ...]


def lease_deliveries(*, now: datetime, most: int) -> Leased:
    """Messages that are due, of each webhook the first, for this sender alone until the lease ends.

    One that does not answer and has a thousand waiting keeps the others waiting for no more than its one try.
    """
    token = uuid4()
    with transaction.atomic():
        due = WebhookDelivery.objects.due(now)
        firsts = due.order_by("webhook_id", "due", "pk").distinct("webhook_id").values("pk")
        free = due.filter(pk__in=firsts).select_for_update(skip_locked=True, of=("self",))
        rows = list(free.select_related("webhook")[:most])
        held = WebhookDelivery.objects.filter(pk__in=[row.pk for row in rows])
        held.update(lease_token=token, leased_until=now + LEASE)
    return Leased(token, tuple(rows))


def record_try(
    *, delivery: UUID, token: UUID, status: int, said: str, taken: bool, now: datetime, chance: float
) -> bool:
    """What came of a try stays with the message, with when it is sent next; false where the lease was lost.

    ``said`` is a sentence, or the start of the answer; no more of it is kept than a line.
    """
    with transaction.atomic():
        row = WebhookDelivery.objects.leased_under(token).select_for_update().filter(pk=delivery).first()
        if row is None:
            return False
        row.tries += 1
        tried = {"at": now.isoformat(timespec="seconds"), "status": status, "said": in_one_line(said, _EXCERPT)}
        row.attempts = [*row.attempts, tried]
        row.lease_token = row.leased_until = None
        wait = wait_before_next(tries=row.tries, chance=chance)
        if taken:
            row.state, row.sent_at = DeliveryState.SENT, now
        elif wait is None:
            row.state = DeliveryState.GIVEN_UP
        else:
            row.due = now + wait
        row.save()
    return True


def drop_deliveries(*, before: datetime) -> int:
    """Forget the messages that ended before then; gives how many."""
    ended = WebhookDelivery.objects.exclude(state=DeliveryState.WAITING)
    return ended.filter(recorded_at__lt=before).delete()[0]
