"""What balancers and those on call are told, by a program that works and by one that does not."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from restrictions.actions.dispatches import Received, store_dispatch, try_again
from restrictions.models import Dispatch, DispatchState, Feed
from restrictions.queries.health import LAST_SWEEP
from restrictions.tasks import sweep
from tests.record.rows import make_curator

ROOT = Path(__file__).resolve().parents[2]
_ASK = """
import django, json, sys
django.setup()
from django.test import Client
client = Client(HTTP_HOST="localhost")
asked = [client.get(path, headers={"Accept": accept}) for path, accept in json.loads(sys.argv[1])]
print(json.dumps([f"{answer.status_code} {answer.content.decode().strip()}" for answer in asked]))
"""


def ask_without(*asked: tuple[str, str], **missing: str) -> list[str]:
    """What a process whose services are not there answers to each address, asked for in a form."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK, json.dumps(asked)],
        cwd=ROOT,
        env={**os.environ, **missing},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [str(answer) for answer in json.loads(done.stdout)]


@pytest.fixture(autouse=True)
def asked_anew(request: pytest.FixtureRequest) -> None:
    """What is kept of earlier answers is forgotten."""
    if "client" in request.fixturenames:
        cache.clear()


NOTHING = {"count": 0, "oldest_seconds": None}
NO_DATABASE = {"DATABASE_URL": "postgres://caveat@127.0.0.1:1/caveat"}


# --- A program that works


@pytest.mark.django_db
def test_live_and_ready(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/health/live/").content == b"live\n"
    client.get("/health/ready/")
    with django_assert_num_queries(2):
        answer = client.get("/health/ready/")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_ages_where_nothing_waits_and_nothing_was_swept(client: Client) -> None:
    told = client.get("/health/").json()
    assert isinstance(told.pop("workers"), int)
    assert told == {
        "ok": False,
        "ready": True,
        "database": True,
        "migrated": True,
        "broker": True,
        "oldest_waiting_seconds": None,
        "last_sweep_seconds": None,
        "feeds": dict.fromkeys(("retired", "off", "untried", "failing", "silent", "well"), 0),
        "dispatches": {state.value: NOTHING for state in DispatchState},
    }


@pytest.mark.django_db
def test_the_age_of_the_oldest_that_waits(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    now = timezone.now()
    ages = {DispatchState.NEW: 90, DispatchState.CODED: 5000, DispatchState.IRRELEVANT: 6000}
    for state, seconds in ages.items():
        Dispatch.objects.create(state=state, waits_since=now - timedelta(seconds=seconds))
    later = {"state": DispatchState.RETRY, "retry_at": now + timedelta(hours=1)}
    Dispatch.objects.create(waits_since=now - timedelta(seconds=9000), **later)
    with django_assert_num_queries(5):
        told = client.get("/health/").json()
    assert 90 <= told["oldest_waiting_seconds"] < 150
    assert told["dispatches"]["coded"]["count"] == 1
    assert told["dispatches"]["retry"]["oldest_seconds"] >= 9000
    with django_assert_num_queries(4):
        client.get("/health/")


@pytest.mark.django_db
def test_what_comes_into_the_queue_again_has_not_waited_since_it_first_came(client: Client) -> None:
    received = Received("A title", "Words.", address="https://example.org/1")
    dispatch = store_dispatch(received).dispatch
    for come_again in (
        lambda: store_dispatch(replace(received, body="Other words.")),
        lambda: try_again(dispatches=[dispatch], by=make_curator()),
    ):
        long_ago = timezone.now() - timedelta(days=30)
        Dispatch.objects.update(
            state=DispatchState.QUARANTINED, outcome="x", received_at=long_ago, waits_since=long_ago
        )
        assert client.get("/health/").json()["oldest_waiting_seconds"] is None
        come_again()
        assert client.get("/health/").json()["oldest_waiting_seconds"] < 60


@pytest.mark.django_db
def test_a_sweep_says_when_it_ended(client: Client) -> None:
    cache.delete(LAST_SWEEP)
    sweep()
    assert 0 <= client.get("/health/").json()["last_sweep_seconds"] < 60
    cache.set(LAST_SWEEP, timezone.now() - timedelta(minutes=5))
    assert 300 <= client.get("/health/").json()["last_sweep_seconds"] < 360
    cache.delete(LAST_SWEEP)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health/", "/health/live/", "/health/ready/", "/metrics"])
def test_a_balancer_asks_without_https_and_changes_nothing(settings: Settings, client: Client, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    plain = Client()
    assert plain.get("/").status_code == 301
    assert plain.get(path).status_code == 200
    assert client.post(path).status_code == 405


# --- A page for people


def page(client: Client) -> str:
    answer = client.get("/health/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Accept" in answer.headers["Vary"]
    return " ".join(re.sub("<[^>]+>", " ", answer.content.decode().partition("<main")[2]).split())


@pytest.mark.django_db
def test_the_page_says_what_somebody_has_to_do(client: Client) -> None:
    cache.set(LAST_SWEEP, timezone.now() - timedelta(minutes=5))
    Dispatch.objects.create(waits_since=timezone.now() - timedelta(minutes=11))
    Dispatch.objects.create(state=DispatchState.QUARANTINED, outcome="no verb")
    for number in range(2):
        address = f"https://feeds.example/{number}"
        Feed.objects.create(address=address, publisher="An agency", language="en", enabled=bool(number))
    said = page(client)
    assert "1 not polled yet, 1 off" in said
    assert "Something needs attention" in said
    assert "A dispatch has waited for more than ten minutes." in said
    assert "No sweep has ended in the last three minutes." in said
    assert "1 dispatch is set aside with its reason" in said
    assert "quarantined 1" in said


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("worker")
def test_where_a_worker_answers_and_nothing_waits_everything_works(client: Client) -> None:
    current_app.send_task("restrictions.tasks.sweep")
    end = time.monotonic() + 20
    while not (told := client.get("/health.json").json())["ok"]:
        assert time.monotonic() < end, told
        cache.delete("workers-that-answer")
        time.sleep(0.2)
    assert told["workers"] == 1
    said = page(client)
    assert "Everything works" in said
    assert "1 worker answers" in said


# --- Metrics

METRICS = "/metrics"


def gauges(client: Client) -> dict[str, float]:
    answer = client.get(METRICS)
    assert answer.status_code == 200
    found = text_string_to_metric_families(answer.content.decode())
    return {" ".join((one.name, *one.labels.values())): one.value for family in found for one in family.samples}


@pytest.mark.django_db
def test_metrics_tell_what_the_health_page_tells(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Dispatch.objects.create(waits_since=timezone.now() - timedelta(seconds=90))
    with django_assert_num_queries(5):
        told = gauges(client)
    assert told["caveat_dispatches new"] == 1
    assert told["caveat_dispatches coded"] == 0
    assert 90 <= told["caveat_oldest_seconds new"] < 150
    assert 90 <= told["caveat_oldest_waiting_seconds"] < 150
    assert (told["caveat_ready"], told["caveat_broker_up"], told["caveat_ok"]) == (1, 1, 0)
    assert "caveat_last_sweep_seconds" not in told
    assert not [name for name in told if name.startswith(("python_", "process_"))]


OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}
WHO = {
    "this machine": ({}, False, 200),
    "this machine by its other name": ({"REMOTE_ADDR": "::1"}, False, 200),
    "another": (OUTSIDE, False, 403),
    "another with a wrong token": ({**OUTSIDE, "HTTP_AUTHORIZATION": "Bearer wrong"}, False, 403),
    "another with the token": ({**OUTSIDE, "HTTP_AUTHORIZATION": "Bearer s3cret-é"}, False, 200),
    "a socket": ({"REMOTE_ADDR": ""}, False, 403),
    "a visitor through a proxy of this machine": ({"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, True, 403),
    "a visitor who says that he is this machine": ({"HTTP_X_FORWARDED_FOR": "127.0.0.1, 203.0.113.9"}, True, 403),
    "a visitor through a proxy that nobody told us of": ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False, 403),
    "a visitor through a proxy that says it otherwise": ({"HTTP_VIA": "1.1 proxy"}, False, 403),
    "this machine past its proxy": ({}, True, 200),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "trusted", "status"), WHO.values(), ids=WHO)
def test_metrics_are_for_operators(
    client: Client, settings: Settings, asked: dict[str, str], trusted: bool, status: int
) -> None:
    settings.METRICS_TOKEN, settings.TRUST_PROXY = "s3cret-é", trusted
    given: dict[str, Any] = asked
    assert client.get(METRICS, **given).status_code == status


@pytest.mark.django_db
def test_without_a_token_of_ours_no_token_opens(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    given: dict[str, Any] = {**OUTSIDE, "HTTP_AUTHORIZATION": "Bearer "}
    assert client.get(METRICS, **given).status_code == 403


# --- A program that does not


@pytest.mark.django_db
def test_a_database_behind_the_program_is_not_ready(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="restrictions").delete()
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.content) == (503, b"the database waits for migrations\n")
    told = client.get("/health/")
    assert told.status_code == 503
    assert told.json()["database"] is True
    assert told.json()["migrated"] is False
    assert client.get("/health/live/").status_code == 200


def test_without_a_database_it_lives_and_is_not_ready() -> None:
    asked = [(path, "*/*") for path in ("/health/live/", "/health/ready/", "/health/", "/metrics")]
    live, ready, health, metrics, page = ask_without(*asked, ("/health/", "text/html"), **NO_DATABASE)
    assert live == "200 live"
    assert ready == "503 the database does not answer"
    assert health.startswith('503 {"ok": false, "ready": false, "database": false')
    assert "caveat_ready 0.0" in metrics
    assert "The database does not answer." in page


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_pages_are_served_and_it_says_so() -> None:
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    [told] = ask_without(("/health/", "*/*"), REDIS_URL="redis://127.0.0.1:1/0", DATABASE_URL=url)
    assert told.startswith('200 {"ok": false, "ready": true')
    assert '"broker": false, "workers": null' in told
