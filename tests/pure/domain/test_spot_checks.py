"""The codebook's spot checks: what the starter record must answer, each by its date."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest

from restrictions.domain.claims import Claim, Line
from restrictions.domain.days import parse_day
from restrictions.domain.derivation import derive
from restrictions.domain.positions import LimitKind, Outcome, Position, Record
from restrictions.domain.resolution import Answer, Rules
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track
from restrictions.reference.starter import load_starter_claims, load_starter_marks
from restrictions.reference.weapons import weapon_tree

TREE = weapon_tree()

GENERAL = Line("US", Role.SUPPLIER, "UA", "any", Track.USE, "RU")
ATACMS = GENERAL._replace(weapon="atacms")
SEED = (
    Claim(
        key="seed/1",
        line=GENERAL,
        status=Status.CONDITIONAL,
        act=Act.SETS,
        attribution=Attribution.ANONYMOUS_OFFICIAL,
        effective=parse_day("2024-05"),
        published=parse_day("2024-05"),
        areas=("UA-63",),
        area_role=AreaRole.DEFENDED,
        conditions=frozenset({Condition.COUNTER_FIRE, Condition.NO_DEEP_STRIKE}),
        prior=Status.BANNED,
    ),
    Claim(
        key="seed/2",
        line=ATACMS,
        status=Status.BANNED,
        act=Act.REAFFIRMS,
        attribution=Attribution.ANONYMOUS_OFFICIAL,
        effective=parse_day("2024-05"),
        published=parse_day("2024-05"),
    ),
)
"""The claims of the dispatch of May 2024 that is dated to the month."""


@cache
def _claims() -> dict[tuple[str, str], list[Claim]]:
    pairs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for starter in load_starter_claims():
        pairs[starter.claim.line.supplier, starter.claim.line.recipient].append(starter.claim)
    return dict(pairs)


def claims_of(supplier: str, recipient: str) -> list[Claim]:
    """The claims of the starter record on one supplier and recipient."""
    return list(_claims()[supplier, recipient])


@cache
def _record(supplier: str, extra: tuple[Claim, ...] = ()) -> Record:
    return derive([*_claims()[supplier, "UA"], *extra], weapons=TREE)


def _rules(supplier: str, extra: tuple[Claim, ...] = ()) -> Rules:
    return Rules(_record(supplier, extra).positions, TREE, territory="RU")


def _use(supplier: str, weapon: str, day: str, extra: tuple[Claim, ...] = ()) -> Answer:
    return _rules(supplier, extra).use(weapon, date.fromisoformat(day))


def _stated(position: Position | None, day: str) -> set[tuple[str, str]]:
    """The limits that hold on a day; an area with its role."""
    assert position
    return {
        (limit.area_role or limit.kind, limit.value)
        for limit in position.limits
        if limit.holds_from <= date.fromisoformat(day)
    }


USE = [
    ("US", "any", "2024-05-29", "banned", "any"),
    ("US", "any", "2024-06-01", "conditional", "any"),
    ("US", "atacms", "2024-06-02", "banned", "atacms"),
    ("US", "himars", "2024-06-02", "conditional", "any"),
    ("US", "himars", "2023-06-02", "banned", "himars"),
    ("US", "atacms", "2023-12-01", "banned", "any"),
    ("US", "atacms", "2024-11-16", "banned", "atacms"),
    ("US", "atacms", "2024-11-18", "conditional", "atacms"),
    ("GB", "storm_shadow", "2024-09-15", "banned", "storm_shadow"),
    ("FR", "scalp", "2024-11-19", "conditional", "scalp"),
    ("DE", "any", "2022-04-01", "unstated", "any"),
    ("DE", "any", "2023-03-01", "banned", "any"),
    ("DE", "any", "2024-06-01", "conditional", "any"),
    ("DK", "f16", "2024-06-01", "allowed", "f16"),
    ("NL", "f16", "2024-06-01", "allowed", "f16"),
    ("BE", "f16", "2024-06-01", "banned", "f16"),
]


@pytest.mark.parametrize(("supplier", "weapon", "day", "status", "level"), USE)
def test_the_rule_of_use(supplier: str, weapon: str, day: str, status: str, level: str) -> None:
    answer = _use(supplier, weapon, day)
    assert (answer.status, answer.level) == (status, level)


@pytest.mark.parametrize(("weapon", "day", "status", "level"), [case[1:] for case in USE if case[0] == "US"])
def test_the_dispatch_of_may_2024_changes_no_answer(weapon: str, day: str, status: str, level: str) -> None:
    answer = _use("US", weapon, day, SEED)
    assert (answer.status, answer.level) == (status, level)


@pytest.mark.parametrize("extra", [(), SEED], ids=["starter", "with the dispatch of May 2024"])
def test_the_turn_of_may_2024_starts_on_the_30th(extra: tuple[Claim, ...]) -> None:
    position = _use("US", "any", "2024-06-01", extra).position
    assert position
    assert (position.starts.edtf, position.first_day) == ("2024-05-30", date(2024, 5, 30))
    assert not position.open_start


def test_the_limits_of_may_2024() -> None:
    position = _use("US", "any", "2024-06-01").position
    assert position
    stated = _stated(position, "2024-06-01")
    assert stated >= {("defended", "UA-63"), ("condition", "counter_fire"), ("condition", "no_deep_strike")}
    assert [limit.value for limit in position.limits if limit.kind is LimitKind.AREA] == ["UA-63"]


def test_the_dispatch_of_may_2024_joins_what_is_known() -> None:
    before, after = _record("US"), _record("US", SEED)
    turn = _use("US", "any", "2024-06-01", SEED).position
    ban = _use("US", "atacms", "2024-06-02", SEED).position
    assert turn
    assert ban
    assert "seed/1" in turn.evidence
    assert "seed/2" in ban.evidence
    assert len(before.positions) == len(after.positions)
    assert before.stretches == after.stretches


def test_atacms_were_supplied_in_december_2023() -> None:
    answer = _rules("US").supply("atacms", date(2023, 12, 1))
    assert (answer.status, answer.level) == ("supplied", "atacms")


def test_the_ban_of_2022_on_himars_ended_with_the_general_one() -> None:
    line = GENERAL._replace(weapon="himars")
    bans = [item for item in _record("US").positions if item.line == line and item.status is Status.BANNED]
    assert [(ban.until, "9" in ban.rules) for ban in bans] == [(date(2024, 5, 30), True)]


def test_the_permission_of_november_2024_is_for_targets_in_kursk() -> None:
    position = _use("US", "atacms", "2024-11-18").position
    assert ("target", "RU-KRS") in _stated(position, "2024-11-18")


def test_atacms_were_used_in_bryansk_on_the_19th() -> None:
    used = [
        mark
        for mark in load_starter_marks()
        if (mark.act, mark.supplier, mark.weapon, mark.day.edtf) == (Act.USED, "US", "atacms", "2024-11-19")
    ]
    assert [mark.areas for mark in used] == [("RU-BRY",)]


def test_storm_shadow_was_contested_from_11_to_13_september_2024() -> None:
    line = Line("GB", Role.SUPPLIER, "UA", "storm_shadow", Track.USE, "RU")
    autumn = [item for item in _record("GB").stretches if item.line == line and item.first.month > 8]
    assert [(item.first, item.until, item.standing, item.outcome) for item in autumn] == [
        (date(2024, 9, 11), date(2024, 9, 14), Status.BANNED, Outcome.WITHDRAWN)
    ]


def test_the_retracted_line_of_17_november_2024_counts_for_nothing() -> None:
    retracted = [claim for claim in _claims()["FR", "UA"] if claim.retracted]
    shown = {key for position in _record("FR").positions for key in position.evidence}
    assert [(claim.line.weapon, claim.effective.edtf) for claim in retracted] == [("scalp", "2024-11-17")]
    assert shown.isdisjoint(claim.key for claim in retracted)


def test_german_arms_were_supplied_in_april_2022() -> None:
    assert _rules("DE").supply("any", date(2022, 4, 1)).status is Status.SUPPLIED


def test_belgian_f16_stay_inside_ukraine() -> None:
    position = _use("BE", "f16", "2024-06-01").position
    assert _stated(position, "2024-06-01") == {(LimitKind.CONDITION, Condition.OWN_TERRITORY_ONLY)}


@pytest.mark.parametrize("weapon", ["any", "atacms", "himars", "patriot", "javelin"])
def test_us_deliveries_were_paused_on_5_march_2025(weapon: str) -> None:
    answer = _rules("US").supply(weapon, date(2025, 3, 5))
    assert (answer.status, answer.level) == ("withheld", "any")
    assert ("condition", "temporary") in _stated(answer.position, "2025-03-05")


@pytest.mark.parametrize("weapon", ["any", "atacms", "himars"])
def test_the_pause_of_march_2025_left_the_rules_of_use_untouched(weapon: str) -> None:
    assert _use("US", weapon, "2025-03-05") == _use("US", weapon, "2025-03-02")
    assert _use("US", weapon, "2025-03-05").status is Status.CONDITIONAL


def test_what_each_supplier_lets_ukraine_do_on_1_june_2024() -> None:
    counted: dict[str, list[str]] = defaultdict(list)
    for supplier, recipient in sorted(_claims()):
        position = _general_rule(supplier) if recipient == "UA" else None
        if position and position.status.level:
            counted[position.status].append(supplier)
    assert dict(counted) == {
        "allowed": ["CA", "CZ", "DK", "EE", "FI", "GB", "LT", "LV", "NL", "NO", "PL", "PT", "SE"],
        "conditional": ["DE", "FR", "US"],
        "banned": ["BE", "ES", "IT"],
    }


def _general_rule(supplier: str) -> Position | None:
    line = Line(supplier, Role.SUPPLIER, "UA", "any", Track.USE, "RU")
    found = (item for item in _record(supplier).positions if item.line == line and item.covers(date(2024, 6, 1)))
    return next(found, None)


def test_the_starter_record_is_of_the_size_that_the_rules_were_tried_at() -> None:
    records = [derive(claims, weapons=TREE) for claims in _claims().values()]
    positions = [position for record in records for position in record.positions]
    contested = [position for position in positions if position.contested]
    provisional = [position for position in positions if position.provisional]
    print(f"{len(positions)} positions, {len(contested)} contested, {len(provisional)} provisional")  # noqa: T201
    assert 200 <= len(positions) <= 260
    assert 1 <= len(contested) <= 10
    assert 20 <= len(provisional) <= 35
    assert _suppliers(positions) == 30


def _suppliers(positions: Iterable[Position]) -> int:
    return len({position.line.supplier for position in positions})
