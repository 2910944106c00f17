"""The log of changes on the whole starter record: what counts, filters, pages, files, words, queries."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.site.reading.memory import first_queries_of, queries_of

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/changes/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(f"/changes.json{query}").content)["rows"]
    return found


def the_one(client: Client, query: str) -> dict[str, Any]:
    (row,) = rows(client, query)
    return row


def told(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return row["effective"], row["before"], row["after"], row["kind"]


def test_the_turns_that_the_codebook_names(client: Client) -> None:
    us = the_one(client, "?supplier=US&weapon=any&track=use&from=2024-05-30&to=2024-05-30")
    assert told(us) == ("2024-05-30", "banned", "conditional", "more")
    assert "around Kharkiv only, as counter-fire" in us["limits_in_words"]
    atacms = the_one(client, "?weapon=atacms&track=use&from=2024-11-17&to=2024-11-17")
    assert told(atacms) == ("2024-11-17", "banned", "conditional", "more")
    assert (atacms["provisional"], atacms["before_by"]) == (False, "")
    assert "targets in Kursk only" in atacms["sentence"]
    assert atacms["sentence"].endswith("Before: not allowed (only inside the recipient's own borders).")


def test_a_turn_in_limits_alone_counts_as_such_and_an_imprecise_day_is_shown_as_such(client: Client) -> None:
    row = the_one(client, "?supplier=US&weapon=any&kind=limits")
    assert told(row) == ("2024-06-17~", "conditional", "conditional", "limits")
    assert (row["effective_earliest"], row["effective_latest"]) == ("2024-06-14", "2024-06-20")
    said = page(client, "?supplier=US&weapon=any&kind=limits")
    assert ">about 17 June 2024</time>" in said
    assert "1 change on record: 1 turns the limits alone." in said


def test_an_unknown_start_is_never_a_change(client: Client) -> None:
    assert rows(client, "?supplier=EE&track=use") == []
    said = page(client, "?supplier=EE&track=use")
    assert "No change on a known day fits this choice." in said
    assert "the start is not known and is no change" in said


def test_a_rule_of_its_own_that_says_the_same_is_not_drawn_as_if_it_said_otherwise(client: Client) -> None:
    said = page(client, "?weapon=tomahawk&supplier=US")
    assert "rule of its own" in said
    assert '<span class="status was">' not in said
    assert "Before, by the rule for “Long-range weapons”: not supplied." in said


def test_what_follows_the_general_rule_is_no_turn_of_its_own(client: Client) -> None:
    assert rows(client, "?weapon=himars&track=use&from=2024-01-01") == []


def test_the_pause_of_2025_turned_supply_and_left_the_rules_of_use_alone(client: Client) -> None:
    assert [told(row) for row in rows(client, "?supplier=US&weapon=any&from=2025-03-01&to=2025-03-31")] == [
        ("2025-03-11", "withheld", "supplied", "more"),
        ("2025-03-03", "supplied", "withheld", "less"),
    ]


def test_a_class_asks_for_its_systems_and_a_status_for_what_was_and_what_came(client: Client) -> None:
    found = rows(client, "?weapon=cruise_missile&before=banned&after=conditional")
    assert {(row["supplier"], row["weapon"], row["role"]) for row in found} == {
        ("FR", "scalp", "supplier"),
        ("GB", "storm_shadow", "supplier"),
        ("US", "storm_shadow", "consent"),
    }


def test_evidence_leaves_out_what_is_only_reported_or_told_once(client: Client) -> None:
    everything, official, two = (rows(client, f"?evidence={code}") for code in ("any", "official", "two"))
    assert {row["provisional"] for row in everything} == {True, False}
    assert {row["provisional"] for row in official} == {False}
    assert min(row["independent_sources"] for row in two) == 2
    assert len(everything) > len(official) > 0
    assert len(everything) > len(two) > 0


def test_a_disputed_turn_says_what_is_in_dispute(client: Client) -> None:
    row = the_one(client, "?supplier=DE&weapon=any&from=2025-05-26&to=2025-05-26")
    assert row["disputed"][0].startswith("Sources disagree from 26 May 2025")
    assert "disputed days" in page(client, "?supplier=DE&weapon=any&from=2025-05-26")


def test_each_turn_names_its_source_and_says_that_the_words_are_ours(client: Client) -> None:
    said = page(client, "?weapon=atacms&from=2024-11-17&to=2024-11-17&track=use")
    assert "Our summary, no quote is held:" in said
    assert re.search(r'<a href="https://[^"]+" rel="noopener nofollow external">', said)


def test_the_pages_together_hold_every_turn_once(client: Client) -> None:
    numbers = [int(row["position"]) for row in rows(client)]
    shown: list[int] = []
    for at in range(1, 5):
        said = page(client, f"?page={at}")
        shown += map(int, re.findall(r'<a href="/positions/(\d+)/">', said))
        assert f"Page {at} of 4" in said
    assert shown == numbers
    assert 'rel="prev"' not in page(client)
    assert 'rel="next"' not in page(client, "?page=4")


def test_the_file_has_every_turn_of_the_view(client: Client) -> None:
    response = client.get("/changes.csv?supplier=US&page=2")
    lines = list(csv.DictReader(io.StringIO(b"".join(response).decode())))
    found = rows(client, "?supplier=US")
    assert [line["position"] for line in lines] == [str(row["position"]) for row in found]
    assert "/changes.csv?territory=RU&amp;supplier=US" in page(client, "?supplier=US")


def test_htmx_gets_the_log_alone(client: Client) -> None:
    part = page(client, "?supplier=US", HX_Request="true")
    assert part.lstrip().startswith('<h1 id="finding" aria-live="polite" hx-swap-oob="true">')
    assert "<html" not in part


@pytest.mark.parametrize(
    ("query", "name", "takes"),
    [
        ("kind=up", "kind", "more, less, limits"),
        ("before=open", "before", "withheld, banned"),
        ("after=open", "after", "withheld, banned"),
        ("track=both", "track", "“use” or “supply”"),
        ("evidence=three", "evidence", "“any”, “official” or “two”"),
        ("page=0", "page", "from 1 on"),
        ("page=99", "page", "a page from 1 to 4"),
        ("page=x", "page", "from 1 on"),
        ("from=2024-06-01&to=2024-05-01", "to", "not before"),
        ("on=2024-06-01", "on", "no such parameter"),
    ],
)
def test_a_bad_value_is_refused_by_name(client: Client, query: str, name: str, takes: str) -> None:
    response = client.get(f"/changes/?{query}")
    assert response.status_code == 400
    said = response.content.decode()
    assert f"“{name}” is not understood" in said
    assert takes in said


def test_queries_do_not_grow_with_the_log(client: Client) -> None:
    asked = [f"/changes/{query}" for query in ("", "?supplier=PT", "?recipient=AE&supplier=US")]
    first, second, third = (queries_of(client, address) for address in asked)
    assert first == second == third <= 8
    assert len({first_queries_of(client, address) for address in asked}) == 1


def test_in_french_too(client: Client) -> None:
    said = (
        client.get("/fr/changes/?supplier=US&weapon=any&track=use").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    )
    assert "Avant : interdit." in said
    for english in ("Before", "announced", "permits more", "Our summary", "Download", "change on record"):
        assert english not in said, english
