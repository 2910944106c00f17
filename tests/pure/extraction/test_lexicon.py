"""Lexicons are data: what is wrong in one is said with its file and its key."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from restrictions.domain.supply import ENEMY_LAND
from restrictions.extraction.lexicon import FOLDER, BadLexicon, lexicons


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the lexicons in which one text stands for another."""

    def edit(name: str, old: str, new: str) -> Path:
        folder = tmp_path / "languages"
        shutil.copytree(FOLDER, folder)
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return edit


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("fr.toml", 'language = "fr"', "language = fr", "fr.toml: is no TOML"),
        ("fr.toml", "[clauses]", "[clause]", "fr.toml: clauses wants a table"),
        ("en.toml", 'weekdays = ["monday", ', 'weekdays = [1, "monday", ', "en.toml: weekdays wants a list of texts"),
        ("en.toml", '[rules."op.hold"]', '[rules."op.holds"]', "fr.toml: rules.op.holds is missing"),
        ("fr.toml", 'is = "permit"', 'is = "permits"', "fr.toml: rules.op.permit wants “is”, one of"),
        ("fr.toml", 'value = "counter_fire"', 'value = "contre"', "rules.limit.counter_fire.value wants a condition"),
        ("fr.toml", '"feu vert\\\\b"', '"feu (vert\\\\b"', "rules.op.permit “feu .vert.* is no regular expression"),
        ("fr.toml", '"feu vert\\\\b"', '".*vert\\\\b"', "rules.op.permit .* must begin with letters or a mention"),
        ("fr.toml", '"feu vert\\\\b"', '"feu {vert}"', r"rules.op.permit \{vert\} is no macro"),
        ("fr.toml", '["hier", "la veille"]', '["hier", "la {veille}"]', "when.yesterday"),
        ("fr.toml", '["hier", "la veille"]', '["hier("]', "when.yesterday"),
        ("names.toml", 'seldom = ["TR", ', "seldom = [1, ", "names.toml: recipients.seldom wants a list"),
        ("names.toml", 'NATO = ["NATO", ', 'NATO = ["", ', "names.toml: organisations.NATO wants a list"),
    ],
)
def test_a_wrong_lexicon_is_told_by_file_and_key(
    edited: Callable[[str, str, str], Path], name: str, old: str, new: str, says: str
) -> None:
    with pytest.raises(BadLexicon, match=says):
        lexicons(edited(name, old, new))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadLexicon, match=r"names.toml: cannot be read"):
        lexicons(tmp_path)


def test_the_languages_have_the_same_rules() -> None:
    loaded = lexicons()
    ids = {code: {rule.id for rule, _ in lexicon.rules} for code, lexicon in loaded.items()}
    assert ids["fr"] == ids["en"]
    assert len(ids["fr"]) > 40


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("abc\\\\b", "abc"),
        ("[ab]c", "bc"),
        ("[0-9]{1,4} km", "25 km"),
        ("(?:un |une )?source", "une source"),
        ("(?<!qui )peut", "peut"),
    ],
)
def test_patterns_may_begin_in_these_ways(edited: Callable[[str, str, str], Path], pattern: str, text: str) -> None:
    loaded = lexicons(edited("fr.toml", '"feu vert\\\\b"', f'"{pattern}"'))
    assert any(expression.fullmatch(text) for rule, expression in loaded["fr"].rules if rule.id == "op.permit")


@pytest.mark.parametrize("pattern", ["[^a]bc", "\\\\wbc", "(?:a|.)bc", "a*bc"])
def test_patterns_must_not_begin_with_anything(edited: Callable[[str, str, str], Path], pattern: str) -> None:
    with pytest.raises(BadLexicon, match="must begin with letters"):
        lexicons(edited("fr.toml", '"feu vert\\\\b"', f'"{pattern}"'))


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("abc Kyiv", "capital"),
        ("(?:abc|dEf)", "capital"),
        ("(?<!a)b(?:c Def)*", "capital"),
        ("abc  def", "two spaces"),
        ("abc(?: |d')?\\\\b", "no word ends"),
        ("abc(?:d|e ?)\\\\b", "no word ends"),
        ("abc[d ](?=e)\\\\b", "no word ends"),
    ],
)
def test_patterns_that_can_never_match_are_refused(
    edited: Callable[[str, str, str], Path], pattern: str, why: str
) -> None:
    with pytest.raises(BadLexicon, match=why):
        lexicons(edited("fr.toml", '"feu vert\\\\b"', f'"{pattern}"'))


def test_a_pattern_stands_once(edited: Callable[[str, str, str], Path]) -> None:
    with pytest.raises(BadLexicon, match="twice"):
        lexicons(edited("fr.toml", '"feu vert\\\\b"', '"abc", "abc"'))


def test_the_record_and_the_coder_mean_the_same_land_of_the_enemy() -> None:
    for lexicon in lexicons().values():
        meant = {recipient: lands[0] for recipient, lands in lexicon.names.territories.items()}
        assert ENEMY_LAND.items() <= meant.items()
