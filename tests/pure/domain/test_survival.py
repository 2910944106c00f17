"""The product-limit estimate against figures that textbooks print."""

import pytest

from restrictions.domain.survival import Observation, Step, kaplan_meier, median_time

# Weeks of remission under 6-mercaptopurine, 21 patients: Freireich and others, 1963; "+" was still in remission.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
# As printed, time by time: at risk, share, bounds (Kalbfleisch and Prentice; also what SAS and R give).
PRINTED = {
    6: (21, 0.8571, 0.6197, 0.9516),
    7: (17, 0.8067, 0.5631, 0.9228),
    10: (15, 0.7529, 0.5032, 0.8894),
    13: (12, 0.6902, 0.4316, 0.8491),
    16: (11, 0.6275, 0.3675, 0.8049),
    22: (7, 0.5378, 0.2678, 0.7468),
    23: (6, 0.4482, 0.1881, 0.6801),
}


def observed(text: str) -> list[Observation]:
    return [Observation(int(word.rstrip("+")), not word.endswith("+")) for word in text.split()]


def test_the_remission_figures_of_the_textbooks() -> None:
    steps = {step.time: step for step in kaplan_meier(observed(REMISSION)) if step.moved}
    assert list(steps) == list(PRINTED)
    for time, (at_risk, *printed) in PRINTED.items():
        step = steps[time]
        assert step.at_risk == at_risk
        assert [step.share, step.lower, step.upper] == pytest.approx(printed, abs=6e-5)


def test_without_censoring_it_is_the_plain_share_and_the_control_group_halves_at_eight_weeks() -> None:
    control = observed("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23")
    steps = kaplan_meier(control)
    for step in steps:
        assert step.share == pytest.approx(sum(one.until > step.time for one in control) / len(control))
    assert median_time(steps) == 8
    assert (steps[-1].share, steps[-1].lower, steps[-1].upper) == (0, None, None)


def test_who_is_lost_at_the_time_of_a_move_was_there_for_it() -> None:
    assert kaplan_meier(observed("3 3+")) == (Step(3, 2, 1, 1, 0.5, *_half()),)


def _half() -> tuple[float | None, float | None]:
    (step,) = kaplan_meier(observed("3 4+"))[:1]
    return step.lower, step.upper


def test_who_comes_later_is_counted_from_then_on() -> None:
    late = Observation(until=9, moved=True, since=4)
    steps = kaplan_meier([*observed("4 9+"), late])
    assert [(step.time, step.at_risk, step.share) for step in steps] == [(4, 2, 0.5), (9, 2, 0.25)]


def test_nobody_moved_and_nobody_there() -> None:
    (only,) = kaplan_meier(observed("5+ 5+"))
    assert (only.share, only.censored, only.lower, only.upper) == (1.0, 2, None, None)
    assert median_time([only]) is None
    assert kaplan_meier([]) == ()
