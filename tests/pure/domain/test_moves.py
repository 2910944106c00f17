"""Who moved first: the order, the days behind the first, and who was there to move."""

from dataclasses import replace
from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.days import parse_day
from restrictions.domain.derivation import derive
from restrictions.domain.moves import Course, Move, courses, lags, observations
from restrictions.domain.positions import Position
from restrictions.domain.survival import Observation
from tests.pure.domain.claims import TREE, reaffirms, sets

ON = date(2025, 1, 1)
FIRST = date(2024, 5, 28)


def of(supplier: str, *claims: Claim) -> tuple[Position, ...]:
    """The positions of a supplier by these claims."""
    own = [replace(claim, line=claim.line._replace(supplier=supplier)) for claim in claims]
    return derive(own, weapons=TREE).positions


def found(
    *positions: tuple[Position, ...], move: Move = Move.BAN_LIFTED, weapon: str = "any", on: date = ON
) -> list[Course]:
    everything = [position for some in positions for position in some]
    return courses(everything, TREE, move=move, weapon=weapon, territory="RU", on=on)


def told(*positions: tuple[Position, ...], move: Move = Move.BAN_LIFTED, weapon: str = "any") -> list[str]:
    """The movers, e.g. ``1 DK 0 (0 to 0)``."""
    order = lags(found(*positions, move=move, weapon=weapon))
    return [f"{lag.rank} {lag.course.supplier} {lag.days} ({lag.least} to {lag.most})" for lag in order]


def waiting(*positions: tuple[Position, ...], move: Move = Move.BAN_LIFTED, weapon: str = "any") -> list[str]:
    """Who could move and has not, with since when and until when, e.g. ``BE - -``."""
    return [
        f"{course.supplier} {course.since or '-'} {course.left or '-'}"
        for course in found(*positions, move=move, weapon=weapon)
        if course.before and not course.moved
    ]


BAN = reaffirms("a", "banned", "2023-06-05")
DK = of("DK", BAN, sets("b", "allowed", "2024-05-28"))
FR = of("FR", BAN, sets("b", "conditional", "2024-05-28"))
DE = of("DE", BAN, sets("b", "conditional", "2024-05-31"))
BE = of("BE", BAN)
EE = of("EE", reaffirms("a", "allowed", "2024-05-01"))


def test_the_order_and_the_days_behind_the_first_who_may_be_several() -> None:
    assert told(DE, BE, DK, FR, EE) == ["1 DK 0 (0 to 0)", "1 FR 0 (0 to 0)", "3 DE 3 (3 to 3)"]
    assert waiting(DE, BE, DK, FR, EE) == ["BE - -"]


def test_an_imprecise_day_gives_a_window() -> None:
    late = of("IT", BAN, sets("b", "conditional", "2024-06-17~", published="2024-06-30"))
    assert told(DK, late) == ["1 DK 0 (0 to 0)", "2 IT 23 (17 to 23)"]
    assert told(late, of("PL", BAN, sets("b", "allowed", "2024-06-22")))[1] == "2 PL 2 (2 to 8)"


def test_who_permits_since_an_unknown_day_never_moved() -> None:
    assert told(EE, move=Move.PERMISSION) == []
    (course,) = found(EE)
    assert (course.could_move, course.undated is not None) == (False, True)
    vanished = of("PL", sets("s", "supplied", "2023-09-19"), reaffirms("a", "allowed", "2024-05-29"))
    assert waiting(vanished, move=Move.PERMISSION) == ["PL - 2024-05-29"]
    assert found(vanished, move=Move.PERMISSION)[0].undated


def test_a_first_permission_counts_where_nothing_was_known_before() -> None:
    portugal = of("PT", sets("a", "allowed", "2024-05-31"))
    assert told(portugal, DK, move=Move.PERMISSION) == ["1 DK 0 (0 to 0)", "2 PT 3 (3 to 3)"]
    assert told(portugal) == []


def test_whoever_hands_over_arms_and_says_nothing_is_silent() -> None:
    silent = of("SE", sets("s", "supplied", "2023-01-01", weapon="atacms"), sets("a", "allowed", "2024-06-01"))
    (course,) = found(silent, move=Move.PERMISSION)
    assert course.before
    assert (course.before.status, course.moved is not None) == ("unstated", True)
    ruled_first = of("SE", sets("a", "banned", "2022-01-01"), sets("s", "supplied", "2023-01-01", weapon="atacms"))
    assert waiting(ruled_first, move=Move.PERMISSION) == ["SE - -"]
    both = of(
        "DE", sets("s", "supplied", "2022-01-01"), sets("a", "banned", "2023-01-01"), sets("b", "allowed", "2024-06-01")
    )
    assert [course.since for course in found(both, move=Move.PERMISSION)] == [None]


def test_who_came_to_stand_there_later_is_there_from_then_on() -> None:
    turned = of("CA", sets("a", "allowed", "2024-01-01"), sets("b", "banned", "2024-05-30"))
    assert waiting(turned) == ["CA 2024-05-30 -"]
    assert told(turned, move=Move.BAN_SET) == ["1 CA 0 (0 to 0)"]


def test_a_weapon_follows_the_rule_that_answers_for_it() -> None:
    delivered = sets("s", "supplied", "2023-01-01", weapon="himars")
    us = of("US", BAN, delivered, sets("b", "conditional", "2024-05-30"))
    assert told(us, BE, weapon="himars") == ["1 US 0 (0 to 0)"]
    assert waiting(us, BE, weapon="himars") == []


def test_the_end_of_a_refusal_is_looked_for_on_every_line_of_the_class() -> None:
    refused = [sets(name, "withheld", "2022-05-30", weapon=name) for name in ("atacms", "storm_shadow")]
    us = of("US", *refused, sets("s", "supplied", "2023-09-21", weapon="atacms"))
    gb = of("GB", sets("r", "withheld", "2022-06-01", weapon="storm_shadow"))
    assert told(us, gb, move=Move.REFUSAL_ENDED) == ["1 US 0 (0 to 0)"]
    assert waiting(us, gb, move=Move.REFUSAL_ENDED, weapon="long_range") == ["GB - -"]
    assert told(us, gb, move=Move.REFUSAL_ENDED, weapon="storm_shadow") == []
    assert found(us, move=Move.REFUSAL_ENDED, weapon="himars") == []


def test_a_refusal_that_came_after_deliveries_is_counted_from_its_day() -> None:
    turned = of("PL", sets("s", "supplied", "2022-01-01"), sets("r", "withheld", "2023-09-20"))
    assert waiting(turned, move=Move.REFUSAL_ENDED) == ["PL 2023-09-20 -"]


def test_a_state_that_only_gives_its_consent_moves_nothing_of_its_own() -> None:
    says = sets("c", "banned", "2024-01-01", weapon="storm_shadow", role="consent")
    assert found(of("US", says), weapon="storm_shadow") == []


def test_of_several_refusals_the_one_that_stands_counts_before_one_that_ended_without_a_known_day() -> None:
    mig, cars = (sets(name, "withheld", "2022-05-30", weapon=name) for name in ("himars", "atacms"))
    (course,) = found(of("US", mig, cars), move=Move.REFUSAL_ENDED)
    ended = [replace(one, ends=parse_day("2023-01-01")) for one in of("US", mig) if one.line.weapon == "himars"]
    (left,) = found(tuple(ended), move=Move.REFUSAL_ENDED)
    (both,) = found(tuple(ended), of("US", cars), move=Move.REFUSAL_ENDED)
    assert (course.left, left.left, both.left) == (None, date(2023, 1, 1), None)


def test_up_to_a_day_later_moves_are_not_seen() -> None:
    (course,) = found(DE, on=date(2024, 5, 30))
    assert (course.moved, course.left) == (None, None)
    assert found(DE, on=date(2023, 1, 1)) == []


def test_what_the_estimate_takes() -> None:
    turned = of("CA", sets("a", "allowed", "2024-01-01"), sets("b", "banned", "2024-05-30"))
    ended_before = sets("h", "banned", "2022-05-31", weapon="himars")
    gone = of("US", ended_before, sets("n", "banned", "2022-01-01"), sets("b", "conditional", "2024-05-01"))
    everything = found(DK, DE, BE, EE, turned, gone)
    assert sorted(observations(everything, first=FIRST, on=ON), key=str) == [
        Observation(until=0, moved=True),
        Observation(until=218, moved=False, since=2),
        Observation(until=218, moved=False),
        Observation(until=3, moved=True),
    ]
