"""Waking a worker. The table is the queue: a wake-up that is lost costs a minute, never a dispatch."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


CODERS = 2
"""Wake-ups where there may be much to code: one for each process of a worker. Each goes on until nothing waits."""


def wake_coders() -> None:
    """Ask every process of a worker to look."""
    for _ in range(CODERS):
        wake_coder()


def wake_coder() -> None:
    """Ask a worker to look; a broker that is down is noted, since the sweep finds the work a minute later."""
    try:
        # Without an end: a worker whose clock is ahead would throw away what it takes for old, and one too many costs
        # a query.
        current_app.send_task("restrictions.tasks.code_waiting", ignore_result=True)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("the broker did not take the wake-up (%s); the sweep will find the work", error)
