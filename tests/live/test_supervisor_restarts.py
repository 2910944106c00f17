"""Children killed one by one: each is there again, with what stood on it, and the record as it was."""

import re
import signal
import time
from collections.abc import Iterator

import pytest

from tests.live import machine
from tests.live.starting import Run, still_running

ALL = {"postgres", "valkey", "worker", "beat", "web"}


def settled(run: Run, begun_again: set[str], before: dict[str, int]) -> None:
    """Waits until exactly these children have a new process, and the site answers."""
    end = time.monotonic() + 40
    while True:
        assert time.monotonic() < end, run.text()
        time.sleep(0.1)
        now = run.children()
        if now.keys() == ALL and {name for name in ALL if now[name] != before[name]} == begun_again and run.reachable():
            return


def code_the_demonstration_again(run: Run) -> None:
    """The worker takes a dispatch from the table to its end."""
    run.execute("UPDATE restrictions_dispatch SET state = 'new', attempts = 0 WHERE synthetic")
    run.manage("shell", "-c", "from restrictions.pipelines.waking import wake_coder; wake_coder()")
    end = time.monotonic() + 30
    while run.execute("SELECT state FROM restrictions_dispatch WHERE synthetic") != [("coded",)]:
        assert time.monotonic() < end, (run.var / "log" / "worker.log").read_text()[-2000:]
        time.sleep(0.1)


@pytest.fixture(scope="module")
def running(first: Run) -> Iterator[Run]:
    """One start for all that is killed and comes back."""
    run = Run(first.root).start()
    run.serving()
    yield run
    run.end()


@pytest.mark.parametrize(
    ("name", "begun_again"),
    [
        ("web", {"web"}),
        ("beat", {"beat"}),
        ("worker", {"worker"}),
        ("valkey", {"valkey", "worker", "beat"}),
        ("postgres", {"postgres", "worker"}),
    ],
)
def test_a_killed_child_is_started_again_with_what_stands_on_it(running: Run, name: str, begun_again: set[str]) -> None:
    before, said = running.children(), len(running.text())
    running.kill(name)
    settled(running, begun_again, before)
    log = re.escape(str(running.var / "log" / f"{name}.log"))
    line = rf"{name} was killed \(SIGKILL\); starting it again in 1 s\. It says more in {log}\n"
    assert re.fullmatch(line, running.text()[said:])
    assert {running.status() for _ in range(12)} == {200}
    assert running.execute("SELECT row FROM kept") == [("mine",)]
    if name in {"worker", "valkey", "postgres"}:
        code_the_demonstration_again(running)


@machine.needs_plain_user
def test_a_plain_user_s_program_comes_back_too_and_clears_up_after_a_kill(first: Run) -> None:
    mine = first.root.parent / "var of a plain user"
    mine.mkdir()
    if machine.IS_ROOT:
        machine.give_to_nobody(mine)
    run = Run(first.root, more={"CAVEAT_VAR": str(mine / "var")}).by_plain_user().start()
    run.serving()
    before = run.children()
    run.kill("postgres")
    settled(run, {"postgres", "worker"}, before)
    run.execute("CREATE TABLE kept AS SELECT 'mine' AS row")
    orphans = run.processes()
    assert run.stop(signal.SIGKILL) == -signal.SIGKILL
    later = Run(first.root, more=run.more).by_plain_user().start()
    try:
        later.serving()
        assert not still_running(orphans)
        assert later.execute("SELECT row FROM kept") == [("mine",)]
    finally:
        assert later.stop() == 0
