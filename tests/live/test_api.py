"""docs/api.md, typed as it stands: curl and Python hand dispatches in and read the record; a real worker codes."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from restrictions.actions.reference import load_reference
from restrictions.actions.tokens import make_token
from restrictions.models import Claim, Dispatch, Scope
from tests.record.rows import make_curator

pytestmark = pytest.mark.django_db(transaction=True)

_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


@pytest.fixture
def environment(live_url: str) -> dict[str, str]:
    """What a program is given: the site's address and a token."""
    load_reference()
    cache.clear()
    scopes, editor = [Scope.WRITE_DISPATCHES], make_curator("edda")
    _, token = make_token(name="Guide", scopes=scopes, expires_at=None, by=editor, now=timezone.now())
    return {"PATH": os.environ["PATH"], "CAVEAT": live_url, "TOKEN": token}


def example(language: str, below: str = "# Hand dispatches in") -> str:
    """The first block of this language below a heading."""
    text = _GUIDE.read_text("utf-8").partition(f"\n{below}\n")[2]
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.mark.usefixtures("worker")
def test_curl_hands_a_dispatch_in_and_a_worker_proposes_its_claim(environment: dict[str, str]) -> None:
    taken = json.loads(run(["sh", "-c", example("sh")], environment))
    assert set(taken) == set(json.loads(example("json"))) == {"submission", "outcome", "dispatches"}
    end = time.monotonic() + 20
    while not Claim.objects.exists():
        assert time.monotonic() < end, Dispatch.objects.values_list("state", "outcome")
        time.sleep(0.05)
    claim = Claim.objects.get()
    assert (claim.supplier_id, claim.recipient_id, claim.status) == ("US", "UA", "conditional")
    assert json.loads(run(["sh", "-c", example("sh")], environment)) == taken
    assert Dispatch.objects.count() == 1


@pytest.mark.usefixtures("worker")
def test_the_python_example_waits_for_the_outcome(environment: dict[str, str]) -> None:
    said = run([sys.executable, "-I", "-c", example("python")], environment)
    assert said.splitlines() == [
        "Paris says nothing new | stored | irrelevant | 0",
        "Football: a draw | stored | irrelevant | 0",
    ]
    assert sorted(Dispatch.objects.values_list("published_edtf", flat=True), key=str) == ["2024-06", None]


@pytest.fixture
def reader(live_url: str, committed_starter_record: None) -> dict[str, str]:
    """What a program needs in order to read: the site's address."""
    cache.clear()
    return {"PATH": os.environ["PATH"], "CAVEAT": live_url}


def test_curl_and_python_read_the_record(reader: dict[str, str]) -> None:
    told = json.loads(run(["sh", "-c", example("sh", "## Read with curl")], reader))
    cells = {(row["supplier"], row["weapon"]): row["status"] for row in told["rows"]}
    assert (told["query"], cells["US", "any"], cells["US", "atacms"]) == ("on=2024-06-01", "conditional", "banned")
    said = run([sys.executable, "-I", "-c", example("python", "## Read a list with Python")], reader)
    assert "2024-11-17 banned -> conditional" in said.splitlines()
    assert len(said.splitlines()) > 2


def test_the_refusal_is_the_one_that_the_guide_shows(reader: dict[str, str]) -> None:
    said = run(["curl", "--silent", f"{reader['CAVEAT']}/api/v1/positions?weapon=atcms"], reader)
    assert json.loads(said) == json.loads(example("json", "## When something is not understood"))
