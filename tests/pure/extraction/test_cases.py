"""Rule by rule: what a sentence or two come to, and what near misses do not. The cases are data: `cases/*.toml`."""

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from restrictions.domain.days import parse_day
from restrictions.extraction import CodedClaim, Document, code

FOLDER = Path(__file__).with_name("cases")


class Case(NamedTuple):
    """``gives`` lists all claims that come out: none for a near miss."""

    name: str
    language: str
    body: str
    gives: tuple[str, ...]


def _cases(path: Path) -> list[Case]:
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [Case(case["name"], path.stem, case["body"], tuple(case["gives"])) for case in listed]


CASES = [case for path in sorted(FOLDER.glob("*.toml")) for case in _cases(path)]


def facts(claim: CodedClaim) -> set[str]:
    """What a case may ask of a claim beside its supplier, weapon and status."""
    prior, depth = f"prior:{claim.prior}", f"{claim.depth_km}km"
    return {claim.act, claim.attribution, *claim.areas, *claim.conditions, prior, depth, str(claim.effective)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language} {case.name}")
def test_what_a_sentence_comes_to(case: Case) -> None:
    coding = code(Document("case", "", case.body, case.language, parse_day("2024-06-05")))
    found = {f"{claim.supplier} {claim.weapon} {claim.status}": claim for claim in coding.claims}
    expected = {" ".join(given.split()[:3]): set(given.split()[3:]) for given in case.gives}
    assert found.keys() == expected.keys()
    assert {key: asked - facts(found[key]) for key, asked in expected.items()} == {key: set() for key in expected}


def test_near_misses_are_a_third_of_the_cases() -> None:
    assert sum(not case.gives for case in CASES) * 3 >= len(CASES)


def test_no_name_stands_twice_in_a_language() -> None:
    assert len({(case.language, case.name) for case in CASES}) == len(CASES)
