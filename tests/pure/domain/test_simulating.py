"""Made-up claims: as many turns as asked for, on lines of both tracks, each claim once."""

import random

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from restrictions.domain.simulating import LINES, simulated_claims
from restrictions.domain.vocabulary import Act, Track
from tests.pure.domain.claims import TREE


def made(turns: int, seed: int = 1) -> list[Claim]:
    weapons = [code for code in TREE.nodes if code != "any"]
    return simulated_claims(
        random.Random(seed), supplier="US", recipient="UA", territory="RU", weapons=weapons, turns=turns
    )


def test_it_turns_as_often_as_asked_and_upholds_some_of_it() -> None:
    claims = made(60)
    assert [claim.act for claim in claims].count(Act.SETS) == 60
    assert 5 < [claim.act for claim in claims].count(Act.REAFFIRMS) < 40
    assert len({claim.key for claim in claims}) == len(claims)


def test_its_lines_are_of_both_tracks_and_no_more_than_a_supplier_has() -> None:
    lines = {claim.line for claim in made(300)}
    assert {line.track for line in lines} == set(Track)
    assert 10 < len(lines) <= LINES


def test_one_turn_is_of_the_general_rule() -> None:
    [claim] = [claim for claim in made(1) if claim.act is Act.SETS]
    assert claim.line.weapon == "any"


def test_what_it_makes_can_be_derived() -> None:
    record = derive(made(60), weapons=TREE)
    assert 40 < len(record.positions) < 120
    assert record.stretches


def test_the_same_chance_gives_the_same() -> None:
    assert made(30) == made(30) != made(30, seed=2)
