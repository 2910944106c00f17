"""Running parts for tests of the whole: the site, a real worker, a real browser."""

import os
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from config.celery import app
from server import programs
from server.child import Child
from server.scratch import Scratch
from tests.chromium import CHROMIUM

_BROWSER_WORDS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container's shared memory is too small for a page with a chart
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def _worker(django_db_setup: None, services: Scratch) -> Iterator[Child]:
    """A Celery worker of two processes over the throw-away broker and the test database, for the whole session."""
    database = settings.DATABASES["default"]
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = {**os.environ, "DATABASE_URL": f"{base}/{database['NAME']}", "LOG_LEVEL": "INFO"}
    child = programs.worker(services.places, environment)
    child.start()
    child.ready = lambda: bool(app.control.ping(timeout=0.2))
    child.wait_ready()
    yield child
    child.stop()


@pytest.fixture
def worker(transactional_db: None, _worker: Child) -> Iterator[Child]:
    """The running worker, with an empty queue before the test, and idle again after it."""
    app.control.purge()
    yield _worker
    app.control.purge()
    wait_idle()


def wait_idle(seconds: float = 20.0) -> None:
    """The worker runs nothing: the tables can be emptied under it."""
    end = time.monotonic() + seconds
    while any((app.control.inspect(timeout=0.5).active() or {}).values()):
        assert time.monotonic() < end, "the worker is still busy"


@pytest.fixture
def live_url(live_server: LiveServer) -> str:
    """The address of the running site, over the test database."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "CI is set, and there is no Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=_BROWSER_WORDS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A fresh browser window; what its console and its policy complain of fails the test."""
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not complaints, complaints
