"""What a timeline can be asked for beside its lines, and how much of it one page shows."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dashboard.charts import lanes
from dashboard.views import asking
from restrictions.actions.record import open_revision
from restrictions.domain.vocabulary import Act
from restrictions.models import Mark, Position
from tests.record.rows import make_curator

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/timeline/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(f"/timeline.json{query}").content)["rows"]
    return found


def limits(row: dict[str, Any], kind: str) -> set[str]:
    return {limit["value"] for limit in row["limits"] if limit["kind"] == kind}


def test_each_choice_leaves_exactly_the_rows_that_fit_it(client: Client) -> None:
    everything = rows(client)
    fits: dict[str, Callable[[dict[str, Any]], bool]] = {
        "status=banned&status=allowed": lambda row: row["status"] in ("banned", "allowed"),
        "condition=case_by_case": lambda row: "case_by_case" in limits(row, "condition"),
        "region=UA-63": lambda row: "UA-63" in limits(row, "area") | limits(row, "except_area"),
        "attribution=document": lambda row: "document" in row["attributions"],
        "evidence=official": lambda row: not row["provisional"],
    }
    for query, fit in fits.items():
        wanted = [row for row in everything if fit(row)]
        assert rows(client, f"?{query}") == wanted, query
        assert 0 < len(wanted) < len(everything), query
    assert rows(client, "?status=banned&evidence=official") == [
        row for row in everything if row["status"] == "banned" and not row["provisional"]
    ]


def test_two_sources_are_two_publishers_and_not_two_pages_of_one(client: Client) -> None:
    for row in rows(client, "?evidence=two"):
        assert row["evidence"] > 1
    alone = {row["position"] for row in rows(client) if row["evidence"] == 1}
    assert alone
    assert alone.isdisjoint(row["position"] for row in rows(client, "?evidence=two"))


@pytest.mark.parametrize(
    ("text", "supplier"), [("storm shadow", "GB"), ("ESTONIA", "EE"), ("kharkiv counter-fire", "US")]
)
def test_words_are_looked_for_whatever_their_case(client: Client, text: str, supplier: str) -> None:
    found = rows(client, f"?text={text}")
    assert supplier in {row["supplier"] for row in found}
    assert len(found) < len(rows(client))


def test_words_are_looked_for_in_the_readers_language_whatever_their_accents(client: Client) -> None:
    found = json.loads(client.get("/fr/timeline.json?text=etats-unis").content)["rows"]
    assert {row["supplier"] for row in found} == {"US"}


def test_a_class_asks_for_its_systems_too(client: Client) -> None:
    found = {row["weapon"] for row in rows(client, "?supplier=US&weapon=long_range")}
    assert {"long_range", "atacms"} <= found
    assert "himars" not in found


@pytest.mark.parametrize(
    ("query", "takes"),
    [
        ("status=forbidden", "one of: withheld"),
        ("condition=none", "one of: counter_fire"),
        ("region=Kharkiv", "such as UA-63"),
        ("attribution=someone", "one of: named_official"),
        ("evidence=three", "“any”, “official” or “two”"),
        ("marks=yes", "“shown”, or nothing"),
        ("page=0", "a whole number"),
        ("page=7", "a page from 1 to 1"),
        (f"text={'x' * 101}", "100 letters at most"),
        ("text=a%00b", "100 letters at most"),
    ],
)
def test_what_none_of_them_takes_is_refused(client: Client, query: str, takes: str) -> None:
    response = client.get(f"/timeline/?{query}")
    assert response.status_code == 400
    assert takes in response.content.decode()


def test_what_was_chosen_stays_chosen_and_goes_along_to_the_files(client: Client) -> None:
    query = "?status=banned&region=UA-63&evidence=two&text=kharkiv&condition=counter_fire&attribution=media"
    said = page(client, query)
    for value in ("banned", "UA-63", "two", "counter_fire", "media"):
        assert f'<option value="{value}" selected>' in said, value
    assert 'name="text" value="kharkiv"' in said
    assert "text=kharkiv" in re.findall(r'href="(/timeline\.csv[^"]*)"', said)[0]


def test_a_page_shows_no_more_bars_than_a_browser_bears_and_the_files_have_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "sheets_of", lambda found: lanes.sheets_of(found, most=30))
    total = len(rows(client))
    seen: list[int] = []
    last = int(re.findall(r"Page 1 of (\d+)", page(client))[0])
    for number in range(1, last + 1):
        said = page(client, f"?page={number}")
        shown = said.count('<tr role="row"') - 1
        assert 0 < shown <= 30
        assert f"Shown are rows {sum(seen) + 1} to {sum(seen) + shown} of {total};" in said
        seen.append(shown)
    assert sum(seen) == total
    assert client.get(f"/timeline/?page={last + 1}").status_code == 400
    lines = csv.reader(io.StringIO(b"".join(client.get(f"/timeline.csv?page={last}")).decode()))
    assert len(list(lines)) == total + 1
    assert len(rows(client, "?page=2")) == total


def test_context_is_a_layer_that_is_switched_on(client: Client) -> None:
    plain, with_context = page(client, "?supplier=US"), page(client, "?supplier=US&marks=shown")
    used = Mark.objects.accepted().filter(supplier="US", act=Act.USED).earliest("day_latest")
    assert used.summary not in plain
    assert used.summary in with_context.split('id="context"')[1]
    assert '"name":"used"' in with_context
    assert '"name":"used"' not in plain
    assert "Leave out context" in with_context


def test_htmx_gets_the_results_the_furniture_and_the_address(client: Client) -> None:
    response = client.get("/timeline/?supplier=US&text=&on=", headers={"HX-Request": "true"})
    part = response.content.decode()
    assert response["HX-Push-Url"] == "/timeline/?territory=RU&supplier=US"
    assert "<html" not in part
    for place in ('id="finding"', 'id="about"', 'id="languages"', 'id="clock"'):
        assert re.search(rf"<[^>]*{place}[^>]*hx-swap-oob", part), place
    assert part.count('id="timeline"') == 1
    assert "hx-swap-oob" not in page(client, "?supplier=US")


def test_what_is_done_in_practice_is_named_in_the_legend(client: Client) -> None:
    assert "what is done in practice" not in page(client)
    open_revision(by=make_curator("anna"), reason="What was observed")
    Position.objects.filter(supplier="US", weapon="atacms", track="use").update(practice="allowed")
    assert "thin bar below: what is done in practice" in page(client, "?supplier=US&sort=name")
