"""From the outbox to readers: mails that ask for a confirmation, and digests. No address is written to a log."""

import logging
import time
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from restrictions.actions.subscriptions import last_revision, lease_mails, record_mail, record_refusal
from restrictions.models import Subscription
from restrictions.queries.codes import known_codes
from restrictions.queries.digests import confirm_link, leave_link, news_since
from restrictions.queries.news_filters import filter_in_words, wanted_of
from restrictions.queries.telling import public_address

log = logging.getLogger(__name__)

SECONDS = 25.0
"""After so long no new round is begun: the next minute's wake-up goes on."""
_AT_ONCE = 10


def mail_readers(*, seconds: float = SECONDS) -> int:
    """Send the mails that are due; gives how many subscriptions were looked at. Safe twice, and twice at once."""
    end, looked_at = time.monotonic() + seconds, 0
    while (leased := lease_mails(now=timezone.now(), most=_AT_ONCE)).subscriptions:
        for row in leased.subscriptions:
            _serve(row, leased.token)
        looked_at += len(leased.subscriptions)
        if time.monotonic() > end:
            break
    return looked_at


def _serve(row: Subscription, token: UUID) -> None:
    """A mail that the server does not take now goes out when the lease ends."""
    try:
        with translation.override(row.language):
            told_until = _ask(row) if row.confirmed_at is None else _tell(row)
    except SMTPRecipientsRefused as refusal:
        if all(code >= 500 for code, _ in refusal.recipients.values()):
            record_refusal(subscription=row, token=token, now=timezone.now())
        log.warning("the mail server refused the address of subscription %s", row.pk)
    except (SMTPException, OSError) as error:
        log.warning("the mail of subscription %s was not sent: %s", row.pk, type(error).__name__)
    else:
        record_mail(subscription=row, token=token, told_until=told_until, now=timezone.now())


def _ask(row: Subscription) -> int:
    """The mail that asks whether its reader wants the alerts."""
    said = {
        "link": confirm_link(row),
        "rhythm": row.get_rhythm_display(),
        "filter": filter_in_words(wanted_of(row), known_codes()),
    }
    _send(row, gettext("Caveat: please confirm your alerts"), "confirm", said, number=f"confirm-{row.key.hex}")
    return row.told_until


def _tell(row: Subscription) -> int:
    """The digest, where there is something to tell; gives the revision that it reaches."""
    codes = known_codes()
    rows, reached = news_since(row, until=last_revision(), codes=codes)
    if rows:
        told = [{"row": one, "address": public_address("position", one.position)} for one in rows]
        title = ngettext("Caveat: %(n)d change", "Caveat: %(n)d changes", len(rows)) % {"n": len(rows)}
        said = {"news": told, "title": title, "filter": filter_in_words(wanted_of(row), codes)}
        _send(row, title, "digest", said, number=f"digest-{row.key.hex}-{reached}")
    return reached


def _send(row: Subscription, title: str, template: str, said: dict[str, Any], *, number: str) -> None:
    """The same number for the same mail: one that comes twice is known by it."""
    leave = leave_link(row)
    headers = {
        "Message-ID": f"<{number}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    said = {**said, "leave": leave, "language": row.language}
    text = render_to_string(f"mail/{template}.txt", said)
    mail = EmailMultiAlternatives(title, text, to=[row.address], headers=headers)
    mail.attach_alternative(render_to_string(f"mail/{template}.html", said), "text/html")
    mail.send()
