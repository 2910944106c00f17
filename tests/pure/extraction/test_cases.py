"""Rule by rule: what a sentence comes to, and what its near misses do not."""

import pytest

from restrictions.domain.days import parse_day
from restrictions.extraction import Document, code
from tests.pure.extraction.cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language} {case.name}")
def test_what_a_sentence_comes_to(case: Case) -> None:
    coding = code(Document("case", "", case.body, case.language, parse_day("2024-06-05")))
    assert {(claim.supplier, claim.weapon, claim.status.value) for claim in coding.claims} == case.claims


def test_near_misses_are_a_third_of_the_cases() -> None:
    assert sum(not case.claims for case in CASES) * 3 >= len(CASES)
