"""The timeline on the whole starter record: chart, table, rows, parameters, queries."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.site.reading.memory import first_queries_of, queries_of

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/timeline/{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(f"/timeline.json{query}").content)["rows"]
    return found


def on(found: list[dict[str, Any]], day: str) -> dict[str, Any]:
    """The one row that answers for a day."""
    (row,) = [
        row for row in found if row["starts_latest"] <= day and (row["ends_latest"] is None or day < row["ends_latest"])
    ]
    return row


def test_the_lead_counts_suppliers_by_their_general_rule(client: Client) -> None:
    said = page(client, "?on=2024-06-01").replace("\N{NO-BREAK SPACE}", " ")
    assert "On 1 June 2024, of 19 suppliers whose rule for use in Russia is known, 13 state no limit" in said
    assert "beyond the law of war, 3 allow it within limits and 3 do not allow it." in said


def test_the_table_holds_every_row_of_the_chart(client: Client) -> None:
    said = page(client)
    assert said.count('<tr role="row"') - 1 == len(rows(client)) > 90
    for supplier in ("Australia", "Estonia", "United Kingdom", "Portugal", "Sweden"):
        assert f'scope="row">{supplier}' in said


def test_the_figure_is_data_in_the_page_and_not_a_script(client: Client) -> None:
    said = page(client)
    (block,) = re.findall(r'<script type="application/json" id="timeline-figure">(.*?)</script>', said, re.DOTALL)
    payload = json.loads(block)
    assert {trace["type"] for trace in payload["figure"]["data"]} == {"bar", "scatter"}
    assert payload["narrow"]["height"] > payload["figure"]["layout"]["height"]
    assert payload["dark"]["#fcfbf8"] == "#16181b"
    assert "<script>" not in said
    assert "style=" not in said


def test_suppliers_and_weapons_can_be_chosen_and_repeated(client: Client) -> None:
    found = rows(client, "?supplier=US&supplier=GB&weapon=storm_shadow&weapon=atacms")
    assert {(row["supplier"], row["weapon"]) for row in found} == {
        ("US", "atacms"),
        ("US", "storm_shadow"),
        ("GB", "storm_shadow"),
    }


def test_atacms_follows_the_general_rule_until_it_has_one_of_its_own(client: Client) -> None:
    found = rows(client, "?supplier=US&weapon=atacms")
    before, own = on(found, "2023-12-01"), on(found, "2024-06-02")
    assert (before["status"], before["answered_by"]) == ("banned", "any")
    assert (own["status"], own["answered_by"]) == ("banned", "own")
    assert on(found, "2024-11-18")["status"] == "conditional"


def test_himars_falls_back_to_the_general_rule_when_its_own_ban_ended(client: Client) -> None:
    row = on(rows(client, "?supplier=US&weapon=himars"), "2024-06-02")
    assert (row["status"], row["answered_by"]) == ("conditional", "any")


def test_a_weapon_asked_for_shows_what_the_wider_rule_answers(client: Client) -> None:
    found = rows(client, "?supplier=DE&weapon=leopard2")
    assert {row["answered_by"] for row in found} <= {"any", "armour", "own"}
    assert on(found, "2024-07-01")["answered_by"] == "any"


def test_contested_days_stand_on_the_bar_with_both_sides(client: Client) -> None:
    row = on(rows(client, "?supplier=GB&weapon=storm_shadow"), "2024-09-15")
    assert row["status"] == "banned"
    assert row["contested"]
    assert "Sources disagree" in row["contested"][0]["sentence"]


def test_a_consent_is_a_line_of_its_own(client: Client) -> None:
    found = rows(client, "?supplier=US&weapon=storm_shadow")
    assert {row["role"] for row in found} == {"consent"}
    assert "must agree" in page(client, "?supplier=US&weapon=storm_shadow")


def test_the_supply_track_has_its_own_words(client: Client) -> None:
    found = rows(client, "?track=supply&supplier=US")
    assert {row["status"] for row in found} <= {"supplied", "withheld", "undisclosed"}
    said = page(client, "?track=supply")
    assert "are recorded as handing over arms" in said
    assert "against targets in Russia" not in said


def test_days_leave_out_what_lies_outside(client: Client) -> None:
    found = rows(client, "?supplier=US&weapon=any&from=2024-06-01&to=2024-06-10")
    assert [row["starts"] for row in found] == ["2024-05-30"]


def test_a_choice_without_rows_says_what_to_do(client: Client) -> None:
    said = page(client, "?supplier=JP")
    assert "nothing is recorded, not that nothing holds" in said
    assert "Show everything for this recipient" in said
    assert "timeline-figure" not in said


def test_another_recipient_takes_its_main_territory(client: Client) -> None:
    assert "Israel" in page(client, "?recipient=IL")


def test_grouping_by_weapon_puts_the_general_rule_first(client: Client) -> None:
    said = page(client, "?group=weapon&sort=name")
    (block,) = re.findall(r'id="timeline-figure">(.*?)</script>', said, re.DOTALL)
    labels = json.loads(block)["figure"]["layout"]["yaxis2"]["ticktext"]
    assert labels[0].startswith("All weapons · ")


@pytest.mark.parametrize(
    ("query", "name", "takes"),
    [
        ("recipient=XX", "recipient", "such as UA"),
        ("supplier=us", "supplier", "such as US"),
        ("weapon=railgun", "weapon", "such as atacms"),
        ("track=both", "track", "“use” or “supply”"),
        ("territory=Russia", "territory", "such as RU"),
        ("group=class", "group", "“supplier” or “weapon”"),
        ("sort=date", "sort", "“rule” or “name”"),
        ("on=2024-02-30", "on", "such as 2024-06-01"),
        ("on=20240601", "on", "such as 2024-06-01"),
        ("on=0001-01-01", "on", "from 1990 to 2100"),
        ("on=2099-01-01", "on", "not in the future"),
        ("from=May", "from", "such as 2024-06-01"),
        ("from=2024-06-01&to=2024-05-01", "to", "not before"),
        ("on=2024-06-01&on=2024-06-02", "on", "one value only"),
        ("weapn=atacms", "weapn", "no such parameter"),
        ("weapon=%00", "weapon", "such as atacms"),
    ],
)
def test_a_bad_value_is_refused_by_name(client: Client, query: str, name: str, takes: str) -> None:
    response = client.get(f"/timeline/?{query}")
    assert response.status_code == 400
    said = response.content.decode()
    assert f"“{name}” is not understood" in said
    assert takes in said
    for kind in ("csv", "json"):
        refused = client.get(f"/timeline.{kind}?{query}")
        assert refused.status_code == 400
        assert refused.json()["error"]["parameter"] == name


def test_a_form_field_left_alone_counts_as_not_given(client: Client) -> None:
    asked, plain = page(client, "?on=&supplier=&weapon=atacms&territory="), page(client, "?weapon=atacms")
    assert asked.split("<main", 1)[1] == plain.split("<main", 1)[1]


def test_csv_has_the_same_rows_as_json(client: Client) -> None:
    query = "?supplier=US&supplier=FR"
    response = client.get(f"/timeline.csv{query}")
    assert response.headers["Content-Type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(b"".join(response).decode())))
    assert [line["position"] for line in lines] == [str(row["position"]) for row in rows(client, query)]


def test_the_page_links_to_the_rows_of_exactly_this_view(client: Client) -> None:
    said = page(client, "?weapon=atacms&supplier=US&on=2024-06-01")
    assert "/timeline.csv?territory=RU&amp;supplier=US&amp;weapon=atacms&amp;on=2024-06-01" in said


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client) -> None:
    for count in (queries_of, first_queries_of):
        assert count(client, "/timeline/") == count(client, "/timeline/?supplier=EE") <= 10


def test_only_reading_is_allowed(client: Client) -> None:
    for address in ("/", "/timeline/", "/timeline.csv", "/timeline.json", "/positions/1/"):
        assert client.post(address).status_code == 405


def test_the_page_can_be_read_in_french(client: Client) -> None:
    said = client.get("/fr/timeline/?supplier=US").content.decode()
    assert '<html lang="fr">' in said
    assert "États-Unis" in said


def test_no_text_of_the_pages_is_left_without_its_french(client: Client) -> None:
    said = client.get("/fr/timeline/?supplier=DE").content.decode()
    for english in ("Long-range", "Signs of doubt", "nothing later", "Choose what", "The same rows", "claims,"):
        assert english not in said, english
    assert "Armes à longue portée" in said
    assert "Conditions\N{NO-BREAK SPACE}: autour de Kharkiv uniquement" in said
