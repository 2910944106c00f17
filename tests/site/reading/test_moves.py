"""Who moved first, on the whole starter record: order, lags, curve, files, parameters, words, queries."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.site.reading.memory import first_queries_of, queries_of

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def page(client: Client, query: str = "", at: str = "", **headers: str) -> str:
    response = client.get(f"{at}/moves/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def answer(client: Client, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(f"/moves.json{query}").content)
    return found


def order(client: Client, query: str) -> list[tuple[str, int, str]]:
    return [
        (row["supplier"], row["days_behind"], row["after"])
        for row in answer(client, query)["rows"]
        if row["group"] == "moved"
    ]


def test_who_lifted_a_ban_on_use_in_russia_first(client: Client) -> None:
    assert order(client, "?move=ban_lifted") == [
        ("DK", 0, "allowed"),
        ("FR", 0, "conditional"),
        ("US", 2, "conditional"),
        ("DE", 3, "conditional"),
    ]
    waiting = [row["supplier"] for row in answer(client)["rows"] if row["group"] == "waiting"]
    assert waiting == ["BE", "IT", "ES"]
    said = page(client)
    assert "Denmark and France were the first to lift their ban on use, on 28 May 2024;" in said
    assert "2 of 7 followed within 3 days and 3 have not." in said


def test_the_curve_is_the_estimate_of_the_rows(client: Client) -> None:
    found = answer(client, "?on=2024-12-31")
    assert [(step["days"], step["at_risk"], step["moved"], step["share_not_moved"]) for step in found["curve"]] == [
        (0, 7, 2, 0.714286),
        (2, 5, 1, 0.571429),
        (3, 4, 1, 0.428571),
        (217, 3, 0, 0.428571),
    ]
    said = page(client, "?on=2024-12-31")
    assert '<path class="stairs" d="M-24 0.0 L0.0 0.0 L0.0 85.7' in said
    assert "<td>71 %</td>" in said
    assert "Half had moved after 3 days." in said


def test_up_to_a_day_only_what_had_happened_counts(client: Client) -> None:
    assert order(client, "?on=2024-05-30") == [("DK", 0, "allowed"), ("FR", 0, "conditional"), ("US", 2, "conditional")]
    assert "none of the" in page(client, "?on=2024-05-01")


def test_unknown_starts_are_listed_apart_and_never_counted(client: Client) -> None:
    undated = {row["supplier"] for row in answer(client)["rows"] if row["group"] == "undated"}
    assert {"CA", "EE", "NL", "SE"} <= undated
    assert "11 more stand where the move leads" in page(client)


def test_a_weapon_has_an_order_of_its_own_and_an_imprecise_day_a_window(client: Client) -> None:
    assert order(client, "?weapon=f16") == [("DK", 0, "allowed")]
    ended = [row for row in answer(client, "?recipient=SA&move=refusal_ended")["rows"] if row["supplier"] == "NL"]
    assert (ended[0]["least_days_behind"], ended[0]["most_days_behind"]) == (2228, 2231)
    assert "2228 to 2231 days" in page(client, "?recipient=SA&move=refusal_ended")


def test_the_first_refusals_to_end(client: Client) -> None:
    assert order(client, "?move=refusal_ended")[:3] == [
        ("DE", 0, "supplied"),
        ("ES", 4, "supplied"),
        ("US", 94, "supplied"),
    ]
    assert "against targets in" not in page(client, "?move=refusal_ended")


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ("permission", "The United Kingdom was the first to permit use, on 26 April 2022;"),
        ("no_limit", "Denmark was the first to drop its limits on use, on 28 May 2024;"),
        ("ban_set", "none of the 17 suppliers that could make this move has."),
        ("refusal_ended", "Germany was the first to end a refusal to supply, on 26 February 2022;"),
    ],
)
def test_the_title_says_the_finding(client: Client, move: str, said: str) -> None:
    assert said in page(client, f"?move={move}")


def test_the_files_have_the_rows_of_the_page(client: Client) -> None:
    response = client.get("/moves.csv?move=ban_lifted")
    lines = list(csv.DictReader(io.StringIO(b"".join(response).decode())))
    assert [line["supplier"] for line in lines if line["group"] != "undated"] == [
        "DK",
        "FR",
        "US",
        "DE",
        "BE",
        "IT",
        "ES",
    ]
    assert page(client).count('<tr role="row"') - 1 == 7
    curve = list(csv.DictReader(io.StringIO(b"".join(client.get("/moves-curve.csv")).decode())))
    assert [line["moved"] for line in curve] == ["2", "1", "1", "0"]
    assert (curve[0]["share_not_moved"], curve[0]["lower_95"]) == ("0.714286", "0.258154")


def test_the_drawing_stands_alone_as_a_file(client: Client) -> None:
    response = client.get("/moves.svg")
    assert response["Content-Type"] == "image/svg+xml"
    drawing = response.content.decode()
    assert drawing.startswith("<svg xmlns=")
    assert "Denmark and France" in drawing


def test_nothing_recorded_is_said_so(client: Client) -> None:
    said = page(client, "?recipient=FR")
    assert "No supplier is known that could have made this move." in said
    assert "moves.svg" not in said


def test_htmx_gets_the_part_that_changes(client: Client) -> None:
    part = page(client, "?move=permission", HX_Request="true")
    assert "<html" not in part
    assert re.match(r'\s*<h1 id="finding" aria-live="polite" hx-swap-oob="true">The United Kingdom', part)


@pytest.mark.parametrize(
    ("query", "name", "takes"),
    [
        ("move=up", "move", "ban_lifted, permission"),
        ("weapon=railgun", "weapon", "such as atacms"),
        ("on=2090-01-01", "on", "not in the future"),
        ("weapon=f16&weapon=atacms", "weapon", "one value only"),
    ],
)
def test_a_bad_value_is_refused_by_name(client: Client, query: str, name: str, takes: str) -> None:
    for address in ("/moves/", "/moves.svg"):
        said = client.get(f"{address}?{query}")
        assert said.status_code == 400
        assert f"“{name}” is not understood" in said.content.decode()
    refused = client.get(f"/moves-curve.csv?{query}")
    assert refused.status_code == 400
    assert takes in refused.json()["error"]["takes"]


def test_queries_do_not_grow_with_the_rows(client: Client) -> None:
    asked = [f"/moves/{query}" for query in ("", "?weapon=tb2", "?recipient=FR")]
    first, second, third = (queries_of(client, address) for address in asked)
    assert first == second == third <= 8
    assert max(first_queries_of(client, address) for address in asked) <= 10


def test_in_french_too(client: Client) -> None:
    said = page(client, "?move=ban_lifted", at="/fr")
    assert "Danemark et France" in said
    for english in ("first", "followed", "have not", "not by", "Share that", "more stand", "Seen on", "bounds"):
        assert english not in re.sub(r"<[^>]*>", " ", said), english
