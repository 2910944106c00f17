"""What every test stands on: services of its own, a real worker, a real browser.

The services' addresses are chosen before Django reads its settings; they start when the first test asks for a database,
so that the pure tests need none.
"""

import atexit
import os
import signal

import pytest

from server.scratch import Scratch
from tests.chromium import CHROMIUM

_scratch = Scratch()
atexit.register(_scratch.stop)
# Tests never see the services of a running program, whatever this shell or `.env` says. They speak plain HTTP, and
# serve static files as they stand in the tree.
os.environ.update(
    _scratch.environment,
    DJANGO_SETTINGS_MODULE="config.settings",
    HTTPS="0",
    DEBUG="1",
    DEMO="1",
    SECRET_KEY="only-for-tests",
    CAVEAT_ROLE="test",
    LOG_LEVEL="WARNING",
    # Playwright's event loop runs in the tests' own thread, and Django would take that for an asynchronous caller.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)

# A shell has what it runs in the background ignore Ctrl-C, and all that this starts would too.
for _number, _usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGQUIT, signal.SIG_DFL)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _usual)

from django.conf import settings  # noqa: E402  the environment had to be written first

_ = settings.DATABASES  # read now: pytest-django sets up what has been read

_NO_BROWSER = "no Chromium on this machine: browser tests were left out"

pytest_plugins = ["tests.running", "tests.starting"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Each process of tests starts services of its own: it must not read its settings before it has named them."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need a Chromium: without one they are left out aloud, and where `CI` is set they fail."""
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if "browser_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=_NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CHROMIUM:
        terminalreporter.write_line(f"NOTE: {_NO_BROWSER}.", yellow=True, bold=True)


@pytest.fixture(scope="session")
def services() -> Scratch:
    """A PostgreSQL and a Valkey that nobody else uses."""
    _scratch.start()
    return _scratch


@pytest.fixture(scope="session")
def django_db_modify_db_settings(services: Scratch) -> None:
    """pytest-django's own place for what must be there before the test database is made."""
