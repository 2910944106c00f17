"""Log lines name the request or the task that they belong to, and nobody who asked."""

import logging
import re
from collections.abc import Iterator

import pytest
from celery.signals import task_postrun, task_prerun
from django.test import Client

from config.logs import LineFormatter
from config.tracing import at_work


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """What the program would write, line by line, as it happens."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(LineFormatter().format(record))

    caplog.set_level(logging.INFO, logger="config.requests")
    logger = logging.getLogger("config.requests")
    keep = Keep()
    logger.addHandler(keep)
    yield written
    logger.removeHandler(keep)


@pytest.mark.django_db
def test_a_request_is_one_line_with_the_id_that_the_visitor_was_told(client: Client, lines: list[str]) -> None:
    response = client.get("/timeline/?group=weapon", REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="somebody's browser")
    assert len(lines) == 1
    number = response["X-Request-ID"]
    assert re.search(rf" INFO config\.requests request={number} GET /timeline/ 200 in \d+ ms$", lines[0])
    assert not {"198.51.100.7", "somebody", "group", "weapon"} & set(re.split(r"[\s'=?&]", lines[0]))


@pytest.mark.django_db
def test_each_request_has_its_own_id_and_none_outlives_it(client: Client) -> None:
    first, second = client.get("/")["X-Request-ID"], client.get("/")["X-Request-ID"]
    assert first != second
    assert at_work() == ""


@pytest.mark.django_db
def test_monitors_fill_no_log(client: Client, lines: list[str]) -> None:
    assert client.get("/health/live/").status_code == 200
    assert lines == []


def test_a_task_is_named_while_it_runs() -> None:
    task_prerun.send(sender=None, task_id="7b1f", task=None, args=(), kwargs={})
    assert at_work() == "task=7b1f"
    record = logging.LogRecord("restrictions.tasks", logging.WARNING, "", 1, "what happened", (), None)
    assert LineFormatter().format(record).endswith("WARNING restrictions.tasks task=7b1f what happened")
    task_postrun.send(sender=None, task_id="7b1f", task=None, args=(), kwargs={}, retval=None, state="SUCCESS")
    assert at_work() == ""
