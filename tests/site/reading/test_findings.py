"""The sentence above a chart: what the rows say on a day."""

from datetime import date

import pytest

from dashboard.charts.lanes import lines_of
from dashboard.findings import Levels, levels, rows_finding
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.queries.bars import TimelineBar
from tests.pure.charts.bars import bar

DAY = date(2024, 6, 1)


def said(*rows: TimelineBar, day: date = DAY) -> str:
    return rows_finding(rows, day=day).replace("\N{NO-BREAK SPACE}", " ")


def test_suppliers_are_counted_by_their_general_rule() -> None:
    rows = [
        bar(supplier="EE", status=Status.ALLOWED),
        bar(supplier="FR", status=Status.CONDITIONAL),
        bar(supplier="ES"),
        bar(supplier="US", weapon="atacms", status=Status.ALLOWED),
    ]
    assert said(*rows) == (
        "On 1 June 2024, of 3 suppliers whose rule for use in Russia is known,"
        " 1 states no limit beyond the law of war, 1 allows it within limits and 1 does not allow it."
    )


def test_one_weapon_alone_is_counted_by_its_own_rules() -> None:
    rows = [bar(supplier=code, weapon="f16") for code in ("DK", "NL")]
    assert said(*rows) == (
        "On 1 June 2024, of 2 suppliers whose rule for use in Russia is known (F16), 2 do not allow it."
    )


def test_one_known_rule_among_several_suppliers_is_said_in_the_singular() -> None:
    rows = [bar(supplier="EE"), bar("2024-11-01", supplier="FR")]
    assert said(*rows).startswith("On 1 June 2024, the one supplier whose rule is known for use in Russia: 1 does not")


def test_no_known_rule_is_said_as_such() -> None:
    rows = [bar("2024-11-01", supplier="EE"), bar("2024-11-01", supplier="FR")]
    assert said(*rows) == "On 1 June 2024, no supplier's general rule is known."
    assert said() == "The record holds nothing for this choice."


def test_a_single_line_is_said_in_its_own_sentence() -> None:
    rows = [bar("2024-01-01", "2024-05-30"), bar("2024-05-30", status=Status.ALLOWED)]
    assert said(*rows) == "No stated limit, says the sentence."
    assert said(*rows, day=date(2024, 2, 1)) == "Not allowed, says the sentence."


def test_a_single_supplier_is_said_by_its_general_rule() -> None:
    assert said(bar(status=Status.ALLOWED), bar(weapon="atacms")) == "No stated limit, says the sentence."


def test_a_day_before_anything_is_known_is_not_given_the_last_answer() -> None:
    words = said(bar("2024-05-30"), day=date(2023, 1, 1))
    assert words == "On 1 January 2023, no rule is known; the last one known: Not allowed, says the sentence."


def test_the_supply_track_counts_those_who_hand_over_and_those_who_refuse() -> None:
    rows = [
        bar(supplier="EE", track=Track.SUPPLY, territory="", status=Status.SUPPLIED),
        bar(supplier="FR", track=Track.SUPPLY, territory="", status=Status.WITHHELD),
        bar("2024-11-01", supplier="ES", track=Track.SUPPLY, territory="", status=Status.WITHHELD),
    ]
    assert said(*rows) == "On 1 June 2024, 1 supplier is recorded as handing over arms, 1 as refusing some."


@pytest.mark.parametrize(
    "row", [bar(role=Role.CONSENT), bar(weapon="atacms"), bar("2024-07-01"), bar(status=Status.UNDISCLOSED)]
)
def test_consents_other_weapons_other_days_and_silences_are_not_counted(row: TimelineBar) -> None:
    assert levels(lines_of([row]), day=DAY) == Levels(0, 0, 0)


def test_inside_an_imprecise_start_the_former_rule_is_counted() -> None:
    rows = [bar("2024-01-01", "2024-05"), bar("2024-05", status=Status.ALLOWED)]
    assert levels(lines_of(rows), day=date(2024, 5, 15)) == Levels(0, 0, 1)
    assert levels(lines_of(rows), day=date(2024, 5, 31)) == Levels(1, 0, 0)
