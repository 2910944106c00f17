"""``manage.py code`` as a user runs it: no database, one line a dispatch, a broken line named."""

import json
import os
import subprocess
import sys

import pytest

from tests.pure.extraction.conftest import ROOT

GOOD = {
    "id": "a",
    "lang": "en",
    "published": "2024-02",
    "body": "Germany refuses to supply Ukraine with Taurus missiles.",
}
FIELDS = [
    *("supplier", "recipient", "weapon", "status", "territory", "areas", "area_role", "conditions", "depth_km"),
    *("act", "attribution", "effective", "prior", "quote"),
]


def run(*paths: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with a database address that nobody answers at."""
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(ROOT / "manage.py"), "code", *paths]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=120, check=False
    )


def test_standard_input_is_coded_line_by_line_and_the_broken_line_named() -> None:
    lines = [
        json.dumps(GOOD),
        "{not json",
        "",
        json.dumps({"id": "b"}),
        json.dumps(GOOD | {"id": "c", "body": "Nothing."}),
    ]
    done = run("-", given="\n".join(lines))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["a", "c"]
    assert list(records[0]) == ["id", "claims", "context", "relevant"]
    assert list(records[0]["claims"][0]) == FIELDS
    assert (records[1]["claims"], records[1]["relevant"]) == ([], False)
    assert "standard input, line 2" in done.stderr
    assert "standard input, line 4: has no body" in done.stderr
    assert done.returncode == 1


def test_a_text_dispatch_is_coded_without_a_database() -> None:
    done = run(str(ROOT / "restrictions" / "demo" / "kharkiv.fr.txt"))
    (record,) = (json.loads(line) for line in done.stdout.splitlines())
    assert [claim["weapon"] for claim in record["claims"]] == ["any", "atacms"]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["missing.jsonl", "missing.txt"])
def test_a_file_that_cannot_be_read_is_named(name: str) -> None:
    done = run(name)
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
