"""The rows as CSV and JSON: codes, days with their bounds, and nothing that a spreadsheet would run."""

import csv
import io
import json
from datetime import date
from typing import Any

from dashboard.exports.tables import COLUMNS, timeline_csv, timeline_json
from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import AreaRole, Status
from restrictions.queries.bars import LimitRow, SourceRow
from tests.pure.charts.bars import bar, contested

ROW = bar(
    "2024-05",
    "2024-11-17",
    status=Status.CONDITIONAL,
    provisional=True,
    contested=(contested(date(2024, 6, 2), None),),
    attributions=("named_official", "media"),
    announced=parse_day("2024-05-31"),
    first_used=parse_day("2024-06-01"),
)


def parsed(*rows: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(timeline_csv(rows)))))


def test_a_day_is_written_with_both_its_bounds() -> None:
    (line,) = parsed(ROW)
    assert (line["starts"], line["starts_earliest"], line["starts_latest"]) == ("2024-05", "2024-05-01", "2024-05-31")
    assert (line["ends"], line["ends_latest"]) == ("2024-11-17", "2024-11-17")
    assert (line["announced"], line["first_used"]) == ("2024-05-31", "2024-06-01")


def test_what_is_not_known_is_an_empty_cell_and_flags_are_words() -> None:
    (line,) = parsed(bar())
    assert line["ends"] == line["ends_latest"] == line["announced"] == line["practice"] == ""
    assert (line["open_start"], line["provisional"]) == ("no", "no")
    assert parsed(ROW)[0]["provisional"] == "yes"


def test_lists_stand_in_one_cell() -> None:
    limits = (
        LimitRow("area", "UA-63", "around Kharkiv only", date(2024, 5, 30), ("a",), AreaRole.DEFENDED),
        LimitRow("condition", "counter_fire", "as counter-fire", date(2024, 5, 30)),
    )
    sources = (SourceRow("One", "https://one.example/a"), SourceRow("", "", title="A letter"))
    row = bar(
        limits=limits,
        sources=sources,
        contested=(contested(date(2024, 6, 2), None),),
        attributions=("media", "document"),
    )
    (line,) = parsed(row)
    assert line["limits"] == "area:defended:UA-63; condition:counter_fire"
    assert line["sources"] == "https://one.example/a; A letter"
    assert line["contested"] == "Sources disagree."
    assert line["attributions"] == "media; document"


def test_the_header_stands_even_above_no_rows() -> None:
    assert "".join(timeline_csv([])).strip().split(",") == list(COLUMNS)


def test_no_cell_begins_like_a_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\tx"):
        assert parsed(bar(supplier_name=text))[0]["supplier_name"] == f"'{text}"


def test_json_keeps_lists_in_full_and_says_what_was_asked() -> None:
    said = json.loads(timeline_json([ROW], about={"query": "recipient=UA", "as_of": date(2024, 12, 1)}))
    assert said["query"] == "recipient=UA"
    assert said["as_of"] == "2024-12-01"
    (row,) = said["rows"]
    assert set(COLUMNS) == set(row)
    assert row["attributions"] == ["named_official", "media"]
    assert row["contested"][0]["challenger"] == "allowed"
    assert row["ends"] == "2024-11-17"
