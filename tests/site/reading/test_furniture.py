"""What surrounds each page: as of when, where it can be found again, how it is cited, where its rows are."""

import re
from html import unescape

import pytest
from django.test import Client

from dashboard import navigation
from restrictions.models import Position, Revision

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def facts(said: str) -> dict[str, str]:
    """The furniture's terms and what stands beside each."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", said.split('class="furniture"')[1], re.DOTALL)
    return {name: unescape(words) for name, words in found}


def test_it_says_which_record_it_shows(client: Client) -> None:
    last = Revision.objects.latest("instant")
    said = facts(page(client, "/timeline/"))["As of"]
    assert f"The record after revision {last.pk}," in said
    assert f"{last.instant:%H:%M} UTC" in said


def test_the_permanent_link_fixes_the_day(client: Client) -> None:
    said = facts(page(client, "/timeline/?supplier=US"))["Permanent link"]
    (address,) = re.findall(r'href="http://testserver(.*?)"', said)
    assert re.fullmatch(r"/timeline/\?territory=RU&supplier=US&on=\d{4}-\d\d-\d\d", address)
    assert facts(page(client, address))["Permanent link"] == said


@pytest.mark.parametrize("address", ["/", "/timeline/", "/matrix/", "/fr/timeline/", "position"])
def test_every_page_can_be_cited_in_three_ways(client: Client, address: str) -> None:
    if address == "position":
        address = f"/positions/{Position.objects.earliest('pk').pk}/"
    said = page(client, address)
    links = dict(re.findall(r'<a href="([^"]*)" download>(BibTeX|RIS)</a>', said))
    assert set(links.values()) == {"BibTeX", "RIS"}
    (permalink,) = re.findall(r'<dt>(?:Permanent link|Lien permanent)</dt><dd><a href="(.*?)"', said)
    for link, name in links.items():
        response = client.get(unescape(link))
        written = response.content.decode()
        assert unescape(permalink) in written
        assert written.startswith({"BibTeX": "@misc{caveat-", "RIS": "TY  - ELEC\r\n"}[name])
        assert "attachment" in response["Content-Disposition"]
    assert unescape(permalink) in unescape(re.findall(r'<p class="cite">(.*?)</p>', said)[0])


def test_a_citation_asks_the_same_parameters_as_its_page(client: Client) -> None:
    assert client.get("/timeline.bib?weapn=atacms").status_code == 400
    assert "United States" in page(client, "/timeline.ris?supplier=US")


def test_crawlers_are_told_one_address_for_each_view(client: Client) -> None:
    said = page(client, "/timeline/?supplier=US&on=&weapon=")
    assert '<link rel="canonical" href="http://testserver/timeline/?territory=RU&amp;supplier=US">' in said
    assert '<link rel="canonical" href="http://testserver/timeline/">' in page(client, "/timeline/")
    (lead,) = re.findall(r"<h1[^>]*>(.*?)</h1>", said)
    assert f'<meta name="description" content="{lead}">' in said
    assert f'<meta property="og:description" content="{lead}">' in said


def test_the_map_of_the_site_names_every_page_in_both_languages(client: Client) -> None:
    said = page(client, "/sitemap.xml")
    addresses = re.findall(r"<loc>http://testserver(.*?)</loc>", said)
    assert len(addresses) == 2 * (len(navigation.page_names()) + Position.objects.count())
    assert {"/", "/fr/", "/timeline/", "/fr/timeline/"} <= set(addresses)
    assert "Sitemap: http://testserver/sitemap.xml" in page(client, "/robots.txt")


def test_the_menu_names_the_pages_that_there_are_and_marks_the_one_shown(client: Client) -> None:
    said = page(client, "/matrix/")
    assert re.findall(r'aria-current="page">(\w+)<', said) == ["Matrix"]
    shown = [entry.name for entry in navigation.main_entries("matrix")]
    assert shown[:3] == ["overview", "timeline", "matrix"]
