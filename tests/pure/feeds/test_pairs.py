"""The pairs that reprints are told from other stories by. All of them are invented, and marked synthetic."""

import json
from pathlib import Path

import pytest

from restrictions.feeds.dedupe import fingerprint, is_copy

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()]


def said_same(pair: dict[str, dict[str, str]]) -> bool:
    """Whether the two texts of a pair are found by a band and taken for one story."""
    one, other = (fingerprint(pair[side]["title"], pair[side]["body"]) for side in "ab")
    return bool(set(one.bands) & set(other.bands)) and is_copy(one, other) and is_copy(other, one)


def test_the_pairs_are_ours_and_as_many_part_as_join() -> None:
    assert len(PAIRS) >= 60
    assert all(pair["synthetic"] for pair in PAIRS)
    assert 0.45 <= sum(pair["same"] for pair in PAIRS) / len(PAIRS) <= 0.55
    assert {pair["language"] for pair in PAIRS} == {"en", "fr", "de", "uk"}


def test_copies_are_found_and_other_stories_are_left_apart(pytestconfig: pytest.Config) -> None:
    said = {pair["id"]: said_same(pair) for pair in PAIRS}
    true = sum(said[pair["id"]] for pair in PAIRS if pair["same"])
    precision, recall = true / sum(said.values()), true / sum(pair["same"] for pair in PAIRS)
    said_aloud = f"{len(PAIRS)} pairs of texts: precision {precision:.3f}, recall {recall:.3f}"
    pytestconfig.pluginmanager.getplugin("terminalreporter").write_line(said_aloud)
    wrong = [pair["id"] for pair in PAIRS if said[pair["id"]] != pair["same"]]
    assert precision >= 0.98, wrong
    assert recall >= 0.85, wrong
