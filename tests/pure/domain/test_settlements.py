"""What a curator's ruling does: contested days are settled, the status ruled holds, and both sides stay visible."""

from datetime import date

import pytest

from restrictions.domain.claims import Claim, Settlement
from restrictions.domain.derivation import derive
from restrictions.domain.positions import Record
from restrictions.domain.vocabulary import Status
from tests.pure.domain.claims import TREE, disputed, limits_told, line, reaffirms, ruling, sets, told

BAN = sets("a", "banned", "2024-01-01")
AGAINST = reaffirms("x", "conditional", "2024-02-01", conditions="counter_fire")
TURN = sets("b", "allowed", "2024-05-30", by="anonymous_official", prior="banned")


def settled(*claims: Claim, by: list[Settlement]) -> Record:
    return derive(claims, by, weapons=TREE)


@pytest.mark.parametrize(
    ("claims", "rulings", "positions", "disputes"),
    [
        pytest.param(
            [BAN, AGAINST],
            [],
            ["banned! 2024-01-01 - (a)"],
            ["2024-02-01 - banned (a) / conditional (x) open 8"],
            id="without a ruling it stays contested",
        ),
        pytest.param(
            [BAN, AGAINST],
            [ruling("s", "banned", "2024-02-01", "2024-03-01")],
            ["banned 2024-01-01 - (a)"],
            ["2024-02-01 2024-03-01 banned (a) / conditional (x) settled 8"],
            id="for the standing side: an open stretch ends with the ruling",
        ),
        pytest.param(
            [BAN, AGAINST],
            [ruling("s", "conditional", "2024-02-01", "2024-03-01")],
            [
                "banned 2024-01-01 2024-02-01 (a)",
                "conditional 2024-02-01 2024-03-01 (x)",
                "banned 2024-03-01 - (a)",
            ],
            ["2024-02-01 2024-03-01 banned (a) / conditional (x) settled 8"],
            id="for the challenger: its status holds on those days, and no longer",
        ),
        pytest.param(
            [BAN, AGAINST, sets("c", "allowed", "2024-03-01")],
            [ruling("s", "conditional", "2024-02-01", "2024-03-01")],
            [
                "banned 2024-01-01 2024-02-01 (a)",
                "conditional 2024-02-01 2024-03-01 (x)",
                "allowed 2024-03-01 - (c)",
            ],
            ["2024-02-01 2024-03-01 banned (a) / conditional (x) settled 8"],
            id="up to the next position",
        ),
        pytest.param(
            [BAN, AGAINST],
            [ruling("s", "conditional", "2023-12-01", "2024-03-01")],
            ["conditional 2024-01-01 2024-03-01 (x)", "banned 2024-03-01 - (a)"],
            [
                "2024-02-01 2024-03-01 banned (a) / conditional (x) settled 8",
            ],
            id="days on which nothing is in force stay so",
        ),
        pytest.param(
            [BAN, AGAINST],
            [ruling("s", "allowed", "2024-02-01", "2024-03-01")],
            ["banned! 2024-01-01 - (a)"],
            ["2024-02-01 - banned (a) / conditional (x) open 8"],
            id="a status that no side claims settles nothing",
        ),
        pytest.param(
            [BAN, AGAINST],
            [ruling("s", "conditional", "2023-01-01", "2023-02-01")],
            ["banned! 2024-01-01 - (a)"],
            ["2024-02-01 - banned (a) / conditional (x) open 8"],
            id="nor do other days",
        ),
        pytest.param(
            [BAN, AGAINST],
            [ruling("s", "conditional", "2024-02-01", "2024-03-01", at=line("atacms"))],
            ["banned! 2024-01-01 - (a)"],
            ["2024-02-01 - banned (a) / conditional (x) open 8"],
            id="nor does another line",
        ),
        pytest.param(
            [BAN, TURN],
            [ruling("s", "banned", "2024-05-30", "2024-06-05")],
            [
                "banned 2024-01-01 2024-06-05 (a)",
                "allowed? 2024-06-05 - (b)",
            ],
            ["2024-05-30 2024-06-05 allowed (b) / banned (a) settled 7"],
            id="a doubtful start, ruled later: the former position's claims speak for it",
        ),
        pytest.param(
            [BAN, sets("b", "allowed", "2024-05", published="2024-06-10")],
            [ruling("s", "allowed", "2024-05-20", "2024-05-31")],
            [
                "banned 2024-01-01 2024-05-20 (a)",
                "allowed 2024-05-20 - (b)",
            ],
            ["2024-05-20 2024-05-31 banned (a) / allowed (b) settled 11"],
            id="a doubtful start, ruled earlier: the next position's claims speak for it",
        ),
        pytest.param(
            [BAN, TURN],
            [ruling("s", "banned", "2024-05-01", "2026-01-01")],
            ["banned 2024-01-01 2024-05-30 (a)", "allowed? 2024-05-30 - (b)"],
            [],
            id="away from its neighbours a ruling has no claim to stand on",
        ),
        pytest.param(
            [BAN, TURN, sets("c", "banned", "2024-06-05")],
            [ruling("s", "banned", "2024-05-30", "2024-06-05")],
            ["banned 2024-01-01 - (a c)"],
            ["2024-05-30 2024-06-05 allowed (b) / banned (a c) settled 7"],
            id="a position ruled out as a whole leaves its claims in the dispute",
        ),
        pytest.param(
            [BAN, AGAINST],
            [
                ruling("t", "banned", "2024-02-10", "2024-03-01"),
                ruling("s", "conditional", "2024-02-01", "2024-03-01"),
            ],
            [
                "banned 2024-01-01 2024-02-01 (a)",
                "conditional 2024-02-01 2024-02-10 (x)",
                "banned 2024-02-10 - (a)",
            ],
            [
                "2024-02-01 2024-02-10 banned (a) / conditional (x) settled 8",
                "2024-02-10 2024-03-01 conditional (x) / banned (a) settled 11",
                "2024-02-10 2024-03-01 banned (a) / conditional (x) settled 8",
            ],
            id="two rulings apply in the order of their days",
        ),
    ],
)
def test_a_ruling(claims: list[Claim], rulings: list[Settlement], positions: list[str], disputes: list[str]) -> None:
    record = settled(*claims, by=rulings)
    assert told(record) == positions
    assert disputed(record) == disputes


def test_a_settled_stretch_names_its_ruling() -> None:
    record = settled(BAN, AGAINST, by=[ruling("s", "conditional", "2024-02-01", "2024-03-01")])
    assert [stretch.settlement for stretch in record.stretches] == ["s"]


def test_what_holds_by_a_ruling_has_its_own_limits_and_clocks() -> None:
    record = settled(BAN, AGAINST, by=[ruling("s", "conditional", "2024-02-10", "2024-03-01")])
    before, held, after = record.positions
    assert limits_told(held.limits) == ["condition counter_fire 2024-02-10 (x)"]
    assert (str(held.announced), held.last_confirmed, held.provisional) == ("2024-02-01", date(2024, 2, 1), False)
    assert before.limits == after.limits == ()


def test_a_limit_that_came_after_the_ruling_stays_with_the_later_part() -> None:
    claims = [
        sets("a", "conditional", "2024-01-01", conditions="border_zone"),
        reaffirms("x", "banned", "2024-02-01"),
        reaffirms("c", "conditional", "2024-03-10", conditions="counter_fire"),
    ]
    before, held, after = settled(*claims, by=[ruling("s", "banned", "2024-02-01", "2024-03-01")]).positions
    assert limits_told(before.limits) == ["condition border_zone 2024-01-01 (a)"]
    assert held.limits == ()
    assert limits_told(after.limits) == [
        "condition border_zone 2024-03-01 (a)",
        "condition counter_fire 2024-03-10 (c)",
    ]
    assert (before.last_confirmed, after.last_confirmed) == (date(2024, 2, 1), date(2024, 3, 10))


@pytest.mark.parametrize(
    ("status", "practices"),
    [
        pytest.param("banned", [Status.WITHHELD], id="upheld"),
        pytest.param("conditional", [None, Status.WITHHELD, None], id="ruled otherwise: on its days only"),
    ],
)
def test_a_ruling_may_note_another_practice(status: str, practices: list[Status | None]) -> None:
    by = [ruling("s", status, "2024-02-01", "2024-03-01", practice="withheld")]
    assert [position.practice for position in settled(BAN, AGAINST, by=by).positions] == practices


def test_practice_of_another_line_is_not_noted() -> None:
    by = [ruling("s", "banned", "2024-02-01", "2024-03-01", practice="withheld", at=line("atacms"))]
    assert [position.practice for position in settled(BAN, by=by).positions] == [None]


def test_the_open_start_of_a_position_ruled_out_as_a_whole_stays_open() -> None:
    claims = [reaffirms("a", "banned", "2024-01-01"), reaffirms("x", "allowed", "2024-01-01")]
    record = settled(*claims, by=[ruling("s", "allowed", "2024-01-01", "2024-03-01")])
    assert told(record) == ["allowed< 2024-01-01 2024-03-01 (x)", "banned 2024-03-01 - (a)"]


def test_a_neighbour_that_goes_on_through_the_ruled_days_keeps_its_limits_and_doubts() -> None:
    claims = [
        sets("a", "conditional", "2024-01-01", conditions="border_zone"),
        sets("b", "allowed", "2024-05-30"),
        sets("c", "conditional", "2024-06-05", by="media", conditions="border_zone counter_fire"),
    ]
    (position,) = settled(*claims, by=[ruling("s", "conditional", "2024-05-30", "2024-06-05")]).positions
    assert limits_told(position.limits) == [
        "condition border_zone 2024-01-01 (a c)",
        "condition counter_fire 2024-05-30 (c)",
    ]
    assert (position.provisional, position.last_confirmed) == (True, date(2024, 6, 5))


def test_a_turn_in_limits_on_the_days_of_a_ruling_stays_a_turn() -> None:
    claims = [
        sets("a", "conditional", "2024-01-01", conditions="border_zone"),
        sets("b", "conditional", "2024-02-01", conditions="counter_fire", prior="conditional"),
    ]
    by = [ruling("s", "conditional", "2024-01-15", "2024-03-01")]
    assert len(settled(*claims, by=by).positions) == 2
