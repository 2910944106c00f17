"""Readers' reports of errors: kept as they were said, closed once, with an answer; what may be forgotten is."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from restrictions.actions.reports import (
    MOST_IN_AN_HOUR,
    ReportClosed,
    TooManyReports,
    answer_report,
    keep_report,
    refuse_report,
)
from restrictions.models import Report, ReportKind
from tests.record.rows import make_curator
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db


def kept(**changes: Any) -> Report:
    values: dict[str, Any] = {
        "position": 7,
        "kind": ReportKind.DAY,
        "words": "It began a day earlier.",
        "now": timezone.now(),
    }
    return keep_report(**(values | changes))


def events() -> list[tuple[str, str]]:
    rows = apps.get_model("restrictions", "ReportEvent").objects.order_by("pgh_id")
    return [(row.pgh_label, row.state) for row in rows]


def test_a_report_is_kept_as_it_was_said() -> None:
    row = kept(words="  It began a day earlier. ", contact="a@reader.example", source="https://paper.example/1")
    row.refresh_from_db()
    assert (row.words, row.state, row.contact) == ("It began a day earlier.", "open", "a@reader.example")
    assert events() == [("insert", "open")]
    assert not hasattr(apps.get_model("restrictions", "ReportEvent"), "contact")


def test_a_report_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Say what is wrong"):
        kept(words="  ")
    assert events() == []


def test_no_more_are_kept_in_an_hour_than_can_be_read() -> None:
    for _ in range(MOST_IN_AN_HOUR):
        kept()
    with pytest.raises(TooManyReports):
        kept()
    assert Report.objects.count() == MOST_IN_AN_HOUR
    assert kept(now=timezone.now() + timedelta(hours=2))


def test_keeping_rolls_back_whole() -> None:
    break_writes("reportevent")
    with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
        kept()
    assert (Report.objects.count(), events()) == (0, [])


def closings(report: int) -> list[Callable[..., None]]:
    by = make_curator("anna")
    return [
        partial(answer_report, report=report, by=by, answer="Corrected: a claim was added."),
        partial(refuse_report, report=report, by=by, reason="The letter is of the 30th."),
    ]


@pytest.mark.parametrize(("which", "state"), [(0, "answered"), (1, "refused")])
def test_a_closed_report_is_signed_and_forgets_how_to_reach_the_reader(which: int, state: str) -> None:
    row = kept(contact="a@reader.example")
    closings(row.pk)[which]()
    row.refresh_from_db()
    assert (row.state, row.contact, str(row.closed_by)) == (state, "", "anna")
    assert row.closed_at is not None
    assert events() == [("insert", "open"), ("update", state)]
    event = apps.get_model("restrictions", "ReportEvent").objects.latest("pgh_id")
    assert event.pgh_context.metadata["reason"] == row.answer


@pytest.mark.parametrize("which", [0, 1])
def test_a_report_is_closed_once_and_never_without_a_word(which: int) -> None:
    row = kept()
    close = closings(row.pk)[which]
    with pytest.raises(ValueError, match="what came of it"):
        close(**{"answer": " "} if which == 0 else {"reason": " "})
    assert events() == [("insert", "open")]
    close()
    with pytest.raises(ReportClosed, match="anna has closed this report"):
        close()
    with pytest.raises(Report.DoesNotExist):
        close(report=row.pk + 1)
    assert len(events()) == 2


@pytest.mark.parametrize("which", [0, 1])
def test_closing_rolls_back_whole(which: int) -> None:
    row = kept(contact="a@reader.example")
    close = closings(row.pk)[which]
    break_writes("reportevent")
    with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
        close()
    row.refresh_from_db()
    assert (row.state, row.contact, row.closed_by) == ("open", "a@reader.example", None)


def test_the_database_keeps_what_a_reader_said() -> None:
    row = kept()
    with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
        Report.objects.filter(pk=row.pk).update(words="Something else.")
    for broken in ({"state": "answered"}, {"answer": "so"}, {"words": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=row.pk).update(**broken)
