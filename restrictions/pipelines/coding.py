"""From waiting dispatches to proposed claims: lease, code, store. No transaction is open while a model is asked."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import SystemRandom
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError

from restrictions.actions.dispatches import Lease, give_up, lease_batch, lease_outdated
from restrictions.actions.proposals import store_coding, store_empty
from restrictions.domain.retries import Failure
from restrictions.extraction.document import Coding, Document
from restrictions.models import DispatchVersion
from restrictions.pipelines.coders import Coder, RulesCoder, chosen_coder
from restrictions.queries.claims import stored_day
from restrictions.queries.clock import database_now
from restrictions.queries.dispatches import latest_versions

# A deadlock, a lock that took too long, a connection that was cut, a machine without memory: not this text's fault.
_PASSING = (OperationalError, InterfaceError, MemoryError)
_chance = SystemRandom()

log = logging.getLogger(__name__)


def code_waiting() -> int:
    """Code one batch of waiting dispatches; gives how many were leased. Safe to run twice, and twice at once.

    Where none waits, a batch that older rules coded is coded again; a model is only asked again on command, since each
    question may cost money.
    """
    coder = chosen_coder()
    lease = lease_batch(now=database_now(), size=coder.batch)
    if not lease.dispatches and isinstance(coder, RulesCoder):
        lease = lease_outdated(now=database_now(), stamp=coder.stamp)
    return _code_all(lease, coder)


def code_again() -> int:
    """Code one batch that another coder or other rules have coded; gives how many were leased."""
    coder = chosen_coder()
    return _code_all(lease_outdated(now=database_now(), stamp=coder.stamp, size=coder.batch), coder)


def _code_all(lease: Lease, coder: Coder) -> int:
    """Code what is leased; what holds nothing is ended together, since most news does and each commit costs time."""
    empty: list[tuple[DispatchVersion, Coding]] = []
    for version in latest_versions(lease.dispatches):
        with _set_aside_if_it_fails(version.dispatch_id, lease.token):
            coding = coder.code(_document(version))
            if coding.claims or coding.marks:
                store_coding(version=version, token=lease.token, coding=coding, coded_by=coder.stamp)
            else:
                empty.append((version, coding))
    _end_empty(empty, lease.token, coder)
    return len(lease.dispatches)


def _end_empty(empty: Sequence[tuple[DispatchVersion, Coding]], token: UUID, coder: Coder) -> None:
    """Together; one by one where an earlier coding is held, or where the database refuses them together."""
    try:
        rest = store_empty(codings=empty, token=token, coded_by=coder.stamp)
    except DatabaseError:
        log.exception("%s dispatches could not be ended together", len(empty))
        rest = list(empty)
    for version, coding in rest:
        with _set_aside_if_it_fails(version.dispatch_id, token):
            store_coding(version=version, token=token, coding=coding, coded_by=coder.stamp)


@contextmanager
def _set_aside_if_it_fails(dispatch: int, token: UUID) -> Iterator[None]:
    """Whatever goes wrong with a dispatch is stored with it and stops no other."""
    try:
        yield
    except Exception as error:
        log.exception("dispatch %s could not be coded", dispatch)
        give_up(
            dispatch=dispatch,
            token=token,
            now=database_now(),
            reason=f"{type(error).__name__}: {error}",
            kind=Failure.PASSING if isinstance(error, _PASSING) else Failure.OWN,
            chance=_chance.random(),
        )


def _document(version: DispatchVersion) -> Document:
    dispatch = version.dispatch
    return Document(
        id=str(dispatch.pk),
        title=version.title,
        body=version.body,
        language=version.language or None,
        published=stored_day(dispatch.published_edtf, dispatch.published_earliest, dispatch.published_latest),
    )
