"""The corpora kept in the repository: no figure may fall unless the kept ones change with it."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Status
from restrictions.extraction.scoring import LABELS, changes, score
from scripts import corpus
from tests.pure.extraction.conftest import ROOT

CORPORA = sorted(corpus.FOLDER.glob("*.jsonl"))


def test_no_figure_of_a_corpus_falls() -> None:
    kept, now = corpus.kept(), corpus.scored()
    assert kept.keys() == now.keys()
    losses = [str(change) for name in now for change in changes(kept[name], now[name]) if change.is_loss]
    assert losses == []


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_a_gold_record_keeps_to_the_codebook(path: Path) -> None:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        assert record["synthetic"] is True
        for claim in record["claims"]:
            assert claim["quote"] in record["body"] or claim["quote"] in record["title"], record["id"]
            Status(claim["status"]), Act(claim["act"]), Attribution(claim["attribution"])
            assert [Condition(condition) for condition in claim["conditions"]] == claim["conditions"]
            assert bool(claim["areas"]) == bool(claim["area_role"] and AreaRole(claim["area_role"]))
            assert parse_day(claim["effective"]).edtf == claim["effective"]


def test_the_command_prints_the_corpora_and_the_losses() -> None:
    done = subprocess.run([sys.executable, "scripts/corpus.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert LABELS["full_claim"] in done.stdout


def test_our_figures_are_those_of_the_shared_scorer(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("shared_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    for path in CORPORA:
        pairs = corpus.pairs_of(path)
        expected, _, _ = theirs.score([(pair.gold, pair.claims) for pair in pairs])
        assert score(pairs) == expected
