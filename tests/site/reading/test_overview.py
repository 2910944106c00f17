"""The front page, full and empty."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.usefixtures("starter_record")
def test_it_leads_with_what_holds_today_and_links_the_latest_changes(client: Client) -> None:
    said = client.get("/").content.decode()
    assert re.search(r"<h1>On \d+ \w+ \d{4}, \d+ of \d+ governments set no stated limit", said)
    assert len(re.findall(r'<a href="/positions/\d+/">', said)) == 9


@pytest.mark.usefixtures("starter_record")
def test_every_link_of_the_front_page_leads_somewhere(client: Client) -> None:
    said = client.get("/").content.decode()
    addresses = {address for address in re.findall(r'href="(/[^"]*)"', said) if not address.startswith("/static/")}
    assert len(addresses) > 12
    for address in addresses:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


@pytest.mark.django_db
def test_an_empty_record_says_how_to_fill_it(client: Client) -> None:
    said = client.get("/").content.decode()
    assert "load_starter" in said
    assert "the record holds nothing" in said


@pytest.mark.django_db
def test_an_empty_timeline_is_no_error(client: Client) -> None:
    assert client.get("/timeline/").status_code == 200


@pytest.mark.usefixtures("starter_record")
def test_a_day_in_the_past_is_counted_as_it_stood(client: Client) -> None:
    said = client.get("/?on=2024-06-01").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "<h1>On 1 June 2024, 13 of 27 governments set no stated limit on using their weapons in Russia, "
        "3 allow it within limits, 3 do not allow it, 6 refuse to supply, 2 say nothing.</h1>"
    ) in said
    assert "24 were confirmed in the past year." in said
    assert "since 31 May 2024" in said
    assert "Who lets whom fire what, where, since when, and on whose word." in said.split("<h1>")[0].split("<main")[1]
    french = client.get("/fr/?on=2024-06-01").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "<h1>Au 1er juin 2024, 13 gouvernements sur 27 n’énoncent aucune limite à l’emploi de leurs armes en Russie, "
        "3 l’autorisent sous conditions, 3 ne l’autorisent pas, 6 refusent de livrer et 2 ne disent rien.</h1>"
    ) in french


@pytest.mark.usefixtures("starter_record")
def test_on_the_record_alone_counts_no_mere_report(client: Client) -> None:
    said = client.get("/?on=2024-06-01&evidence=official").content.decode()
    assert "12 of 26 governments set no stated limit" in said
    assert "Count press reports too" in said


@pytest.mark.usefixtures("starter_record")
def test_the_counts_of_the_curve_come_as_a_table_and_as_a_file(client: Client) -> None:
    response = client.get("/overview.csv?on=2024-06-01")
    lines = list(csv.DictReader(io.StringIO(response.content.decode())))
    day = next(line for line in reversed(lines) if line["day"] <= "2024-06-01")
    assert (day["governments"], day["allowed"], day["conditional"], day["banned"]) == ("27", "13", "3", "3")
    said = client.get("/").content.decode()
    assert said.count('<th scope="row">') == len(lines)
    assert '<path class="area allowed" d="M0.0 ' in said
    highest = max(int(line["governments"]) for line in lines)
    assert f">{highest} governments</text>" in said
    counts = client.get("/overview.json?on=2024-06-01").json()["rows"]
    assert [{name: str(value) for name, value in row.items()} for row in counts] == lines


@pytest.mark.usefixtures("starter_record")
def test_the_curve_comes_as_a_drawing_that_stands_alone(client: Client) -> None:
    response = client.get("/overview.svg?on=2024-06-01")
    assert response["Content-Type"] == "image/svg+xml"
    drawn = ElementTree.fromstring(response.content)
    told = " ".join(drawn.itertext())
    assert "On 1 June 2024" in told
    assert {"No stated limit", "Not allowed"} <= {text.strip() for text in drawn.itertext()}


@pytest.mark.usefixtures("starter_record")
def test_the_matrix_stands_there_in_small(client: Client) -> None:
    assert 'data-since="/in-small/?territory=RU&amp;on=2024-06-01"' in client.get("/?on=2024-06-01").content.decode()
    said = client.get("/in-small/?on=2024-06-01").content.decode()
    small = said.partition('class="classes"')[2].partition("</table>")[0]
    assert small.count('<th scope="col">') == small.partition("</tr>")[0].count("<span>") + 1 > 5
    italy = small.partition(">Italy</th>")[2].partition("</tr>")[0]
    assert '<td class="of-1"><span class="swatch banned">Not allowed</span></td>' in italy
    assert '<td class="unchecked">not looked up</td>' in italy
    assert f'href="{reverse("matrix")}?territory=RU&amp;on=2024-06-01"' in said


@pytest.mark.usefixtures("starter_record")
def test_in_french_too(client: Client) -> None:
    said = client.get("/fr/?on=2024-06-01").content.decode()
    assert "Au 1er juin 2024, 13 gouvernements sur 27 n’énoncent aucune limite" in said
    assert "Dernier changement" in said
    assert ">28 gouvernements</text>" in said


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["on=2090-01-01", "evidence=hearsay", "supplier=US"])
def test_what_is_not_understood_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 400
    assert client.get(f"/overview.csv?{query}").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("demonstration", [True, False])
def test_a_demonstration_says_that_it_is_one(client: Client, settings: object, demonstration: bool) -> None:
    settings.DEMO = demonstration  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
    assert ("Demonstration." in client.get("/").content.decode()) is demonstration


@pytest.mark.django_db
def test_a_missing_page_is_ours(client: Client, settings: object) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no such page." in response.content.decode()
