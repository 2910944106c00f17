"""Views in frames: any page may show these and no other; they lead back, and say when newer data exist."""

import re
from html import unescape

import pytest
from django.test import Client

from restrictions.actions.countries import save_country
from restrictions.models import Country, Position
from tests.record.backdating import days_ago, set_back
from tests.record.rows import make_curator

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]

FRAMES = (
    *("/embed/overview/", "/embed/timeline/", "/embed/matrix/", "/embed/map/", "/embed/moves/", "/embed/compare/"),
    "/fr/embed/timeline/",
)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", FRAMES)
def test_a_frame_may_stand_anywhere_also_when_it_is_kept(client: Client, address: str) -> None:
    for _ in range(2):
        response = client.get(address)
        assert "frame-ancestors *" in response["Content-Security-Policy"]
        assert "'none' *" not in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response


@pytest.mark.parametrize("address", ["/", "/timeline/", "/matrix/", "/fr/timeline/", "/timeline.csv"])
def test_no_other_page_may_be_framed(client: Client, address: str) -> None:
    response = client.get(address)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", ["overview", "timeline", "matrix"])
def test_the_code_of_a_page_shows_its_view_which_leads_back(client: Client, name: str) -> None:
    whole = "/" if name == "overview" else f"/{name}/"
    said = page(client, f"{whole}?on=2024-06-01&recipient=UA")
    (code,) = re.findall(r"<pre[^>]*><code>(.*?)</code>", said)
    (source,) = re.findall(r'src="http://testserver(.*?)"', unescape(code))
    assert source.startswith(f"/embed/{name}/?")
    framed = page(client, unescape(source))
    (lead,) = re.findall(r"<h1[^>]*>(.*?)</h1>", framed)
    assert lead in said
    (canonical,) = re.findall(r'rel="canonical" href="http://testserver(.*?)"', framed)
    assert canonical.startswith(f"{whole}?territory=RU&amp;on=2024-06-01")
    assert f'href="http://testserver{canonical}" rel="noopener"' in framed
    assert '<base target="_blank">' in framed
    assert "masthead" not in framed


def test_a_frame_asks_what_its_page_asks(client: Client) -> None:
    assert client.get("/embed/timeline/?weapn=atacms").status_code == 400
    assert "atacms" in page(client, "/embed/timeline/?weapon=atacms")


def test_a_frame_of_a_day_says_that_newer_data_exist(client: Client) -> None:
    for name in ("overview", "matrix", "map"):
        assert "newer data exist" in page(client, f"/embed/{name}/?on=2024-06-01")
        assert "newer data exist" not in page(client, f"/embed/{name}/")


def test_a_frame_of_a_known_day_says_so_once_the_record_has_changed(client: Client) -> None:
    set_back(days=5)
    pinned = f"/embed/timeline/?known={days_ago(3)}"
    assert "newer data exist" not in page(client, pinned)
    country = Country.objects.get(pk="US")
    country.name_en = "The States"
    save_country(row=country, by=make_curator("anna"), reason="Shorter.")
    assert "newer data exist" in page(client, pinned)


@pytest.mark.parametrize(("whole", "asks"), [("/suppliers/us/", "supplier=US"), ("/weapons/atacms/", "weapon=atacms")])
def test_the_chart_of_a_story_is_framed_as_a_timeline(client: Client, whole: str, asks: str) -> None:
    (source,) = re.findall(r'src="http://testserver(/embed/.*?)"', unescape(page(client, f"{whole}?on=2024-06-01")))
    assert f"{asks}&amp;on=2024-06-01" in source or f"{asks}&on=2024-06-01" in source
    assert 'id="timeline-figure"' in page(client, unescape(source))


def test_the_chart_of_a_position_is_framed_and_its_rows_are_files(client: Client) -> None:
    number = Position.objects.filter(supplier="US", weapon="any", track="use").latest("starts_latest").pk
    said = unescape(page(client, f"/positions/{number}/"))
    (source,) = re.findall(r'src="http://testserver(/embed/.*?)"', said)
    assert "supplier=US" in source
    assert "weapon=any" in source
    assert f'href="/positions/{number}.csv"' in said
    framed = client.get(unescape(source).replace("/embed/timeline/", "/timeline.csv"))
    assert client.get(f"/positions/{number}.csv").getvalue() == framed.getvalue()


def test_a_frame_of_moves_or_of_a_comparison_shows_its_drawing(client: Client) -> None:
    assert '<path class="stairs"' in page(client, "/embed/moves/?move=ban_lifted&on=2024-12-31")
    framed = page(client, "/embed/compare/?first=2024-05-29&second=2024-06-01")
    assert framed.count('class="dot second') == 14
    for name in ("moves", "compare"):
        assert f"http://testserver/embed/{name}/?" in unescape(page(client, f"/{name}/"))
