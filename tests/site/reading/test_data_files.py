"""The record as files: every dataset in every form, by every clock, the same rows in each."""

import csv
import io
import json
from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from restrictions.actions.claims import undo_decision
from restrictions.domain.clock import Clock
from restrictions.domain.datasets import DATASETS, POSITIONS, SOURCES, STORED
from restrictions.models import Claim
from restrictions.queries.datasets import Wanted, dataset_rows
from tests.record.backdating import days_ago, set_back
from tests.record.rows import claim_row, make_curator

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def body(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200, response.content
    return b"".join(response)


def lines_of(address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(address).decode(), newline="")))


def test_every_dataset_has_its_columns_and_rows_in_the_order_of_its_key() -> None:
    for dataset in DATASETS.values():
        found = lines_of(f"/data/{dataset.name}.csv?on=2024-06-01" if dataset.of_a_day else f"/data/{dataset.name}.csv")
        numbers = {column.name for column in dataset.columns if column.kind == "number"}
        keys = [tuple(int(row[name]) if name in numbers else row[name] for name in dataset.key) for row in found]
        assert keys == sorted(keys), dataset.name
        assert len(set(keys)) == len(keys), dataset.name
        assert not found or tuple(found[0]) == dataset.names
        assert found or dataset.name in ("agreement", "coder-scores")


def test_lines_and_json_say_the_same_and_say_it_twice() -> None:
    for name in ("positions", "claims", "sources", "events"):
        lines = [json.loads(line) for line in body(f"/data/{name}.ndjson").splitlines()]
        whole = json.loads(body(f"/data/{name}.json"))
        assert whole["rows"] == lines
        assert (whole["dataset"], tuple(lines[0])) == (name, DATASETS[name].names)
        assert body(f"/data/{name}.csv") == body(f"/data/{name}.csv")
        assert len(lines) == len(lines_of(f"/data/{name}.csv"))


def test_files_come_where_queries_are_noted_down_too() -> None:
    with CaptureQueriesContext(connection):
        assert body("/data/countries.csv").startswith(b"country,")
        assert body("/data/countries.parquet").startswith(b"PAR1")


def test_parquet_and_sheets_hold_the_same_rows() -> None:
    lines = [json.loads(line) for line in body("/data/positions.ndjson").splitlines()]
    table = pq.read_table(io.BytesIO(body("/data/positions.parquet")))
    assert table.column_names == list(POSITIONS.names)
    assert [row["evidence"] for row in table.to_pylist()] == [line["evidence"] for line in lines]
    assert str(table.column("starts_latest")[0]) == lines[0]["starts_latest"]
    page = load_workbook(io.BytesIO(body("/data/positions.xlsx")), read_only=True).worksheets[0]
    cells = list(page.iter_rows(values_only=True))
    assert len(cells) == len(lines) + 1
    assert cells[1][:3] == (lines[0]["position"], lines[0]["supplier"], lines[0]["role"])


def test_what_is_followed_from_positions_is_what_the_database_stores() -> None:
    today = days_ago(0)
    ever = Wanted(today, Clock(reported=today))
    for dataset in (POSITIONS, SOURCES):
        derived = {row[: -1 if dataset is POSITIONS else None] for row in map(_hashable, dataset_rows(dataset, ever))}
        stored = {
            row[: -1 if dataset is POSITIONS else None] for row in map(_hashable, dataset_rows(dataset, Wanted(today)))
        }
        assert derived == stored, dataset.name


def _hashable(row: Any) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in row)


def test_the_record_of_a_past_day_stays_byte_for_byte() -> None:
    set_back(days=10)
    try:
        known = days_ago(5)
        names = [*(dataset.name for dataset in STORED), "spells", "events"]
        before = {name: body(f"/data/{name}.csv?known={known}") for name in names}
        undo_decision(
            claim=Claim.objects.accepted().values_list("pk", flat=True)[0], by=make_curator(), reason="A test"
        )
        after = {name: body(f"/data/{name}.csv?known={known}") for name in names}
        assert before == after
        assert before["claims"] != body("/data/claims.csv")
    finally:
        set_back(days=-10)


def test_a_clock_of_reports_knows_no_claim_of_later() -> None:
    rows = lines_of("/data/claims.csv?reported=2024-06-01")
    assert rows
    assert max(row["published_latest"] for row in rows) <= "2024-06-01"
    assert len(rows) < len(lines_of("/data/claims.csv"))
    assert {row["claim"] for row in lines_of("/data/sources.csv?reported=2024-06-01")} <= {row["claim"] for row in rows}


def test_one_day_of_the_panel_says_what_the_matrix_says() -> None:
    asked = "on=2024-06-01"
    matrix = json.loads(Client().get(f"/matrix.json?territory=RU&{asked}").content)["rows"]
    told = {(row["supplier"], row["weapon"]): row["status"] for row in matrix}
    panel = lines_of(f"/data/panel-days.csv?{asked}")
    ours = [row for row in panel if (row["recipient"], row["territory"]) == ("UA", "RU")]
    assert len(ours) > 40
    assert {(row["supplier"], row["weapon"]): row["status"] for row in ours}.items() <= told.items()
    us = next(row for row in ours if (row["supplier"], row["weapon"]) == ("US", "himars"))
    assert (us["status"], us["answered_by"], us["supply"], us["date"]) == (
        "conditional",
        "any",
        "supplied",
        "2024-06-01",
    )


def test_spells_say_what_was_not_seen() -> None:
    rows = lines_of("/data/spells.csv")
    assert {row["right_censored"] for row in rows} == {"yes", "no"}
    assert all(int(row["days"]) > 0 for row in rows)
    ended = next(row for row in rows if row["ended_by"])
    assert ended["right_censored"] == "no"
    assert date.fromisoformat(ended["last_day"]) < date.fromisoformat(ended["ends_latest"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/data/nothing.csv", 404),
        ("/data/positions.doc", 404),
        ("/data/positions.csv?on=yesterday", 400),
        ("/data/claims.csv?on=2024-06-01", 400),
        ("/data/agreement.csv?known=2024-06-01", 400),
        ("/data/agreement.csv?reported=2024-06-01", 400),
    ],
)
def test_what_is_not_there_is_refused(address: str, status: int) -> None:
    response = Client().get(address)
    assert response.status_code == status
    assert status == 404 or response.json()["error"]["parameter"] in address


def test_what_waits_or_was_withdrawn_is_not_told_and_no_body_is() -> None:
    told = lines_of("/data/claims.csv")
    claim_row("waits").save()
    claim_row("gone", decision="withdrawn", decision_reason="The coder says otherwise now.").save()
    assert lines_of("/data/claims.csv") == told
    assert {row["decision"] for row in lines_of("/data/claims.csv")} <= {"accepted", "rejected"}
    assert not {"body", "decided_by", "notes"} & {name for dataset in DATASETS.values() for name in dataset.names}
