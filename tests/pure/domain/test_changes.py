"""What counts as a change, what it turned from, and which way it went."""

from datetime import date

import pytest

from restrictions.domain.changes import Change, changes
from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from tests.pure.domain.claims import TREE, reaffirms, sets


def found(*claims: Claim) -> list[Change]:
    return changes(derive(claims, weapons=TREE).positions, TREE)


def told(*claims: Claim) -> list[str]:
    """Each change, e.g. ``2024-05-30 any banned > conditional more``; ``-`` where nothing is recorded before."""
    return [
        f"{change.after.starts} {change.after.line.weapon} "
        f"{change.before.status if change.before else '-'} > {change.after.status} {change.kind}"
        for change in found(*claims)
    ]


BAN = sets("a", "banned", "2023-01-10")
LETS = sets("b", "conditional", "2024-05-30", areas="UA-63", area_role="defended")
DELIVERED = sets("s", "supplied", "2023-02-01", weapon="atacms")


def test_a_decision_that_follows_another_is_a_change_from_it() -> None:
    assert told(BAN, LETS, sets("c", "banned", "2025-02-01")) == [
        "2023-01-10 any - > banned first",
        "2024-05-30 any banned > conditional more",
        "2025-02-01 any conditional > banned less",
    ]


def test_an_unknown_start_is_no_move_and_what_follows_it_is() -> None:
    assert told(reaffirms("a", "banned", "2023-01-10")) == []
    assert told(reaffirms("a", "banned", "2023-01-10"), LETS) == ["2024-05-30 any banned > conditional more"]


def test_a_widening_turns_the_limits_alone() -> None:
    wider = sets(
        "c", "conditional", "2024-06-17~", prior="conditional", conditions="border_zone", published="2024-06-21"
    )
    assert told(BAN, LETS, wider)[-1] == "2024-06-17~ any conditional > conditional limits"


def test_a_weapon_turns_from_what_the_wider_rule_answered() -> None:
    lets = sets("c", "conditional", "2023-05-01", weapon="atacms")
    change = found(BAN, DELIVERED, lets)[-1]
    assert (change.inherited, change.kind) == (True, "more")
    assert change.before
    assert change.before.line.weapon == "any"


def test_a_wider_rule_answers_for_nothing_that_is_not_handed_over() -> None:
    assert told(BAN, sets("c", "conditional", "2023-05-01", weapon="atacms"))[-1] == (
        "2023-05-01 atacms - > conditional first"
    )


def test_a_rule_of_its_own_with_the_status_of_the_wider_one_is_no_turn_in_limits() -> None:
    own = sets("c", "banned", "2023-05-01", weapon="atacms", conditions="own_territory_only")
    assert told(BAN, DELIVERED, own)[-1] == "2023-05-01 atacms banned > banned own"


def test_what_follows_the_general_rule_is_no_change_of_its_own() -> None:
    himars = sets("h", "banned", "2023-02-01", weapon="himars")
    assert told(BAN, himars, LETS)[-1] == "2024-05-30 any banned > conditional more"
    assert len(told(BAN, himars, LETS)) == 3


def test_nothing_said_on_use_is_no_word_of_the_supplier() -> None:
    delivered = sets("s", "supplied", "2023-01-01", weapon="atacms")
    assert told(delivered) == ["2023-01-01 atacms - > supplied first"]
    assert told(delivered, sets("b", "banned", "2023-06-01", weapon="atacms"))[-1] == (
        "2023-06-01 atacms unstated > banned first"
    )


def test_supply_turns_from_the_refusal_of_the_wider_line() -> None:
    refused = sets("r", "withheld", "2022-05-30", weapon="long_range")
    assert told(refused, sets("s", "supplied", "2023-09-21", weapon="atacms")) == [
        "2022-05-30 long_range - > withheld first",
        "2023-09-21 atacms withheld > supplied more",
    ]


def test_a_stop_of_everything_turns_from_what_was_handed_over() -> None:
    delivered = sets("s", "supplied", "2023-01-01", weapon="himars")
    stop = sets("p", "withheld", "2025-03-03", conditions="temporary")
    assert told(delivered, stop)[-1] == "2025-03-03 any supplied > withheld less"
    assert told(stop) == ["2025-03-03 any - > withheld first"]


def test_a_consent_is_a_line_of_its_own() -> None:
    says = sets("c", "banned", "2024-01-01", weapon="storm_shadow", role="consent")
    lets = sets("d", "conditional", "2024-11-20", weapon="storm_shadow", role="consent")
    assert told(says, lets) == [
        "2024-01-01 storm_shadow - > banned first",
        "2024-11-20 storm_shadow banned > conditional more",
    ]
    assert told(BAN, says)[-1] == "2024-01-01 storm_shadow - > banned first"


def test_a_decision_to_say_nothing_is_a_silence() -> None:
    assert told(sets("a", "undisclosed", "2024-06-01")) == ["2024-06-01 any - > undisclosed silence"]


@pytest.mark.parametrize(
    ("first", "until", "touched"),
    [
        ("2024-05-01", "2024-05-30", True),
        ("2024-05-30", None, True),
        ("2024-05-01", "2024-05-29", False),
        ("2024-05-31", None, False),
    ],
)
def test_contested_days_touch_a_turn_where_they_run_up_to_it(first: str, until: str | None, touched: bool) -> None:
    (_, change) = found(BAN, LETS)
    days = (date.fromisoformat(first), date.fromisoformat(until) if until else None)
    assert change.is_touched(*days) is touched
