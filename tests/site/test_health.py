"""What balancers and those on call are told, by a program that works and by one that does not."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from restrictions.models import Dispatch, DispatchState
from restrictions.queries.health import LAST_SWEEP
from restrictions.tasks import sweep

ROOT = Path(__file__).resolve().parents[2]
_ASK = """
import django, sys
django.setup()
from django.test import Client
answer = Client(HTTP_HOST="localhost").get(sys.argv[1])
print(answer.status_code, answer.content.decode().strip())
"""


def ask_without(path: str, **missing: str) -> str:
    """The answer of a process whose services are not there."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK, path],
        cwd=ROOT,
        env={**os.environ, **missing},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


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
    cache.delete(LAST_SWEEP)
    assert client.get("/health/").json() == {
        "ready": True,
        "database": True,
        "migrated": True,
        "broker": True,
        "oldest_waiting_seconds": None,
        "last_sweep_seconds": None,
    }


@pytest.mark.django_db
def test_the_age_of_the_oldest_that_waits(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    now = timezone.now()
    ages = {DispatchState.NEW: 90, DispatchState.CODED: 5000, DispatchState.IRRELEVANT: 6000}
    for state, seconds in ages.items():
        Dispatch.objects.create(state=state, received_at=now - timedelta(seconds=seconds))
    later = {"state": DispatchState.RETRY, "retry_at": now + timedelta(hours=1)}
    Dispatch.objects.create(received_at=now - timedelta(seconds=9000), **later)
    with django_assert_num_queries(3):
        told = client.get("/health/").json()
    assert 90 <= told["oldest_waiting_seconds"] < 150


@pytest.mark.django_db
def test_a_sweep_says_when_it_ended(client: Client) -> None:
    cache.delete(LAST_SWEEP)
    sweep()
    assert 0 <= client.get("/health/").json()["last_sweep_seconds"] < 60
    cache.set(LAST_SWEEP, timezone.now() - timedelta(minutes=5))
    assert 300 <= client.get("/health/").json()["last_sweep_seconds"] < 360
    cache.delete(LAST_SWEEP)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health/", "/health/live/", "/health/ready/"])
def test_a_balancer_asks_without_https_and_changes_nothing(settings: Settings, client: Client, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    plain = Client()
    assert plain.get("/").status_code == 301
    assert plain.get(path).status_code == 200
    assert client.post(path).status_code == 405


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
    assert ask_without("/health/live/", **NO_DATABASE) == "200 live"
    assert ask_without("/health/ready/", **NO_DATABASE) == "503 the database does not answer"
    assert ask_without("/health/", **NO_DATABASE).startswith('503 {"ready": false, "database": false')


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_pages_are_served_and_it_says_so() -> None:
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    told = ask_without("/health/", REDIS_URL="redis://127.0.0.1:1/0", DATABASE_URL=url)
    assert told.startswith('200 {"ready": true')
    assert '"broker": false' in told
