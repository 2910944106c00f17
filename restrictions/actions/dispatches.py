"""Storing dispatches once, and handing them out to be coded."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from restrictions.actions.columns import day_columns
from restrictions.domain.days import Day
from restrictions.models import Dispatch, DispatchState, DispatchVersion

BATCH = 50
"""Dispatches that one wake-up leases at most."""
LEASE = timedelta(minutes=5)
"""How long a worker may take for its batch before the sweep hands it to another."""
TRIES = 3
RETRY_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Received:
    """A dispatch as it comes in by any door. ``published`` is unknown where the source gives no day."""

    title: str
    body: str
    publisher: str = ""
    address: str | None = None
    language: str = ""
    published: Day | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a received dispatch: its row, and whether it is new."""

    dispatch: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Lease:
    """Dispatches that one worker may code until the lease runs out."""

    token: UUID
    dispatches: tuple[int, ...]


def content_hash(title: str, body: str) -> str:
    """The same for two texts that read the same: SHA-256 of title and body, composed (NFC)."""
    return hashlib.sha256(unicodedata.normalize("NFC", f"{title}\0{body}").encode()).hexdigest()


def store_dispatch(received: Received) -> Kept:
    """Keep a dispatch unless it is held: by its address, or by the same text of the same publisher.

    Other text at a held address is a new version, coded anew. Two that arrive at once are stored once.
    """
    try:
        with transaction.atomic():
            return _store(received)
    except IntegrityError:
        # Another process stored the same dispatch between our look and our write.
        with transaction.atomic():
            return _store(received)


def _store(received: Received) -> Kept:
    digest = content_hash(received.title, received.body)
    same_text = DispatchVersion.objects.filter(content_hash=digest, publisher=received.publisher).first()
    if same_text:
        return Kept(same_text.dispatch_id, is_new=False)
    dispatch = _held_at(received.address) if received.address else None
    if dispatch is None:
        dispatch = Dispatch.objects.create(
            address=received.address,
            publisher=received.publisher,
            synthetic=received.synthetic,
            **day_columns("published", received.published),
        )
    else:
        _code_again(dispatch)
    DispatchVersion.objects.create(
        dispatch=dispatch,
        number=dispatch.versions.count() + 1,
        title=received.title,
        body=received.body,
        language=received.language,
        publisher=received.publisher,
        content_hash=digest,
    )
    return Kept(dispatch.pk, is_new=True)


def _held_at(address: str) -> Dispatch | None:
    """The dispatch of this address, held until the end of the transaction: its versions are numbered in turn."""
    return Dispatch.objects.select_for_update().filter(address=address).first()


def _code_again(dispatch: Dispatch) -> None:
    dispatch.state, dispatch.attempts, dispatch.lease_token = DispatchState.NEW, 0, None
    dispatch.save(update_fields=["state", "attempts", "lease_token"])


def lease_batch(*, now: datetime, size: int = BATCH) -> Lease:
    """Claim up to ``size`` waiting dispatches for one worker; what another worker is claiming is passed over."""
    token = uuid4()
    with transaction.atomic():
        waiting = Dispatch.objects.waiting(now).order_by("received_at", "pk").select_for_update(skip_locked=True)
        rows = list(waiting[:size])
        for row in rows:
            row.state, row.lease_token, row.leased_until = DispatchState.CODING, token, now + LEASE
            row.attempts += 1
        Dispatch.objects.bulk_update(rows, ["state", "lease_token", "leased_until", "attempts"])
    return Lease(token, tuple(row.pk for row in rows))


def finish(*, dispatch: int, token: UUID, state: DispatchState, outcome: str) -> bool:
    """End the work on a leased dispatch; false where the lease was lost, and then nothing is written."""
    leased = Dispatch.objects.leased_under(token).filter(pk=dispatch)
    return bool(leased.update(state=state, outcome=outcome, lease_token=None, leased_until=None, retry_at=None))


def give_up(*, dispatch: int, token: UUID, now: datetime, reason: str) -> None:
    """Try a dispatch again later, or set it aside with the reason once it has failed often enough."""
    row = Dispatch.objects.leased_under(token).filter(pk=dispatch).first()
    if row is None:
        return
    tried_enough = row.attempts >= TRIES
    Dispatch.objects.leased_under(token).filter(pk=dispatch).update(
        state=DispatchState.QUARANTINED if tried_enough else DispatchState.RETRY,
        outcome=reason,
        retry_at=None if tried_enough else now + RETRY_AFTER * row.attempts,
        lease_token=None,
        leased_until=None,
    )
