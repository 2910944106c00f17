"""What the previous release left under `var/` starts under this one, with its data."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from server.postgres import Postgres
from server.programs import ROOT
from server.scratch import Scratch
from tests.live import machine
from tests.live.starting import Run, copy_program

PREVIOUS = (Path(__file__).parent / "previous_release").read_text().strip()
_DECIDE = """
from django.contrib.auth.models import User
from restrictions.actions.claims import reject_claim, undo_decision
from restrictions.models import Claim
curator, claim = User.objects.get(username="curator"), Claim.objects.earliest("pk").pk
undo_decision(claim=claim, by=curator, reason="Read again")
reject_claim(claim=claim, by=curator, reason="It says something else")
"""
_LOOK_AGAIN = """
from django.core.management import call_command
call_command("derive_again")
call_command("check_record")
"""
_REVISIONS = "SELECT instant, rules_version, reason FROM restrictions_revision ORDER BY instant"
_DECISIONS = (
    "SELECT decision, username, decision_reason FROM restrictions_claim "
    "JOIN auth_user ON auth_user.id = decided_by_id WHERE username = 'curator'"
)
_MIGRATIONS = "SELECT name FROM django_migrations WHERE app = 'restrictions'"


def history_is_here() -> bool:
    """Whether this is a clone that holds the previous release; nothing is fetched for it."""
    words = ["git", "cat-file", "-e", f"{PREVIOUS}^{{commit}}"]
    return shutil.which("git") is not None and subprocess.run(words, cwd=ROOT, check=False).returncode == 0


needs_history = pytest.mark.skipif(
    not history_is_here(), reason=f"no history here that holds the previous release, {PREVIOUS[:9]}"
)


@pytest.fixture
def previous() -> Iterator[Run]:
    """The previous release from this clone's history, in a folder of its own, not yet started."""
    parent = Path(tempfile.mkdtemp(prefix="caveat before é "))
    parent.chmod(0o755)
    root = parent / "previous"
    root.mkdir()
    archive = subprocess.run(["git", "archive", PREVIOUS], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x"], cwd=root, check=True, input=archive.stdout)
    copy_program(parent / "current")
    if machine.IS_ROOT:
        machine.give_to_nobody(parent)
    # DEBUG: static files are served as they stand in the tree, without having been collected.
    run = Run(root, more={"DEBUG": "1", "DEMO": "0"}).by_plain_user()
    yield run
    run.end()
    shutil.rmtree(parent, ignore_errors=True)


def under_new_rules(root: Path) -> None:
    """This release's rules of derivation bear another version than any that was ever released."""
    rules = root / "restrictions" / "domain" / "rules.py"
    text = rules.read_text()
    head, _, rest = text.partition('RULES_VERSION = "')
    assert rest
    rules.write_text(f'{head}RULES_VERSION = "tried {rest}')


def migrations_of(root: Path) -> set[str]:
    """The steps that this release's own tables took."""
    return {path.stem for path in (root / "restrictions" / "migrations").glob("[0-9]*.py")}


@pytest.fixture
def made_at_once(db: None, services: Scratch) -> str:
    """The tables of a database that this release made from nothing."""
    url = services.environment["DATABASE_URL"].rpartition("/")[0]
    return dumped(services, f"{url}/{settings.DATABASES['default']['NAME']}")


def dumped(services: Scratch, url: str) -> str:
    """Every table with its columns in their order, every index, constraint, trigger and function, as SQL."""
    program = Postgres(places=services.places).programs / "pg_dump"
    words = [str(program), "--schema-only", "--schema=public", "--no-owner", "--restrict-key=tables", url]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


@needs_history
@machine.needs_plain_user
def test_a_record_of_the_previous_release_goes_on_under_this_one(
    previous: Run, services: Scratch, made_at_once: str
) -> None:
    previous.start().serving(180)
    previous.manage("shell", "-c", _DECIDE)
    before = previous.execute(_REVISIONS)
    assert previous.stop() == 0

    current = Run(previous.root.parent / "current", more={"DEMO": "0"}).by_plain_user()
    under_new_rules(current.root)
    previous.var.rename(current.var)
    try:
        current.start().serving()
        assert current.status() == 200
        assert current.execute(_DECISIONS) == [("rejected", "curator", "It says something else")]
        assert {name for (name,) in current.execute(_MIGRATIONS)} == migrations_of(current.root)
        assert dumped(services, current.database_url) == made_at_once
        assert "A curator exists already" in current.text()
        assert "Derived under new rules" in current.text()
        *kept, last = current.execute(_REVISIONS)
        assert kept == before
        assert str(last[1]).startswith("tried ")
        said = current.manage("shell", "-c", _LOOK_AGAIN)
        assert "The rules of derivation have not changed." in said
        assert "The record is clean" in said
    finally:
        current.end()
