"""Suppliers and weapons on the whole starter record: story, what holds, turns, consents, downloads, unknown codes."""

import csv
import io
import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.views import story as story_views
from restrictions.models import Position
from tests.site.reading.memory import first_queries_of, forget, queries_of

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def page(client: Client, address: str, status: int = 200, language: str = "en") -> str:
    response = client.get(address if language == "en" else f"/{language}{address}")
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def lead(said: str) -> str:
    (words,) = re.findall(r"<h1[^>]*>(.*?)</h1>", said)
    return str(words)


def story(said: str) -> list[str]:
    (block,) = re.findall(r'<div class="story">(.*?)</div>', said)
    return re.findall(r"<p>(.*?)</p>", block)


def lines_of(client: Client, address: str) -> list[dict[str, str]]:
    body = b"".join(client.get(address)).decode()
    return list(csv.DictReader(io.StringIO(body)))


def test_a_supplier_leads_with_its_general_rule_on_the_day(client: Client) -> None:
    said = page(client, "/suppliers/us/?on=2024-06-02")
    assert lead(said) == (
        "The United States allows use in Russia within limits: around Kharkiv only, as counter-fire, "
        "near the border, no deep strikes, "
        "military targets; from 30 May 2024 until about 17 June 2024."
    )


def test_its_story_says_how_the_rule_moved_and_what_departs_from_it(client: Client) -> None:
    told = story(page(client, "/suppliers/us/?on=2024-06-02"))
    assert told[0].startswith("The general rule has changed 2 times: “not allowed” (start not known, first known to")
    assert (
        told[1] == "On 2 June 2024, 2 weapons have rules of their own: Air defence (limits) and ATACMS (not allowed)."
    )
    assert any(one.startswith("Handed over, as recorded on 2 June 2024: M1 Abrams, ATACMS") for one in told)


def test_what_holds_says_by_which_rule(client: Client) -> None:
    said = page(client, "/suppliers/us/?on=2024-06-02")
    (table,) = re.findall(r'<section aria-labelledby="holds">(.*?)</section>', said)
    himars = next(row for row in table.split("<tr") if "/weapons/himars/" in row)
    assert "by the rule for “All weapons”" in himars
    assert "handed over" in himars
    assert "/weapons/challenger2/" not in table


def test_every_turn_stands_with_words_and_a_source(client: Client) -> None:
    said = page(client, "/suppliers/us/")
    (turns,) = re.findall(r'<section aria-labelledby="turns">(.*?)</section>', said)
    items = turns.split("<li>")[1:]
    assert len(items) > 20
    assert not [item for item in items if "Our summary, no quote is held:" not in item]
    assert not [item for item in items if 'rel="noopener nofollow external"' not in item]
    assert "start not known" not in turns
    days = re.findall(r'datetime="([0-9-]+)"', turns)
    assert days == sorted(days, reverse=True)


def test_consents_stand_on_both_pages(client: Client) -> None:
    over_storm_shadow = "Storm Shadow: the United States (must agree to the use of another state's weapon)"
    american, british = page(client, "/suppliers/us/"), page(client, "/suppliers/gb/")
    assert "to whose delivery or use this state must agree:" in american
    assert "to whose delivery or use another state must agree:" in british
    assert all(over_storm_shadow in said for said in (american, british))
    assert "Switzerland" not in american
    assert "Another state must agree: United States for Storm Shadow" in page(client, "/weapons/storm_shadow/")


def test_a_weapon_tells_who_was_first_and_what_covers_it(client: Client) -> None:
    said = page(client, "/weapons/atacms/")
    assert lead(said).startswith("ATACMS: the United States allows use in Russia within limits")
    told = story(said)
    assert "as far as recorded: United States, on 17 November 2024." in told[1]
    assert told[2] == "Its use in Russia was first seen on 19 November 2024."
    assert "300 km" in said
    ways = re.findall(r"/weapons/(\w+)/", said.split('<dl class="facts">')[1].split("</dl>")[0])
    assert ways == ["ballistic_missile", "long_range", "any"]


def test_a_class_is_spoken_of_by_itself_and_lists_its_systems(client: Client) -> None:
    said = page(client, "/weapons/long_range/?on=2024-10-01")
    assert lead(said).startswith("On 1 October 2024, of 2 suppliers whose rule for use in Russia is known (Long-range")
    assert "ATACMS" in said.split('id="rows"')[1]
    silent = page(client, "/weapons/ballistic_missile/?on=2024-10-01")
    assert lead(silent).endswith("no rule for the class itself is known; its systems have rules.")
    position = Position.objects.get(weapon_id="atacms", status="conditional", starts_edtf="2024-11-17").pk
    around = page(client, f"/positions/{position}/")
    assert "A wider rule" in around


def test_a_weapon_of_which_nothing_is_known_says_so(client: Client) -> None:
    said = page(client, "/weapons/jassm/?on=2024-06-01")
    assert lead(said) == "JASSM: on 1 June 2024 nothing is recorded for this choice."
    assert "That means that nothing is recorded, not that nothing holds." in said


def test_a_supplier_of_others_is_shown_towards_them(client: Client) -> None:
    said = page(client, "/suppliers/si/")
    assert "Slovenia → Israel" in said


def test_a_country_without_rows_is_no_error(client: Client) -> None:
    assert lead(page(client, "/suppliers/ad/")) == "Andorra: the record holds nothing for this choice."


@pytest.mark.parametrize(
    ("address", "way"), [("/suppliers/usa/", "/suppliers/us/"), ("/weapons/foo/", "/weapons/atacms/")]
)
def test_an_unknown_code_leads_to_those_that_there_are(client: Client, address: str, way: str) -> None:
    said = page(client, address, 404)
    assert f'href="{way}"' in said
    listed = json.loads(client.get(f"{address.rstrip('/')}.json").content)
    assert way.split("/")[2] in listed["error"]["known"]


def test_a_code_has_one_address(client: Client) -> None:
    assert client.get("/suppliers/US/?on=2024-06-01")["Location"] == "/suppliers/us/?on=2024-06-01"
    assert client.get("/weapons/Storm-Shadow/")["Location"] == "/weapons/storm_shadow/"


def test_the_lists_name_everybody_and_everything(client: Client) -> None:
    said = page(client, "/suppliers/?on=2024-06-01")
    assert lead(said).startswith("On 1 June 2024, of 19 suppliers whose rule for use in Russia is known, 13 state")
    names = re.findall(r'<th scope="row"><a href="/suppliers/(\w+)/', said)
    assert len(names) == len(lines_of(client, "/suppliers.csv?on=2024-06-01")) == 29
    tree = page(client, "/weapons/")
    codes = re.findall(r'<th scope="row"><a href="/weapons/(\w+)/', tree)
    assert codes == [line["weapon"] for line in lines_of(client, "/weapons.csv")]
    assert codes[0] == "any"
    assert codes.index("long_range") < codes.index("ballistic_missile") < codes.index("atacms")


@pytest.mark.parametrize("address", ["/suppliers/us", "/weapons/atacms"])
def test_the_files_have_the_rows_of_the_page(client: Client, address: str) -> None:
    found = lines_of(client, f"{address}.csv")
    told = json.loads(client.get(f"{address}.json").content)
    said = page(client, f"{address}/")
    assert [line["position"] for line in found] == [str(row["position"]) for row in told["rows"]]
    assert said.count('<tr role="row"') - 1 == len(found)
    assert {line["track"] for line in found} == {"use", "supply"}


@pytest.mark.parametrize("address", ["/suppliers/us/", "/suppliers.json", "/weapons/atacms.csv", "/weapons/"])
@pytest.mark.parametrize("query", ["on=2090-01-01", "recipient=XX", "supplier=US"])
def test_what_is_not_understood_is_refused(client: Client, address: str, query: str) -> None:
    assert client.get(f"{address}?{query}").status_code == 400


def test_queries_do_not_grow_with_the_rows(client: Client) -> None:
    asked = ("/suppliers/us/", "/suppliers/gr/", "/weapons/any/", "/weapons/nlaw/")
    counts = {queries_of(client, address) - address.startswith("/weapons") for address in asked}
    assert max(counts) - min(counts) <= 1
    assert max(counts) <= 12
    assert max(first_queries_of(client, address) for address in asked) <= 16


def test_more_bars_than_a_browser_can_draw_are_left_to_the_files(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(lines_of(client, "/suppliers/us.csv"))
    monkeypatch.setattr(story_views, "MOST", 5)
    said = page(client, "/suppliers/us/")
    assert f"{whole - 5} positions more stand in the files" in said
    assert said.split('id="rows"')[1].count('role="rowheader"') == 5
    assert len(lines_of(client, "/suppliers/us.csv")) == whole


def test_every_link_leads_somewhere(client: Client) -> None:
    found = set()
    for address in ("/suppliers/gb/", "/weapons/storm_shadow/"):
        found |= set(re.findall(r'href="(/(?!static)[^"#]*)"', page(client, address)))
    assert len(found) > 30
    for address in found:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_in_french_too(client: Client) -> None:
    said = page(client, "/suppliers/us/?on=2024-06-02", language="fr")
    assert "La règle générale a changé 2 fois : « interdit » (début inconnu" in said
    assert "Ce qui vaut au 2 juin 2024" in said
    assert "Première règle connue à autoriser" in page(client, "/weapons/atacms/", language="fr")


def test_a_story_can_be_told_as_it_was_reported_by_a_day(client: Client) -> None:
    said = page(client, "/suppliers/us/?reported=2024-06-10")
    assert lead(said).startswith("The United States allows use in Russia within limits: around Kharkiv only")
    assert lead(said).endswith("since 30 May 2024.")
    assert "/positions/" in said
    assert all("reported=2024-06-10" in way for way in re.findall(r'href="/positions/[^"]*"', said))


def test_the_log_of_claims_is_paged_and_whole_in_the_file(client: Client) -> None:
    forget()
    with CaptureQueriesContext(connection) as first:
        said = page(client, "/claims/")
    assert said.count("<article") == 50
    assert 'rel="next"' in said
    forget()
    with CaptureQueriesContext(connection) as last:
        assert 'rel="prev"' in page(client, "/claims/?page=7")
    assert len(first) == len(last) <= 14
    keys = [line["key"] for line in lines_of(client, "/claims.csv")]
    assert len(keys) == len(set(keys)) == 333


def test_a_page_says_what_its_subject_is_called_in_the_other_languages(client: Client) -> None:
    said = page(client, "/suppliers/us/")
    assert '<bdi lang="fr">États-Unis</bdi> (French), <bdi lang="de">Vereinigte Staaten</bdi> (German)' in said
    assert '<bdi lang="en">Cruise missiles</bdi> (anglais)' in page(client, "/weapons/cruise_missile/", language="fr")
    assert "In other languages" not in page(client, "/weapons/atacms/")
