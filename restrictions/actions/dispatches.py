"""Storing dispatches once, and handing them out to be coded."""

import hashlib
import logging
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from restrictions.actions.clusters import join_clusters
from restrictions.actions.columns import day_columns
from restrictions.actions.inserting import insert_new
from restrictions.domain.days import Day
from restrictions.domain.retries import Failure, wait_before_retry
from restrictions.feeds.addresses import address_key
from restrictions.feeds.dedupe import Fingerprint, fingerprint
from restrictions.models import Dispatch, DispatchState, DispatchVersion

log = logging.getLogger(__name__)

BATCH = 50
"""Dispatches that one wake-up leases at most."""
LEASE = timedelta(seconds=settings.CODING_LEASE)
"""How long a worker may take for its batch before the sweep hands it to another."""
TRIES = 3
"""Tries after which a dispatch whose worker never comes back is set aside."""


@dataclass(frozen=True)
class Received:
    """A dispatch as it comes in by any door. ``published`` is unknown where the source gives no day."""

    title: str
    body: str
    publisher: str = ""
    address: str | None = None
    language: str = ""
    published: Day | None = None
    synthetic: bool = False

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """What its copies are known by; made once, by whoever asks first."""
        return fingerprint(self.title, self.body)

    @cached_property
    def address_key(self) -> str | None:
        """What all spellings of the address share; none where there is no address."""
        return address_key(self.address) if self.address else None


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


def store_plain(received: Sequence[Received]) -> list[Kept | None]:
    """Keep many dispatches in one transaction: what became of each, in their order.

    None for each that meets a held address, or an earlier one of these by its text or address: it is to be given to
    `store_dispatch`, after the others and in turn. What came of all is then what `store_dispatch` alone had done.
    """
    digests = [content_hash(item.title, item.body) for item in received]
    with transaction.atomic():
        kept = _held_texts(received, digests)
        plain = [place for place in _first_met(received, digests) if kept[place] is None]
        stored = _insert(plain, received, digests)
        join_clusters({pk: received[place].fingerprint for place, pk in stored.items()})
        for place, dispatch in stored.items():
            kept[place] = Kept(dispatch, is_new=True)
    return kept


def _held_texts(received: Sequence[Received], digests: list[str]) -> list[Kept | None]:
    """Those whose text of that publisher is held. One query."""
    rows = DispatchVersion.objects.filter(content_hash__in=digests).order_by()
    held = {(digest, who): pk for digest, who, pk in rows.values_list("content_hash", "publisher", "dispatch_id")}
    found = [held.get((digest, item.publisher)) for digest, item in zip(digests, received, strict=True)]
    return [None if dispatch is None else Kept(dispatch, is_new=False) for dispatch in found]


def _first_met(received: Sequence[Received], digests: list[str]) -> list[int]:
    """The places of those that share neither text nor address with an earlier one, nor an address with a held one."""
    keys = [item.address_key for item in received]
    held = Dispatch.objects.filter(address_key__in=set(keys) - {None}).order_by()
    met: set[object] = set(held.values_list("address_key", flat=True))
    first = []
    for place, (digest, item, key) in enumerate(zip(digests, received, keys, strict=True)):
        names = {(digest, item.publisher), key} - {None}
        if not names & met:
            first.append(place)
        met |= names
    return first


def _insert(places: list[int], received: Sequence[Received], digests: list[str]) -> dict[int, int]:
    """The rows of those at these places, by place, but for those that another process stored meanwhile."""
    numbers = dict(zip(places, _new_numbers(len(places)), strict=True))
    written = insert_new(Dispatch, [_dispatch_values(received[at]) | {"id": pk} for at, pk in numbers.items()])
    texts = [(at, pk) for at, pk in numbers.items() if pk in written]
    whole = insert_new(
        DispatchVersion,
        [_version_values(received[at], digests[at]) | {"dispatch_id": pk} for at, pk in texts],
        told="dispatch_id",
    )
    Dispatch.objects.filter(pk__in=written - whole).delete()
    return {at: pk for at, pk in texts if pk in whole}


def _new_numbers(count: int) -> list[int]:
    """Numbers for new dispatches, drawn first: they say which of the rows were taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT nextval(pg_get_serial_sequence('restrictions_dispatch', 'id'))"
            " FROM generate_series(1, %s))",
            [count],
        )
        [(numbers,)] = cursor.fetchall()
    return list(numbers)


def _store(received: Received) -> Kept:
    digest = content_hash(received.title, received.body)
    [same_text] = _held_texts([received], [digest])
    if same_text:
        return same_text
    held = _held_at(received.address_key) if received.address_key else None
    dispatch = held or Dispatch(**_dispatch_values(received))
    if held:
        _code_again(held)
    else:
        dispatch.save(force_insert=True)
    number = held.versions.count() + 1 if held else 1
    version = DispatchVersion(**_version_values(received, digest), dispatch_id=dispatch.pk, number=number)
    version.save(force_insert=True)
    if not held:
        join_clusters({dispatch.pk: received.fingerprint})
    return Kept(dispatch.pk, is_new=True)


def _dispatch_values(received: Received) -> dict[str, Any]:
    return {
        "address": received.address or None,
        "address_key": received.address_key,
        "publisher": received.publisher,
        "synthetic": received.synthetic,
        **day_columns("published", received.published),
    }


def _version_values(received: Received, digest: str) -> dict[str, Any]:
    return {
        "title": received.title,
        "body": received.body,
        "language": received.language,
        "publisher": received.publisher,
        "content_hash": digest,
    }


def _held_at(address_key: str) -> Dispatch | None:
    """The dispatch of this address, held until the end of the transaction: its versions are numbered in turn."""
    return Dispatch.objects.select_for_update().filter(address_key=address_key).first()


def _code_again(dispatch: Dispatch) -> None:
    dispatch.state, dispatch.attempts, dispatch.lease_token = DispatchState.NEW, 0, None
    dispatch.waits_since = Now()
    dispatch.save(update_fields=["state", "attempts", "lease_token", "waits_since"])


def lease_batch(*, now: datetime, size: int = BATCH) -> Lease:
    """Claim up to ``size`` waiting dispatches for one worker; what another worker is claiming is passed over.

    One whose lease ran out is leased alone: if it kills its worker, it takes no other with it.
    """
    with transaction.atomic():
        _set_aside_deadly(now)
        waiting = Dispatch.objects.waiting(now).order_by("received_at", "pk").select_for_update(skip_locked=True)
        return _leased(_safe_together(list(waiting[:size])), now, attempts=F("attempts") + 1)


def _leased(rows: Sequence[Dispatch], now: datetime, **more: Any) -> Lease:
    """These rows, which are locked, for one worker from now on."""
    lease = Lease(uuid4(), tuple(row.pk for row in rows))
    Dispatch.objects.filter(pk__in=lease.dispatches).update(
        state=DispatchState.CODING, lease_token=lease.token, leased_until=now + LEASE, **more
    )
    return lease


def _set_aside_deadly(now: datetime) -> None:
    """Into quarantine with those that were tried often enough and whose worker never came back."""
    spent = Dispatch.objects.filter(state=DispatchState.CODING, leased_until__lte=now, attempts__gte=TRIES)
    spent.update(
        state=DispatchState.QUARANTINED,
        outcome=f"its worker died or hung, {TRIES} tries in all",
        lease_token=None,
        leased_until=None,
        retry_at=None,
    )


def _safe_together(rows: list[Dispatch]) -> list[Dispatch]:
    """The first alone where its lease ran out, else those whose lease did not."""
    if rows and rows[0].state == DispatchState.CODING:
        return rows[:1]
    return [row for row in rows if row.state != DispatchState.CODING]


def lease_outdated(*, now: datetime, stamp: str, size: int = BATCH) -> Lease:
    """Claim up to ``size`` dispatches that another coder or other rules than ``stamp`` have coded.

    From then on they are as any that is being coded: tried again, picked up from a dead worker, or set aside.
    """
    with transaction.atomic():
        outdated = Dispatch.objects.coded_otherwise_than(stamp).order_by("coded_by", "pk")
        return _leased(list(outdated.select_for_update(skip_locked=True)[:size]), now, attempts=1)


def finish(*, dispatch: int, token: UUID, state: DispatchState, outcome: str, coded_by: str = "") -> bool:
    """End the work on a leased dispatch; false where the lease was lost, and then nothing is written."""
    return bool(finish_all(dispatches=[dispatch], token=token, state=state, outcome=outcome, coded_by=coded_by))


def finish_all(
    *, dispatches: Collection[int], token: UUID, state: DispatchState, outcome: str, coded_by: str = ""
) -> int:
    """End the work on dispatches with one outcome: on how many; those whose lease was lost are left as they are."""
    leased = Dispatch.objects.leased_under(token).filter(pk__in=dispatches)
    done = {"lease_token": None, "leased_until": None, "retry_at": None}
    return leased.update(state=state, outcome=outcome, coded_by=coded_by, **done)


def give_up(
    *, dispatch: int, token: UUID, now: datetime, reason: str, kind: Failure = Failure.OWN, chance: float = 0.0
) -> None:
    """Try a dispatch again later, or set it aside with the reason once it has failed often enough for its kind.

    ``chance``, from 0 to 1, spreads the retries of those that failed together.
    """
    row = Dispatch.objects.leased_under(token).filter(pk=dispatch).first()
    if row is None:
        return
    wait = wait_before_retry(kind, tries=row.attempts, chance=chance)
    Dispatch.objects.leased_under(token).filter(pk=dispatch).update(
        state=DispatchState.QUARANTINED if wait is None else DispatchState.RETRY,
        outcome=reason,
        retry_at=None if wait is None else now + wait,
        lease_token=None,
        leased_until=None,
    )


def try_again(*, dispatches: Collection[int], by: User) -> int:
    """Let those that are in quarantine be coded again, from the first try; gives how many they are."""
    held = Dispatch.objects.filter(pk__in=dispatches, state=DispatchState.QUARANTINED)
    with transaction.atomic():
        count = held.update(state=DispatchState.NEW, attempts=0, outcome="", waits_since=Now())
    log.info("user %s lets %d dispatches out of quarantine", by.pk, count)
    return count
