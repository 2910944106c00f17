"""What holds of every history: thousands of random ones, with windows, coinciding starts and settlements."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restrictions.domain.claims import Claim, Line, Settlement
from restrictions.domain.derivation import derive
from restrictions.domain.matching import match
from restrictions.domain.plan import describe, difference, plan
from restrictions.domain.positions import Position, Record, Silence, Stretch
from restrictions.words import PlainWords
from tests.pure.domain.claims import TREE
from tests.pure.domain.histories import histories, rulings

# Untraced: the rules' own tests try every branch, and tracing thousands of histories takes longer than they do.
pytestmark = pytest.mark.no_cover

WORDS = PlainWords({}, {})
Item = TypeVar("Item")

# The same histories in every run, so that a failure is never a matter of luck.
many = settings(max_examples=2000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
some = settings(many, max_examples=300)


@many
@given(histories, rulings, st.integers(0, 2**32))
def test_what_follows_from_any_history_is_sound_in_whatever_order_it_came(
    claims: list[Claim], settled: list[Settlement], chance: int
) -> None:
    record = derive(claims, settled, weapons=TREE)
    assert derive(_mixed(claims, chance), _mixed(settled, chance), weapons=TREE) == record
    accepted = {claim.key for claim in claims if not claim.retracted}
    _assert_positions_do_not_overlap(record)
    for position in record.positions:
        _assert_position_is_sound(position, accepted)
    for stretch in record.stretches:
        _assert_stretch_is_sound(stretch, record)
    for silence in record.silences:
        _assert_silence_stands_in_a_position(silence, record)
    assert _claims_shown(record) == accepted, "every claim is evidence, a silence mark or a side of a dispute"


def _mixed(items: Sequence[Item], chance: int) -> list[Item]:
    return Random(chance).sample(items, len(items))


def _assert_positions_do_not_overlap(record: Record) -> None:
    for former, following in pairwise(record.positions):
        if former.line == following.line:
            assert former.until is not None
            assert former.until <= following.first_day


def _assert_position_is_sound(position: Position, accepted: set[str]) -> None:
    assert position.starts.earliest <= position.first_day
    assert position.until is None or position.first_day < position.until, "no day is left of it"
    assert position.evidence
    assert set(position.evidence) <= accepted
    assert len(set(position.evidence)) == len(position.evidence)
    assert position.until is None or position.last_confirmed <= position.until
    assert position.rules
    for limit in position.limits:
        assert position.covers(limit.holds_from)
        assert limit.claims
        assert set(limit.claims) <= accepted


def _assert_stretch_is_sound(stretch: Stretch, record: Record) -> None:
    assert stretch.until is None or stretch.first < stretch.until
    assert stretch.standing_claims
    assert stretch.challenger_claims
    assert sum(_lies_inside(stretch, position) for position in record.positions) == 1


def _lies_inside(stretch: Stretch, position: Position) -> bool:
    if position.line != stretch.line or not position.covers(stretch.first):
        return False
    return position.until is None or (stretch.until is not None and stretch.until <= position.until)


def _assert_silence_stands_in_a_position(silence: Silence, record: Record) -> None:
    assert any(position.line == silence.line and position.covers(silence.day) for position in record.positions)


def _claims_shown(record: Record) -> set[str]:
    evidence = {key for position in record.positions for key in position.evidence}
    sides = {key for stretch in record.stretches for key in (*stretch.standing_claims, *stretch.challenger_claims)}
    return evidence | sides | {silence.claim for silence in record.silences}


@some
@given(histories.filter(bool), rulings)
def test_a_claim_taken_back_leaves_no_trace(claims: list[Claim], settled: list[Settlement]) -> None:
    *others, last = claims
    before = derive(others, settled, weapons=TREE)
    planned = plan(last, claims, settled, weapons=TREE)
    retracted = replace(last, retracted=True)
    assert planned.after == derive(claims, settled, weapons=TREE)
    assert planned.before == before
    assert derive([*others, retracted], settled, weapons=TREE) == before
    assert derive(others, settled, weapons=TREE) == before


@some
@given(histories.filter(bool), rulings)
def test_a_plan_names_a_change_where_there_is_one_and_only_there(
    claims: list[Claim], settled: list[Settlement]
) -> None:
    planned = plan(claims[-1], claims, settled, weapons=TREE)
    back = difference(planned.after, planned.before)
    assert bool(planned.changes) == (planned.before != planned.after) == bool(back)
    assert difference(planned.after, planned.after) == []
    assert not any("{" in describe(change, WORDS) for change in (*planned.changes, *back))
    for at in _lines((planned.before, planned.after)):
        _assert_each_is_matched_once(_on(planned.before, at), _on(planned.after, at))


def _assert_each_is_matched_once(old: list[Position], new: list[Position]) -> None:
    pairs = match(old, new)
    assert [after for _, after in pairs if after] == new
    assert sorted((before.first_day for before, _ in pairs if before)) == [before.first_day for before in old]
    assert all(before or after for before, after in pairs)


def _on(record: Record, at: Line) -> list[Position]:
    return [position for position in record.positions if position.line == at]


def _lines(records: Iterable[Record]) -> set[Line]:
    return {position.line for record in records for position in record.positions}
