"""From waiting dispatches to proposed claims: lease, code, store. No transaction is open while a model is asked."""

import logging
from random import SystemRandom
from uuid import UUID

from django.db import InterfaceError, OperationalError

from restrictions.actions.dispatches import Lease, give_up, lease_batch, lease_outdated
from restrictions.actions.proposals import store_coding
from restrictions.domain.retries import Failure
from restrictions.extraction.document import Document
from restrictions.models import DispatchVersion
from restrictions.pipelines.coders import Coder, RulesCoder, chosen_coder
from restrictions.queries.claims import stored_day
from restrictions.queries.clock import database_now

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
    for dispatch in lease.dispatches:
        _code_one(dispatch, lease.token, coder)
    return len(lease.dispatches)


def _code_one(dispatch: int, token: UUID, coder: Coder) -> None:
    """Code one dispatch; whatever goes wrong with it is stored with it and stops no other."""
    try:
        version = DispatchVersion.objects.select_related("dispatch").filter(dispatch=dispatch).latest("number")
        store_coding(version=version, token=token, coding=coder.code(_document(version)), coded_by=coder.stamp)
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
