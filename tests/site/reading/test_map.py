"""The map on the whole starter record: regions, limits, downloads, parameters, queries, and what is not recorded."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.site.reading.memory import first_queries_of, queries_of

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]

KURSK_ONLY = "?weapon=atacms&on=2024-11-18"
AROUND_KHARKIV = "?on=2024-06-01"


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/map/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def answer(client: Client, query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(f"/map.json{query}").content)
    return found


def regions(client: Client, query: str) -> dict[str, dict[str, Any]]:
    return {row["region"]: row for row in answer(client, query)["rows"]}


def test_a_permission_for_one_region_says_nothing_of_the_others(client: Client) -> None:
    found = regions(client, KURSK_ONLY)
    assert found["RU-KRS"]["status"] == "conditional"
    assert {row["status"] for code, row in found.items() if code != "RU-KRS"} == {None}
    assert "targets in Kursk only" in page(client, KURSK_ONLY)


def test_a_region_that_may_be_defended_is_outlined_and_far_ones_are_pale(client: Client) -> None:
    found = regions(client, AROUND_KHARKIV)
    assert (found["UA-63"]["defended"], found["UA-63"]["status"]) == (True, None)
    assert (found["RU-BEL"]["far"], found["RU-MOW"]["far"]) == (False, True)
    said = page(client, AROUND_KHARKIV)
    assert 'class="land defended"' in said
    assert 'class="area conditional far"' in said


def test_a_refusal_is_the_same_everywhere(client: Client) -> None:
    found = answer(client, "?supplier=DE&weapon=taurus&on=2024-06-01")
    assert found["status"] == "withheld"
    assert {row["status"] for row in found["rows"]} == {"withheld"}


def test_a_wider_rule_says_so(client: Client) -> None:
    assert answer(client, "?weapon=himars&on=2024-06-02")["answered_by"] == "All weapons"
    assert "the rule for “All weapons” answers" in page(client, "?weapon=himars&on=2024-06-02")


def test_a_consent_that_gives_less_is_what_binds(client: Client) -> None:
    found = answer(client, "?supplier=DK&weapon=f16&on=2024-05-28")
    assert (found["status"], found["binding"], found["consents"]) == ("allowed", "Not allowed", ["United States"])


def test_nothing_recorded_is_said_as_such(client: Client) -> None:
    said = page(client, "?supplier=CA&weapon=atacms&on=2024-06-01")
    assert "nothing is recorded of what Canada says" in said
    assert answer(client, "?supplier=CA&weapon=atacms&on=2024-06-01")["rows"] == []


def test_another_land_has_the_table_alone(client: Client) -> None:
    said = page(client, "?recipient=IL&on=2025-06-01")
    assert "<svg" not in said or "Borders of this land" in said


def test_the_downloads_hold_the_rows_of_the_page(client: Client) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get(f"/map.csv{KURSK_ONLY}").getvalue().decode())))
    assert [line["region"] for line in lines] == list(regions(client, KURSK_ONLY))
    assert [line["region"] for line in lines if line["status"]] == ["RU-KRS"]
    drawing = client.get(f"/map.svg{KURSK_ONLY}")
    assert drawing["Content-Type"] == "image/svg+xml"
    words = "".join(ElementTree.fromstring(drawing.content).itertext())
    assert "18 November 2024" in words
    assert "ATACMS" in words


def test_the_steps_lead_from_turn_to_turn(client: Client) -> None:
    said = page(client, "?weapon=atacms&on=2024-11-16")
    assert "on=2024-11-17" in said
    assert 'rel="next"' in said


def test_htmx_gets_the_part_alone(client: Client) -> None:
    said = page(client, KURSK_ONLY, **{"HX-Request": "true"})
    assert "<html" not in said
    assert 'hx-swap-oob="true"' in said


@pytest.mark.parametrize("query", ["?supplier=XX", "?weapon=catapult", "?on=2999-01-01", "?supplier=US&supplier=GB"])
def test_a_bad_value_is_refused_by_name(client: Client, query: str) -> None:
    response = client.get(f"/map.json{query}")
    assert response.status_code == 400
    assert json.loads(response.content)["error"]["parameter"] == query[1:].split("=", maxsplit=1)[0]


def test_names_are_french_for_a_french_reader(client: Client) -> None:
    assert "Koursk" in client.get(f"/fr/map/{KURSK_ONLY}").content.decode()


def test_queries_do_not_grow_with_the_record(client: Client) -> None:
    small, large = (queries_of(client, f"/map/?recipient={code}") for code in ("SA", "UA"))
    assert small <= large <= 7
    assert first_queries_of(client, "/map/?recipient=UA") <= 10
