"""``manage.py code`` as a user runs it: no database, one line a dispatch, a broken line named."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line

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


def run(*paths: str, given: str = "", name: str = "code") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with a database address that nobody answers at."""
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(ROOT / "manage.py"), name, *paths]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=120, check=False
    )


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str]:
    """The exit code of a command that comes to nothing, and what it says; in this process, where no database is let."""
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", *words])
    return ended.value.code, capsys.readouterr().err


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
    assert "standard input, line 4: has no title and no body" in done.stderr
    assert done.returncode == 1


def test_a_text_dispatch_is_coded_without_a_database() -> None:
    done = run(str(ROOT / "restrictions" / "demo" / "kharkiv.fr.txt"))
    (record,) = (json.loads(line) for line in done.stdout.splitlines())
    assert [claim["weapon"] for claim in record["claims"]] == ["any", "atacms"]
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["missing.jsonl", "missing.txt"])
def test_a_file_that_cannot_be_read_is_named(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = refused(capsys, "code", name)
    assert code == 1
    assert name in said
    assert "Traceback" not in said


CLAIM = {"supplier": "DE", "weapon": "taurus", "status": "withheld", "territory": "RU", "areas": [], "conditions": []}
GOLD = GOOD | {
    "claims": [CLAIM | {"act": "reaffirms", "attribution": "media", "effective": "2024-02", "quote": "Germany"}]
}


def test_coded_lines_are_scored_and_the_differences_listed(tmp_path: Path) -> None:
    gold, coded = tmp_path / "gold.jsonl", tmp_path / "coded.jsonl"
    gold.write_text(f"{json.dumps(GOLD)}\n\n{json.dumps(GOLD | {'id': 'b'})}\n")
    coded.write_text(json.dumps({"id": "a", "claims": GOLD["claims"]}) + "\n" + json.dumps({"id": "z", "claims": []}))
    done = run("--diff", str(gold), str(coded), name="score")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("missed\tb\tDE/taurus/withheld")
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["overall"]["recall"], figures["by_lang"]["en"]["precision"]) == (0.5, 1.0)
    assert "1 coded line(s) with an id that is not in the gold" in done.stderr
    assert "1 dispatch(es) without a coded line" in done.stderr


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("{", "line 1: is no JSON"),
        ('{"id": "a"}', "line 1: wants the fields"),
        ('{"id": "a", "lang": "en", "body": "x", "claims": [1]}', "claims is no list of objects"),
        (f"{json.dumps(GOLD)}\n{json.dumps(GOLD)}", "an id occurs twice"),
        (None, "cannot be read"),
    ],
)
def test_a_wrong_gold_file_is_refused_by_name(
    tmp_path: Path, content: str | None, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.jsonl"
    if content is not None:
        gold.write_text(content)
    code, said = refused(capsys, "score", str(gold), str(gold))
    assert code == 2
    assert error in said
