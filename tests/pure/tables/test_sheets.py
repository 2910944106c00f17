"""Tables in and out: what is written is read again to the letter, and what would harm is refused in a sentence."""

import io
import json
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from restrictions.domain.unreadable import Unreadable
from restrictions.queries.tables import sheets
from restrictions.queries.tables.sheets import Sheet, csv_sheet, form_of, json_sheet, read_sheet, xlsx_sheet

COLUMNS = ("id", "said")


def written(form: str, rows: list[tuple[str, str]]) -> bytes:
    if form == "xlsx":
        return xlsx_sheet(COLUMNS, rows)
    return "".join((csv_sheet if form == "csv" else json_sheet)(COLUMNS, rows)).encode()


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [tuple(row.cells[column] for column in sheet.columns) for row in sheet.rows]


def refusal(raw: bytes, form: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read_sheet(raw, form)
    return str(refused.value)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
HARD = ["=1+1", "'=1+1", "+33", "-1", "@x", "\tx", "a\r\nb", "_x000D_", 'a"b;c,d', "'", " pad ", "a\vb", "'quoted'"]


@pytest.mark.parametrize("form", sheets.FORMS)
def test_what_is_written_is_read_again(form: str) -> None:
    rows = [(f"k{at}", text) for at, text in enumerate(HARD)]
    assert cells(read_sheet(written(form, rows), form)) == rows


@settings(max_examples=30)
@given(TEXT, st.sampled_from(["xlsx", "json"]))
def test_any_text_survives(text: str, form: str) -> None:
    assert cells(read_sheet(written(form, [("k", text)]), form)) == [("k", text)]


@given(TEXT)
def test_guarding_is_undone(text: str) -> None:
    assert sheets.unguarded(sheets.guarded(text)) == text


def test_no_cell_is_a_formula() -> None:
    assert "\r\nk,'=cmd|x\r\n" in written("csv", [("k", "=cmd|x")]).decode()
    page = load_workbook(io.BytesIO(written("xlsx", [("k", "=cmd|x")]))).worksheets[0]
    assert (page["B2"].value, page["B2"].data_type) == ("'=cmd|x", "s")


def test_an_empty_table_is_written_and_read() -> None:
    assert read_sheet(written("csv", []), "csv") == Sheet(COLUMNS, ())
    assert json.loads(written("json", [])) == []


def test_what_a_spreadsheet_makes_of_cells_is_text_again() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["id", "said", None])
    for value in (datetime(2024, 5, 30), datetime(2024, 5, 30, 4), date(2024, 5, 30), 40.0, 1.5, True, False):  # noqa: DTZ001
        page.append(["k", value])
    page.append([None, None])
    buffer = io.BytesIO()
    book.save(buffer)
    said = [row[1] for row in cells(read_sheet(buffer.getvalue(), "xlsx"))]
    assert said == ["2024-05-30", "2024-05-30T04:00:00", "2024-05-30", "40", "1.5", "yes", ""]


def test_semicolons_and_tabs_part_cells_too_and_short_rows_are_filled() -> None:
    assert cells(read_sheet(b"id;said\nk;a,b\n\nl\n", "csv")) == [("k", "a,b"), ("l", "")]
    assert cells(read_sheet("id\tsaid\nk\té".encode("utf-16"), "csv")) == [("k", "é")]


def test_a_broken_row_stops_no_other() -> None:
    found = read_sheet(b'id,said\nk,1,2\nl,"x"y\nm,3\n', "csv").rows
    assert [bool(row.fault) for row in found] == [True, True, False]
    assert [row.line for row in found] == [2, 3, 4]
    listed = read_sheet(b'[{"id": "k", "said": [1]}, {"id": "l", "said": null}]', "json").rows
    assert "list" in listed[0].fault
    assert listed[1].cells == {"id": "l", "said": ""}
    assert "character" in read_sheet(b'[{"id": "\\ud800"}]', "json").rows[0].fault


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * 70_000_000)
    return buffer.getvalue()


def far_cell() -> bytes:
    """A table whose second row says that it is the millionth."""
    raw, buffer = written("xlsx", [("k", "x")]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'<row r="2"', b'<row r="1048576"'))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "form", "sentence"),
    [
        (b"x" * 50_000_000, "csv", "larger than 10 MB"),
        (bomb(), "xlsx", "60 MB when unpacked"),
        (b"PK\x03\x04 nothing", "xlsx", "no XLSX table"),
        (b"id,said", "xlsx", "no XLSX table"),
        (written("xlsx", []), "csv", "zip archive or an office document"),
        ("id,said\nk,né".encode("latin-1"), "csv", "UTF-8"),
        ("id,said\nk,l’été a été décidé à Orléans".encode().decode("cp1252").encode(), "csv", "Windows-1252"),
        (b"", "csv", "empty"),
        (b",,", "csv", "empty"),
        (b'"id', "csv", "empty"),
        (b"id,id\n1,2", "csv", "Two columns bear one name"),
        (b",".join(b"c%d" % at for at in range(101)), "csv", "more than 100 columns"),
        (b"id\n" + b"k\n" * 20_001, "csv", "more than 20,000 rows"),
        (b"[" * 100_000, "json", "no JSON"),
        (b'{"id": 1}', "json", "array of objects"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_harm_or_lie_are_refused(raw: bytes, form: str, sentence: str) -> None:
    assert sentence in refusal(raw, form)


def test_rows_far_below_are_not_made_up() -> None:
    assert "more than 20,000 rows" in refusal(far_cell(), "xlsx")


def test_a_long_cell_is_no_cell_of_xlsx() -> None:
    with pytest.raises(Unreadable, match="too long for XLSX"):
        written("xlsx", [("k", "x" * 32_768)])


def test_the_name_says_the_form() -> None:
    assert form_of("Claims.XLSX") == "xlsx"
    with pytest.raises(Unreadable, match=r"neither in \.csv"):
        form_of("claims.pdf")
