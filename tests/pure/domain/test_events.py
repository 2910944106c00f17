"""Changes with their lags: after the last one, after the first to do so, before they were told, until first use."""

from datetime import date

from restrictions.domain.changes import changes
from restrictions.domain.claims import Claim, FirstUse
from restrictions.domain.days import exact
from restrictions.domain.derivation import derive
from restrictions.domain.events import Event, events, first_days
from tests.pure.domain.claims import TREE, sets

BAN = sets("a", "banned", "2024-03-10")
LETS = sets("b", "allowed", "2024-05-30")


def found(*claims: Claim, firsts: tuple[Claim, ...] = (), used: date | None = None) -> list[Event]:
    uses = [FirstUse("any", "RU", exact(used))] if used else []
    turned = changes(derive(claims, weapons=TREE, uses=uses).positions, TREE)
    others = changes(derive(firsts, weapons=TREE).positions, TREE)
    return list(events(turned, first_days([*turned, *others])))


def test_a_change_counts_from_the_one_before_on_its_line() -> None:
    assert [event.since_previous for event in found(BAN, LETS)] == [None, 81]


def test_and_from_the_first_that_made_the_same_move() -> None:
    earlier = sets("e", "allowed", "2024-05-01")
    assert [event.since_first for event in found(BAN, LETS, firsts=(earlier,))] == [0, 29]


def test_and_to_the_day_on_which_it_was_told() -> None:
    told_late = sets("b", "allowed", "2024-05-30", published="2024-06-02")
    assert [event.to_announcement for event in found(BAN, told_late)] == [0, 3]


def test_and_to_the_first_use_that_was_seen() -> None:
    assert [event.to_first_use for event in found(LETS, used=date(2024, 6, 4))] == [5]
    assert [event.to_first_use for event in found(LETS)] == [None]
