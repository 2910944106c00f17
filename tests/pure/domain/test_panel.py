"""The panel: runs of days with one answer, and what became of a month."""

from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from restrictions.domain.panel import Run, months, runs
from restrictions.domain.vocabulary import Role
from tests.pure.domain.claims import TREE, sets

UNTIL = date(2024, 7, 1)
BAN = sets("a", "banned", "2024-03-10")
LETS = sets("b", "conditional", "2024-05-30", areas="UA-63", area_role="defended")


def told(*claims: Claim, until: date = UNTIL) -> list[str]:
    return [f"{run.weapon} {run.first} {run.until} {run.cell.status}" for run in found(*claims, until=until)]


def found(*claims: Claim, until: date = UNTIL) -> list[Run]:
    positions = derive(claims, weapons=TREE).positions
    consents = [position for position in positions if position.line.role is Role.CONSENT]
    return list(runs(positions, consents, TREE, territory="RU", until=until))


def test_each_day_is_in_one_run_from_the_first_word_on() -> None:
    assert told(BAN, LETS) == ["any 2024-03-10 2024-05-30 banned", "any 2024-05-30 2024-07-01 conditional"]
    days = [day for run in found(BAN, LETS) for day in run.days]
    assert (days[0], days[-1], len(days), len(set(days))) == (date(2024, 3, 10), date(2024, 6, 30), 113, 113)


def test_the_doubtful_days_before_a_turn_are_a_run_of_their_own() -> None:
    doubtful = sets("b", "conditional", "2024-05", areas="UA-63", area_role="defended")
    before, doubted, after = found(BAN, doubtful)
    assert [run.cell.possible for run in (before, doubted, after)] == [(), ("conditional",), ()]
    assert (doubted.first, doubted.until) == (date(2024, 5, 1), date(2024, 5, 31))


def test_a_weapon_turns_with_the_wider_rule_and_with_its_delivery() -> None:
    delivered = sets("s", "supplied", "2024-04-01", weapon="atacms")
    assert [line for line in told(BAN, LETS, delivered) if line.startswith("atacms")] == [
        "atacms 2024-04-01 2024-05-30 banned",
        "atacms 2024-05-30 2024-07-01 conditional",
    ]


def test_what_begins_after_the_last_day_is_not_reached() -> None:
    assert told(BAN, LETS, until=date(2024, 3, 11)) == ["any 2024-03-10 2024-03-11 banned"]
    assert told(BAN, until=date(2024, 3, 10)) == []


def test_a_month_says_its_days_what_held_last_and_how_often_it_turned() -> None:
    narrowed = sets("c", "banned", "2024-06-10")
    again = sets("d", "allowed", "2024-06-20")
    rows = [
        (month.name, month.days, str(month.last.status), month.changes)
        for month in months(found(BAN, LETS, narrowed, again))
    ]
    assert rows == [
        ("2024-03", 22, "banned", 0),
        ("2024-04", 30, "banned", 0),
        ("2024-05", 31, "conditional", 1),
        ("2024-06", 30, "allowed", 2),
    ]


def test_a_turn_on_the_first_of_a_month_is_of_that_month() -> None:
    rows = [(month.name, month.changes) for month in months(found(BAN, sets("b", "allowed", "2024-04-01")))]
    assert rows[:2] == [("2024-03", 0), ("2024-04", 1)]


def test_a_december_is_followed_by_a_january() -> None:
    rows = [month.name for month in months(found(sets("a", "banned", "2023-12-30"), until=date(2024, 1, 3)))]
    assert rows == ["2023-12", "2024-01"]
