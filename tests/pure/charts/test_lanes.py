"""Which bars stand on one line of the chart, in which order, and under which name."""

import pytest

from dashboard.charts.lanes import GROUP_GAP, in_order, lanes_of, lines_of, sheets_of
from restrictions.domain.vocabulary import Role, Status
from restrictions.queries.bars import TimelineBar
from tests.pure.charts.bars import bar

ROWS = [
    bar(weapon="atacms"),
    bar("2024-06-17", status=Status.CONDITIONAL),
    bar("2024-05-30", "2024-06-17"),
    bar(supplier="EE", status=Status.ALLOWED),
    bar(supplier="ES"),
]


def labels(**asked: str) -> list[str]:
    return [lane.label for lane in lanes_of(ROWS, **asked)]


def test_a_line_holds_the_bars_of_one_supplier_and_weapon_in_the_order_of_days() -> None:
    lane = next(lane for lane in lanes_of(ROWS) if lane.label == "United States")
    assert [one.starts.edtf for one in lane.bars] == ["2024-05-30", "2024-06-17"]


def test_suppliers_that_permit_most_come_first_and_the_general_rule_before_single_weapons() -> None:
    assert labels() == ["Estonia", "United States", "ATACMS", "Spain"]


def test_names_can_order_the_suppliers_instead() -> None:
    assert labels(order="name") == ["Estonia", "Spain", "United States", "ATACMS"]


def test_grouped_by_weapon_the_general_rule_comes_first_and_a_line_names_its_supplier() -> None:
    assert labels(by="weapon") == ["All weapons · Estonia", "Spain", "United States", "ATACMS · United States"]


def test_a_line_can_be_named_in_full_where_its_group_is_out_of_sight() -> None:
    assert [lane.full_label for lane in lanes_of(ROWS)][2] == "United States · ATACMS"


def test_groups_are_set_apart() -> None:
    ys = [lane.y for lane in lanes_of(ROWS)]
    assert ys == pytest.approx([0, 1 + GROUP_GAP, 2 + GROUP_GAP, 3 + 2 * GROUP_GAP])


def test_a_consent_stands_below_the_rules_of_the_state_and_says_what_it_is() -> None:
    consent = bar(weapon="any", role=Role.CONSENT, role_words="must agree", status=Status.ALLOWED)
    lanes = lanes_of([consent, bar(weapon="atacms")])
    assert [lane.label for lane in lanes] == ["United States · ATACMS", "All weapons (must agree)"]


def test_a_status_without_a_level_comes_last() -> None:
    silent = bar(supplier="FR", status=Status.UNDISCLOSED)
    assert [lane.label for lane in lanes_of([silent, bar(supplier="ES")])] == ["Spain", "France"]


def test_on_the_supply_track_what_is_handed_over_stands_above_what_is_refused() -> None:
    refused, supplied = bar(supplier="ES", status=Status.WITHHELD), bar(supplier="FR", status=Status.SUPPLIED)
    assert [lane.label for lane in lanes_of([refused, supplied])] == ["France", "Spain"]


def test_a_name_too_long_for_its_place_is_cut() -> None:
    (lane,) = lanes_of([bar(supplier_name="A" * 20, weapon="x", weapon_name="B" * 20)])
    assert lane.label == f"{'A' * 20} · {'B' * 8}…"
    assert lane.full_label.endswith("B" * 20)


def test_what_looks_like_markup_in_a_name_is_text() -> None:
    assert lanes_of([bar(supplier_name="<b>X</b>")])[0].label == "&lt;b&gt;X&lt;/b&gt;"


def positions_of(sheets: list[list[TimelineBar]]) -> list[list[int]]:
    return [[one.position for one in sheet] for sheet in sheets]


def test_a_sheet_ends_before_a_group_that_it_cannot_hold_and_cuts_one_that_none_can() -> None:
    rows = [bar("2024-01-01", position=1, supplier="EE", status=Status.ALLOWED)]
    rows += [bar(f"2024-0{month}-01", position=10 + month) for month in range(1, 6)]
    groups = in_order(lines_of(rows))
    assert positions_of(sheets_of(groups, most=6)) == [[1, 11, 12, 13, 14, 15]]
    assert positions_of(sheets_of(groups, most=5)) == [[1], [11, 12, 13, 14, 15]]
    assert positions_of(sheets_of(groups, most=2)) == [[1], [11, 12], [13, 14], [15]]
    assert sheets_of([]) == [[]]
