"""The matrix on the whole starter record: cells, levels, kinds of nothing, days, downloads, parameters, queries."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/matrix/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def cells(client: Client, query: str) -> dict[tuple[str, str], dict[str, Any]]:
    found = json.loads(client.get(f"/matrix.json{query}").content)["rows"]
    return {(row["supplier"], row["weapon"]): row for row in found}


def told(cell: dict[str, Any]) -> tuple[str, str]:
    return cell["status"], cell["answered_by"]


def test_the_spot_checks_of_the_codebook(client: Client) -> None:
    found = cells(client, "?on=2024-06-02")
    assert told(found["US", "any"]) == ("conditional", "own")
    assert told(found["US", "atacms"]) == ("banned", "own")
    assert told(found["US", "himars"]) == ("conditional", "any")
    assert [found[code, "f16"]["status"] for code in ("DK", "NL", "BE")] == ["allowed", "allowed", "banned"]
    earlier = cells(client, "?on=2023-12-01")
    assert told(earlier["US", "atacms"]) == ("banned", "any")
    assert earlier["US", "atacms"]["supply"] == "supplied"
    assert cells(client, "?on=2022-04-01")["DE", "any"]["status"] == "unstated"


def test_a_consent_that_gives_less_is_what_binds(client: Client) -> None:
    cell = cells(client, "?on=2024-05-28")["DK", "f16"]
    assert (cell["status"], cell["binding"], cell["consents"]) == ("allowed", "banned", ["United States"])
    assert "binding: Not allowed" in page(client, "?on=2024-05-28")
    assert cells(client, "?on=2024-06-02")["DK", "f16"]["binding"] == ""


def test_a_refusal_of_a_class_does_not_reach_other_states_weapons(client: Client) -> None:
    found = cells(client, "?on=2025-10-01")
    assert (found["US", "long_range"]["supply"], found["US", "storm_shadow"]["supply"]) == ("withheld", None)


def test_nothing_looked_up_is_not_nothing_said(client: Client) -> None:
    found = cells(client, "?on=2024-06-01")
    assert (found["CA", "atacms"]["status"], found["CA", "atacms"]["label"]) == (None, "not looked up")
    assert "unstated" in {cell["status"] for cell in found.values()}
    said = page(client, "?on=2024-06-01")
    assert said.count('<td class="unchecked"><span class="unseen">not looked up</span></td>') > 100


def test_the_lead_counts_the_general_rules(client: Client) -> None:
    said = page(client, "?on=2024-06-01").replace("\N{NO-BREAK SPACE}", " ")
    assert "On 1 June 2024, of 19 suppliers whose rule for use in Russia is known, 13 state no limit" in said


def test_steps_lead_to_the_change_before_and_the_next(client: Client) -> None:
    said = page(client, "?on=2024-05-30")
    assert 'rel="prev"' in said
    assert 'rel="next"' in said
    last = page(client, "?on=2026-11-01")
    assert 'rel="prev"' in last


def test_htmx_gets_the_part_that_changes_and_its_history_the_whole(client: Client) -> None:
    part = page(client, "?on=2024-06-01", HX_Request="true")
    assert part.lstrip().startswith('<h1 id="finding" aria-live="polite" hx-swap-oob="true">')
    assert "<html" not in part
    assert "<html" in page(client, "?on=2024-06-01", HX_Request="true", HX_History_Restore_Request="true")
    assert "HX-Request" in client.get("/matrix/")["Vary"]


def test_the_file_has_the_cells_of_the_page(client: Client) -> None:
    response = client.get("/matrix.csv?on=2024-06-01")
    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))  # type: ignore[attr-defined]
    found = cells(client, "?on=2024-06-01")
    assert len(lines) == len(found) == page(client, "?on=2024-06-01").count("<td")
    himars = next(line for line in lines if (line["supplier"], line["weapon"]) == ("US", "himars"))
    assert (himars["status"], himars["answered_by"], himars["provisional"]) == ("conditional", "any", "no")
    assert response["Content-Disposition"] == 'attachment; filename="caveat-matrix-2024-06-01.csv"'


@pytest.mark.parametrize(
    ("query", "name"),
    [("on=2024-13-01", "on"), ("on=2090-01-01", "on"), ("recipient=XX", "recipient"), ("day=1", "day")],
)
def test_what_is_not_understood_is_refused_by_name(client: Client, query: str, name: str) -> None:
    assert f"“{name}”" in client.get(f"/matrix/?{query}").content.decode()
    for address in ("/matrix/", "/matrix.csv", "/matrix.json"):
        assert client.get(f"{address}?{query}").status_code == 400
    assert json.loads(client.get(f"/matrix.json?{query}").content)["error"]["parameter"] == name


def test_a_choice_with_nothing_says_so(client: Client) -> None:
    assert "No position fits this choice." in page(client, "?recipient=FR")


def test_queries_do_not_grow_with_the_matrix(client: Client) -> None:
    for warm in ("?recipient=AZ&on=2024-01-01", "?on=2024-01-01"):
        page(client, warm)
    with CaptureQueriesContext(connection) as small:
        page(client, "?recipient=AZ")
    with CaptureQueriesContext(connection) as large:
        page(client, "?recipient=UA")
    assert len(small) == len(large) <= 8


def test_names_with_an_accent_stand_where_people_look_for_them(client: Client) -> None:
    said = client.get("/fr/matrix/?on=2024-06-02").content.decode()
    names = re.findall(r'<th scope="row">([^<]+)', said)
    assert names.index("États-Unis") == names.index("France") - 1
