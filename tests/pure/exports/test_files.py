"""Rows as files: the same in every form, nothing that a spreadsheet would run, and no more in memory than a group."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from dashboard.exports import files
from dashboard.exports.files import CONTENT_TYPES, GROUP, file_of, json_file, parquet_file
from restrictions.domain.datasets import Column, Kind

COLUMNS = (
    Column("number", Kind.NUMBER),
    Column("said", Kind.TEXT),
    Column("listed", Kind.LIST),
    Column("flag", Kind.FLAG),
    Column("date", Kind.DATE),
    Column("share", Kind.SHARE),
)
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "=SUM(A1)", ["a", "b"], True, date(2024, 5, 30), 0.5),
    (2, "é, “quoted”\nand more\x07", [], False, None, None),
)


def written(form: str, rows: Any = ROWS) -> bytes:
    return b"".join(file_of(form, COLUMNS, rows, {"dataset": "test"}))


def test_cells_are_text_and_none_is_a_formula() -> None:
    first, second = csv.DictReader(io.StringIO(written("csv").decode(), newline=""))
    assert first == {
        "number": "1",
        "said": "'=SUM(A1)",
        "listed": "a; b",
        "flag": "yes",
        "date": "2024-05-30",
        "share": "0.5",
    }
    assert (second["said"], second["flag"], second["date"]) == (ROWS[1][1], "no", "")


def test_a_number_below_zero_is_no_formula() -> None:
    (row,) = csv.DictReader(io.StringIO(written("csv", [(-7, "-7", ["-7"], None, None, -0.5)]).decode()))
    assert (row["number"], row["said"], row["listed"], row["share"]) == ("-7", "'-7", "'-7", "-0.5")


def test_lines_and_json_keep_text_and_lists_as_they_are() -> None:
    lines = [json.loads(line) for line in written("ndjson").splitlines()]
    assert [line["said"] for line in lines] == [row[1] for row in ROWS]
    assert lines[0]["listed"] == ["a", "b"]
    assert json.loads(written("json")) == {"dataset": "test", "rows": lines}


@pytest.mark.parametrize(
    "blocks", [[], [b""], [b'{"a":1}\n'], [b'{"a":', b'1}\n{"a":2}', b'\n{"a":3}\n'], [b'{"a":1}', b"\n"]]
)
def test_json_is_whole_however_its_lines_are_cut(blocks: list[bytes]) -> None:
    said = json.loads(b"".join(json_file(blocks, {})))
    assert said["rows"] == [{"a": number} for number in range(1, 1 + b"".join(blocks).count(b"\n"))]


def test_parquet_has_types_and_a_group_for_each_batch() -> None:
    table = pq.read_table(io.BytesIO(written("parquet")))
    assert table.to_pylist()[0] == dict(zip([column.name for column in COLUMNS], ROWS[0], strict=True))
    many = pq.ParquetFile(io.BytesIO(written("parquet", [ROWS[0]] * (GROUP + 1))))
    assert (many.num_row_groups, many.metadata.num_rows) == (2, GROUP + 1)
    assert written("parquet") == written("parquet")


def test_parquet_comes_out_before_all_rows_went_in() -> None:
    taken = 0

    def counted() -> Iterator[tuple[Any, ...]]:
        nonlocal taken
        for _ in range(3 * GROUP):
            taken += 1
            yield ROWS[0]

    assert next(parquet_file(COLUMNS, counted())).startswith(b"PAR1")
    assert taken == GROUP


def test_a_book_goes_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SHEET", 2)
    book = load_workbook(io.BytesIO(written("xlsx", [*ROWS, *ROWS[:1]])), read_only=True)
    sheets = [list(page.iter_rows(values_only=True)) for page in book.worksheets]
    assert [len(sheet) for sheet in sheets] == [3, 2]
    assert sheets[0][1] == (1, "'=SUM(A1)", "a; b", "yes", "2024-05-30", 0.5)
    assert sheets[0][2][1].endswith("more\ufffd")


@pytest.mark.parametrize("form", CONTENT_TYPES)
def test_no_rows_are_a_file_too(form: str) -> None:
    assert written(form, []) if form != "ndjson" else written(form, []) == b""
