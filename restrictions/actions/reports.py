"""Readers' reports of errors: kept as they were said, and closed by a curator with an answer."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from restrictions.actions.reasons import history_of, needs_reason
from restrictions.models import Report, ReportKind, ReportState

AN_HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 60
"""Reports that are kept in an hour from all readers together: no more could be read, whoever sends them."""


class TooManyReports(Exception):
    """So many came in the last hour that no more are kept now."""


class ReportClosed(Exception):
    """Another curator closed the report first; the sentence says so."""


def keep_report(
    *,
    position: int,
    kind: ReportKind,
    words: str,
    now: datetime,
    source: str = "",
    contact: str = "",
    language: str = "",
    sentence: str = "",
    revision: int | None = None,
) -> Report:
    """What a reader says is wrong with a position, in the curators' queue. Nobody signs it: readers have no account.

    ``sentence`` and ``revision`` are what the page said, and of which record. Raises TooManyReports, or ValueError
    where nothing is said.
    """
    said = needs_reason(words, gettext("Say what is wrong."))
    with transaction.atomic():
        if Report.objects.filter(recorded_at__gt=now - AN_HOUR).count() >= MOST_IN_AN_HOUR:
            raise TooManyReports
        return Report.objects.create(
            position_id=position,
            kind=kind.value,
            words=said,
            source=source,
            contact=contact,
            language=language,
            sentence=sentence,
            revision=revision,
        )


def answer_report(*, report: int, by: User, answer: str) -> None:
    """The report led to something, which the answer says. Raises ReportClosed, Report.DoesNotExist, or ValueError."""
    _close(report, ReportState.ANSWERED, by=by, answer=answer)


def refuse_report(*, report: int, by: User, reason: str) -> None:
    """Nothing follows from the report, and why. Raises ReportClosed, Report.DoesNotExist, or ValueError."""
    _close(report, ReportState.REFUSED, by=by, answer=reason)


def _close(report: int, state: ReportState, *, by: User, answer: str) -> None:
    """One conditional update: of two curators at once, one closes it. How to reach the reader is forgotten."""
    said = needs_reason(answer, gettext("Closing a report needs a sentence that says what came of it."))
    with transaction.atomic(), history_of(by, said):
        closed = {"state": state.value, "answer": said, "closed_by": by, "closed_at": timezone.now(), "contact": ""}
        if not Report.objects.open().filter(pk=report).update(**closed):
            held = Report.objects.select_related("closed_by").get(pk=report)
            raise ReportClosed(
                gettext("%(who)s has closed this report: %(answer)s") % {"who": held.closed_by, "answer": held.answer}
            )
