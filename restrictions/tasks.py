"""Celery's shells over the pipelines. A task takes ids or nothing, and calls one function."""

from celery import shared_task
from django.utils import timezone

from restrictions.actions import forgetting
from restrictions.pipelines import articles, coding, mailing, polling, retention, sweeping, telling, waking


@shared_task
def code_waiting() -> int:
    """Code one batch, and ask for another worker while there may be more."""
    coded = coding.code_waiting()
    if coded:
        waking.wake_coder()
    return coded


@shared_task
def sweep() -> None:
    """Each minute: have picked up what a lost wake-up or a dead worker left."""
    waking.wake_coders()
    sweeping.note_sweep()


@shared_task
def forget_visitors() -> int:
    """A few times a day: what is kept of visitors no longer than it serves."""
    return forgetting.forget_visitors(now=timezone.now())


@shared_task
def read_feeds() -> None:
    """Each minute: feeds that are due, then articles that are waited for. One task: other workers stay free."""
    polling.poll_due(seconds=25.0)
    articles.fetch_waiting(seconds=25.0)


@shared_task
def tell_programs() -> int:
    """Each minute: the outbox becomes messages to webhooks, and those that are due are sent."""
    return telling.tell_programs()


@shared_task
def mail_readers() -> int:
    """Each minute: mails that ask for a confirmation, and digests that are due."""
    return mailing.mail_readers()


@shared_task
def drop_old() -> int:
    """Each night: the bodies and submissions that are kept for a time only."""
    return retention.drop_old()
