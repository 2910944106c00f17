"""One finished first start of the whole program, over which the tests of later starts run."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.starting import Run, copy_program, still_running


@pytest.fixture(scope="session")
def first() -> Iterator[Run]:
    """In a folder whose name has a space and an accent, with one row of the user's own in the database."""
    parent = Path(tempfile.mkdtemp(prefix="caveat live é "))
    parent.chmod(0o755)
    copy_program(parent / "a clone")
    run = Run(parent / "a clone").start()
    try:
        run.serving()
        # A wake-up is lost with its broker; a worker stopped too early would find the dispatch a minute later.
        run.wait_for_row("SELECT 1 FROM restrictions_dispatch WHERE synthetic AND state = 'coded'")
        run.execute("CREATE TABLE kept AS SELECT 'mine' AS row")
        running = run.processes()
        assert run.stop() == 0
        assert not still_running(running)
        yield run
    finally:
        run.process.kill()
        shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def again(first: Run) -> Iterator[Run]:
    """A later start over the same folder."""
    run = Run(first.root).start()
    yield run
    run.end()
