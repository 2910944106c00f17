"""Every page's table in every form: the same rows as its CSV."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from django.test import Client
from openpyxl import load_workbook

from dashboard.urls import urlpatterns
from dashboard.views.forms import OTHER_FORMS
from restrictions.models import Position

pytestmark = [pytest.mark.usefixtures("small_record"), pytest.mark.django_db]

ADDRESSES = sorted(
    str(one.pattern).replace("suppliers/<slug:code>", "suppliers/us").replace("weapons/<slug:code>", "weapons/atacms")
    for one in urlpatterns
    if str(one.pattern).endswith(".csv")
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_table_has_the_same_rows_in_each_form(address: str) -> None:
    position = Position.objects.order_by("pk").values_list("pk", flat=True)[0]
    stem, client = f"/{address}".removesuffix(".csv").replace("<int:number>", str(position)), Client()
    answer = client.get(f"{stem}.csv")
    if answer.status_code != 200:  # it needs to be told what to compare
        assert client.get(f"{stem}.xlsx").status_code == answer.status_code
        return
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))
    found = {form: client.get(f"{stem}.{form}").getvalue() for form in OTHER_FORMS}
    assert [list(json.loads(line).values()) for line in found["ndjson"].splitlines()] == rows[1:]
    assert json.loads(found["json"])
    table = pq.read_table(io.BytesIO(found["parquet"]))
    assert (table.column_names, table.num_rows) == (rows[0], len(rows) - 1)
    page = load_workbook(io.BytesIO(found["xlsx"]), read_only=True).worksheets[0]
    assert [cell or "" for cell in next(page.iter_rows(values_only=True))] == rows[0]


def test_there_are_many() -> None:
    assert len(ADDRESSES) > 12
    assert len(set(ADDRESSES)) == len(ADDRESSES)


def test_a_packed_page_is_unpacked_and_a_seen_one_is_not_sent_again() -> None:
    client = Client(headers={"accept-encoding": "gzip"})
    client.get("/codebook.csv")
    answer = client.get("/codebook.ndjson")
    first = gzip_or_plain(answer.getvalue()).splitlines()[0]
    assert json.loads(first)["field"]
    assert client.get("/codebook.ndjson", headers={"if-none-match": answer["ETag"]}).status_code == 304


def gzip_or_plain(body: bytes) -> bytes:
    import gzip  # noqa: PLC0415

    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def test_a_parameter_that_is_not_understood_is_refused_in_json() -> None:
    answer = Client().get("/matrix.parquet?on=yesterday")
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == "on"
