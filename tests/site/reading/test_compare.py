"""Comparisons on the whole starter record: two days, two suppliers, two states of knowledge; files, words, refusals."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from restrictions.actions.claims import undo_decision
from restrictions.models import Claim
from tests.record.backdating import days_ago, set_back
from tests.record.rows import make_curator
from tests.site.reading.memory import first_queries_of, queries_of

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]

DAYS = "?first=2024-05-29&second=2024-06-01"
"""The days around the turn of 30 May 2024."""


def page(client: Client, query: str = "", at: str = "", **headers: str) -> str:
    response = client.get(f"{at}/compare/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def rows(client: Client, query: str) -> dict[tuple[str, str, str], tuple[str | None, str | None, str]]:
    """Each difference by supplier, weapon and track: the first status, the second, and which way it goes."""
    found: list[dict[str, Any]] = json.loads(client.get(f"/compare.json{query}").content)["rows"]
    return {
        (row["supplier"], row["weapon"], row["track"]): (row["first_status"], row["second_status"], row["difference"])
        for row in found
    }


def test_two_days_around_the_turn_of_may_2024(client: Client) -> None:
    found = rows(client, DAYS)
    assert found["US", "any", "use"] == ("banned", "conditional", "more")
    assert found["US", "himars", "use"] == ("banned", "conditional", "more")
    assert found["DE", "any", "use"] == ("banned", "conditional", "more")
    assert found["PT", "any", "use"] == (None, "allowed", "appears")
    assert ("US", "atacms", "use") not in found
    said = page(client, DAYS)
    assert "On 1 June 2024, 9 rules read otherwise than on 29 May 2024: 7 permit more," in said
    assert "and 5 are on record on one side only." in said


def test_the_pause_of_2025_differs_in_supply_and_not_in_use(client: Client) -> None:
    found = rows(client, "?first=2025-03-02&second=2025-03-05")
    assert {track for _, _, track in found} == {"supply"}
    assert found["US", "himars", "supply"] == ("supplied", "withheld", "less")


def test_two_suppliers_on_a_day(client: Client) -> None:
    query = "?by=suppliers&first=US&second=BE&on=2024-06-01"
    assert rows(client, query)["", "any", "use"] == ("conditional", "banned", "less")
    said = page(client, query)
    assert "On 1 June 2024, set beside the United States, Belgium has 1 rule that differs: 1 permits less" in said
    assert re.search(r"<summary>\d+ are on record for one of them only</summary>", said)
    assert 'value="BE" selected' in said


def test_two_suppliers_that_agree_where_both_have_a_rule(client: Client) -> None:
    said = page(client, "?by=suppliers&first=EE&second=LV&on=2024-06-01")
    assert "nothing differs where both Estonia and Latvia have a rule" in said
    assert "compare.svg" not in said


def test_what_had_been_reported_by_a_day_beside_now(client: Client) -> None:
    query = "?by=reported&first=2024-06-02&on=2024-06-01"
    assert rows(client, query)["FR", "scalp", "use"] == ("conditional", "conditional", "limits")
    assert "4 rules of 1 June 2024 read otherwise as known now than as reported by 2 June 2024" in page(client, query)


@pytest.fixture
def _loaded_days_ago() -> Iterator[None]:
    set_back(days=10)
    yield
    set_back(days=-10)


@pytest.mark.usefixtures("_loaded_days_ago")
def test_what_the_record_knew_before_a_claim_was_taken_back(client: Client) -> None:
    for claim in Claim.objects.filter(weapon_id="atacms", decision="accepted", status="banned"):
        undo_decision(claim=claim.pk, by=make_curator(), reason="Read again.")
    query = f"?by=known&first={days_ago(2)}&on=2024-06-02"
    assert rows(client, query) == {("US", "atacms", "use"): ("banned", "conditional", "more")}
    said = page(client, query)
    assert "1 rule of 2 June 2024 reads otherwise as known now than as known on" in said
    assert re.search(rf'href="/positions/\d+/\?known={days_ago(2)}"', said)


def test_without_a_day_a_state_of_knowledge_is_asked_for(client: Client) -> None:
    for by in ("known", "reported"):
        said = page(client, f"?by={by}")
        assert "Choose a day: what the record says now is laid beside it." in said
        assert "Nothing differs." not in said


def test_a_day_beside_itself_does_not_differ(client: Client) -> None:
    said = page(client, "?first=2024-06-01&second=2024-06-01")
    assert "no rule that stood on both days differs: 70 are the same on both sides." in said
    assert "Nothing differs." in said
    assert "The record holds nothing for this choice." in page(client, "?recipient=FR")


def test_days_that_do_not_differ_lead_to_the_last_change_before_them(client: Client) -> None:
    said = page(client, "?first=2024-06-01&second=2024-06-01")
    [there] = re.findall(r'href="/compare/(\?by=days[^"]*)">From the day before the last change', said)
    assert rows(client, there.replace("&amp;", "&"))
    assert "From the day before" not in page(client, "?recipient=FR")
    assert "From the day before" not in page(client, DAYS)


def test_each_difference_is_drawn_and_stands_in_the_table_and_in_the_files(client: Client) -> None:
    said, found = page(client, DAYS), rows(client, DAYS)
    assert said.count('class="dot second') == said.count('class="dot first') == len(found)
    assert said.count('role="rowheader"') == len(found)
    lines = list(csv.DictReader(io.StringIO(b"".join(client.get(f"/compare.csv{DAYS}")).decode())))
    assert [(line["supplier"], line["weapon"], line["track"]) for line in lines] == list(found)
    drawing = client.get(f"/compare.svg{DAYS}")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert drawing.content.decode().count('class="dot second') == len(found)


def test_the_permanent_link_fixes_the_day(client: Client) -> None:
    said = page(client, "?by=suppliers&first=US&second=DE")
    assert re.search(r'href="http://testserver/compare/\?by=suppliers&amp;[^"]*&amp;on=\d{4}-\d\d-\d\d"', said)


def test_htmx_gets_the_part_that_changes(client: Client) -> None:
    part = page(client, DAYS, HX_Request="true")
    assert "<html" not in part
    assert part.lstrip().startswith('<h1 id="finding" aria-live="polite" hx-swap-oob="true">On 1 June 2024')


@pytest.mark.parametrize(
    ("query", "name", "takes"),
    [
        ("by=weapons", "by", "days, suppliers, known, reported"),
        ("first=May", "first", "such as 2024-06-01"),
        ("second=2090-01-01", "second", "not in the future"),
        ("on=2024-06-01", "on", "the two days are"),
        ("by=suppliers&first=XX", "first", "such as US"),
        ("by=known&first=2020-01-01", "first", "that day the record began to know"),
        ("by=reported&second=2090-01-01", "second", "not in the future"),
        ("by=reported&reported=2024-06-01", "reported", "the two states of knowledge are"),
    ],
)
def test_a_bad_value_is_refused_by_name(client: Client, query: str, name: str, takes: str) -> None:
    said = client.get(f"/compare/?{query}")
    assert said.status_code == 400
    assert f"“{name}” is not understood" in said.content.decode()
    for kind in ("csv", "json"):
        refused = client.get(f"/compare.{kind}?{query}").json()["error"]
        assert refused["parameter"] == name
        assert takes in refused["takes"]


def test_queries_do_not_grow_with_the_differences(client: Client) -> None:
    asked = [f"/compare/{query}" for query in (DAYS, "?by=suppliers", "?recipient=FR")]
    first, second, third = (queries_of(client, address) for address in asked)
    assert first == second == third <= 8
    assert max(first_queries_of(client, address) for address in asked) <= 11


def test_in_french_too(client: Client) -> None:
    for query in (
        DAYS,
        "?by=suppliers",
        "?by=reported&first=2024-06-02&on=2024-06-01",
        "?first=2024-06-01&second=2024-06-01",
    ):
        words = re.sub(r"<[^>]*>", " ", page(client, query, at="/fr").split("<main")[1].split("<aside")[0])
        for english in ("rules", "nothing", "Nothing", "record ", " day", "supplier", "same", "side", "known"):
            assert english not in words, (query, english)
